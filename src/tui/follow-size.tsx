import { renderToString } from 'ink';
import { CurrentScreen } from './App.tsx';
import type { State } from './state.ts';
import type { Store } from './store.ts';
import { widthOf } from './text.ts';

export interface SizeFollower {
  readonly store: Store;
  readonly stdout: Pick<NodeJS.WriteStream, 'columns' | 'rows' | 'write' | 'on' | 'prependListener' | 'off'>;
  /** Draws the interface at once; blank is without the screen below the log. */
  draw(isBlank: boolean): void;
}

/**
 * Draws the screen anew when the terminal gets another size; gives the way to end that. Ink redraws what changed, counting in
 * lines as it wrote them; but a terminal has by then wrapped them for its new width, or pushed some of them out above. So the
 * screen goes before Ink looks, and all of it comes back after.
 */
export function followSize({ store, stdout, draw }: SizeFollower): () => void {
  const before = (): void => {
    const state = store.read();
    const { columns, rows } = stdout;
    stdout.write(`${eraseLine}${cursorUp}`.repeat(wrappedRows(frameOf(state), columns)));
    store.send({ kind: 'resized', size: { columns, rows } });
    draw(true);
  };
  const after = (): void => draw(false);
  // Ink's own listener is between these two.
  stdout.prependListener('resize', before);
  stdout.on('resize', after);
  return () => {
    stdout.off('resize', before);
    stdout.off('resize', after);
  };
}

const eraseLine = '\u001B[2K';
const cursorUp = '\u001B[1A';

/** Rows that a frame takes beyond one for each of its lines, once a terminal has wrapped it at this width. */
export function wrappedRows(frame: string, columns: number): number {
  const rows = frame.split('\n').map((line) => Math.max(1, Math.ceil(widthOf(line) / columns)));
  return rows.reduce((sum, count) => sum + count - 1, 0);
}

function frameOf(state: State): string {
  return renderToString(<CurrentScreen state={state} />, { columns: state.size.columns });
}
