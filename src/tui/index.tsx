import { render } from 'ink';
import { App } from './App.tsx';
import type { Opening } from './begin.ts';
import type { Engine } from './engine.ts';
import { createStore } from './store.ts';

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
  const { columns, rows } = process.stdout;
  const store = createStore({ engine, opening, size: { columns, rows }, signal });
  const instance = render(<App store={store} hasColours={hasColours} />, {
    exitOnCtrlC: false,
    incrementalRendering: true,
    patchConsole: true,
  });
  const code = await store.left;
  instance.unmount();
  await instance.waitUntilExit();
  return code;
}
