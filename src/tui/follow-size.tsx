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
 * screen goes before Ink looks, and all of it comes back after. What was pushed out above comes back when the terminal grows
 * again: then it is old, and goes, too.
 */
export function followSize({ store, stdout, draw }: SizeFollower): () => void {
  /** Lines of older frames right above the screen, out of sight. */
  let pushedOut: readonly string[] = [];
  let logged = store.read().log.length;
  const before = (): void => {
    const state = store.read();
    const { columns, rows } = stdout;
    const lines = frameOf(state).split('\n');
    // What was logged since stands between them and the screen, and stays.
    if (state.log.length !== logged) pushedOut = [];
    logged = state.log.length;
    const extra = rowsOf(lines, columns) - lines.length;
    stdout.write(`${eraseLine}${cursorUp}`.repeat(extra + rowsOf(pushedOut, columns)));
    const grown = Math.max(0, rows - state.size.rows);
    pushedOut = [...withoutLast(pushedOut, grown, columns), ...firstLines(lines, rows, columns)];
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

/** Rows that lines take once a terminal has wrapped them at this width. */
export function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
}

/** The lines of a frame that a terminal of so many rows has pushed out above; the cursor stands in a row below the frame. */
export function firstLines(lines: readonly string[], rows: number, columns: number): readonly string[] {
  const isSeen = (from: number): boolean => rowsOf(lines.slice(from), columns) < rows;
  const first = lines.findIndex((_, at) => isSeen(at));
  return lines.slice(0, first < 0 ? lines.length : first);
}

/** Without those at the end that take so many rows. */
function withoutLast(lines: readonly string[], rows: number, columns: number): readonly string[] {
  const last = lines.findLastIndex((_, at) => rowsOf(lines.slice(at), columns) > rows);
  return lines.slice(0, last + 1);
}

function frameOf(state: State): string {
  return renderToString(<CurrentScreen state={state} />, { columns: state.size.columns });
}
