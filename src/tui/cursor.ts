import { wordOf, type KeyPress } from './key-press.ts';
import type { Size } from './message.ts';

/** Where a cursor is after a key, in a list of `length` rows of which `page` are seen; `undefined` for other keys. */
export function moveCursor(
  press: KeyPress,
  cursor: number,
  { length, page }: { readonly length: number; readonly page: number },
): number | undefined {
  const to = targets[wordOf(press)]?.(cursor, Math.max(1, page), length - 1);
  return to === undefined ? undefined : Math.max(0, Math.min(length - 1, to));
}

/** The first line of a text that is seen, after a key; `textEnd` is where the text was drawn to its end. */
export function scrolled(
  press: KeyPress,
  scroll: number,
  { size, textEnd = 1_000_000 }: { readonly size: Size; readonly textEnd?: number },
): number {
  const length = textEnd + 1;
  return moveCursor(press, Math.min(scroll, textEnd), { length, page: pageOf(size) }) ?? scroll;
}

/** Rows that a move of a page passes. */
export function pageOf({ rows }: Size): number {
  return Math.max(1, rows - 6);
}

const targets: Readonly<Record<string, (cursor: number, page: number, last: number) => number>> = {
  up: (cursor) => cursor - 1,
  k: (cursor) => cursor - 1,
  down: (cursor) => cursor + 1,
  j: (cursor) => cursor + 1,
  pageUp: (cursor, page) => cursor - page,
  pageDown: (cursor, page) => cursor + page,
  home: () => 0,
  g: () => 0,
  end: (_, __, last) => last,
  G: (_, __, last) => last,
};

/** The first row that is seen, so that the cursor is in the middle where the list allows it. */
export function firstVisible(cursor: number, length: number, height: number): number {
  return Math.max(0, Math.min(cursor - Math.floor(height / 2), length - height));
}
