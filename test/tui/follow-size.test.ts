import { expect, it } from 'vitest';
import { wrappedRows } from '../../src/tui/follow-size.tsx';

it.each([
  ['', 80, 0],
  ['short\n\nlines', 80, 0],
  [`${'x'.repeat(80)}\n`, 80, 0],
  [`${'x'.repeat(81)}\nshort`, 80, 1],
  [`${'x'.repeat(100)}\n${'x'.repeat(90)}\n${'x'.repeat(41)}`, 40, 2 + 2 + 1],
  ['漢'.repeat(30), 40, 1],
  [`\u001B[1m${'x'.repeat(40)}\u001B[22m`, 40, 0],
])('a frame takes more rows where a terminal has wrapped it: %j at %i columns', (frame, columns, rows) => {
  expect(wrappedRows(frame, columns)).toBe(rows);
});
