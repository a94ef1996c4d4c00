import { render } from 'ink';
import type { ReactNode } from 'react';
import { App } from './App.tsx';
import type { Opening } from './begin.ts';
import type { Engine } from './engine.ts';
import { followSize } from './follow-size.tsx';
import { createStore } from './store.ts';
import { warmUp } from './warm-up.tsx';

export interface TuiOptions {
  readonly engine: Engine;
  readonly opening: Opening;
  /** False where the environment asks for none (`NO_COLOR`). */
  readonly hasColours: boolean;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
}

/** Opens the terminal interface and gives the exit code with which a person left it. */
export async function runTui({ engine, opening, hasColours, signal }: TuiOptions): Promise<number> {
  const { stdout } = process;
  const { columns, rows } = stdout;
  const store = createStore({ engine, opening, size: { columns, rows }, signal });
  const app = (isBlank: boolean): ReactNode => <App store={store} hasColours={hasColours} isBlank={isBlank} />;
  const instance = render(app(false), {
    exitOnCtrlC: false,
    incrementalRendering: true,
    patchConsole: true,
  });
  const stopFollowing = followSize({ store, stdout, draw: (isBlank) => instance.rerender(app(isBlank)) });
  let isLeft = false;
  const stopWaiting = store.subscribe(() => {
    if (store.read().activity) return;
    stopWaiting();
    const mayDraw = (): 'now' | 'later' | 'never' =>
      isLeft ? 'never' : performance.now() - store.read().now < 200 ? 'later' : 'now';
    void warmUp(store.read().size, mayDraw);
  });
  const code = await store.left;
  isLeft = true;
  stopFollowing();
  instance.unmount();
  await instance.waitUntilExit();
  return code;
}
