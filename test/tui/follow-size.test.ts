import { expect, it } from 'vitest';
import { firstLines, rowsOf } from '../../src/tui/follow-size.tsx';

it.each([
  ['', 80, 0],
  ['short\n\nlines', 80, 0],
  [`${'x'.repeat(80)}\n`, 80, 0],
  [`${'x'.repeat(81)}\nshort`, 80, 1],
  [`${'x'.repeat(100)}\n${'x'.repeat(90)}\n${'x'.repeat(41)}`, 40, 2 + 2 + 1],
  ['漢'.repeat(30), 40, 1],
  [`\u001B[1m${'x'.repeat(40)}\u001B[22m`, 40, 0],
])('a frame takes more rows where a terminal has wrapped it: %j at %i columns', (frame, columns, rows) => {
  const lines = frame.split('\n');
  expect(rowsOf(lines, columns) - lines.length).toBe(rows);
});

it.each([
  [10, 80, 0],
  [7, 80, 0],
  [6, 80, 1],
  [4, 80, 3],
  // The third line takes three rows.
  [6, 20, 3],
  [1, 80, 6],
])('a terminal of %i rows and %i columns has pushed out the first %i lines of a frame', (rows, columns, count) => {
  const lines = ['a', 'b', 'c'.repeat(50), 'd', 'e', 'f'];
  expect(firstLines(lines, rows, columns)).toEqual(lines.slice(0, count));
});
