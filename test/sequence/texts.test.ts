import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeWithin, statementExcerpt } from '../../src/sequence/statement-excerpt.ts';
import { textDifference } from '../../src/sequence/text-difference.ts';

describe('a place in a file', () => {
  test.each([
    ['a\nbcd\ne', { line: 2, column: 2 }, 'bcd\n ^'],
    ['abc', { line: 1, column: 4 }, 'abc\n   ^'],
    ['\t\tab', { line: 1, column: 4 }, '\t\tab\n\t\t ^'],
    ["'日本', x", { line: 1, column: 7 }, "'日本', x\n        ^"],
    ["'🙂' x", { line: 1, column: 6 }, "'🙂' x\n     ^"],
    ["'e\u0301' x", { line: 1, column: 6 }, "'e\u0301' x\n    ^"],
    ['', { line: 1, column: 1 }, '\n^'],
  ])('%j %j', (text, place, expected) => {
    expect(statementExcerpt(text, place)).toBe(expected);
  });

  test('of a long line is shown with what is around it', () => {
    const text = `${'x'.repeat(1000)}!${'y'.repeat(1000)}`;
    const [line, caret] = (statementExcerpt(text, { line: 1, column: 1001 }) ?? '').split('\n');
    expect(line).toHaveLength(160);
    expect(line?.charAt((caret ?? '').indexOf('^'))).toBe('!');
  });

  test('that is not there has none', () => {
    expect(statementExcerpt('a', { line: 2, column: 1 })).toBeUndefined();
  });

  test.each([
    [0, { line: 3, column: 5 }],
    [2, { line: 3, column: 7 }],
    [4, { line: 4, column: 2 }],
    [99, { line: 5, column: 2 }],
    [-1, { line: 3, column: 5 }],
  ])('is that of its statement and the offset %i', (offset, expected) => {
    expect(placeWithin({ text: 'ab\ncd\ne', place: { line: 3, column: 5 } }, offset)).toEqual(expected);
  });
});

describe('the difference of two texts', () => {
  test('has the lines that were edited, with their numbers', () => {
    expect(textDifference('a\nb\nc\nd\ne\nf\n', 'a\nb\nc\nD\ne\nf\ng\n')).toBe(
      ['     2 b', '     3 c', '-    4 d', '+    4 D', '     5 e', '     6 f', '+    7 g'].join('\n'),
    );
  });

  test('is nothing between equal texts', () => {
    expect(textDifference('a\nb', 'a\nb')).toBe('');
  });

  test('is short, whatever was edited', () => {
    const lines = (word: string): string => Array.from({ length: 500 }, (_, at) => `${word} ${at}`).join('\n');
    const shown = textDifference(lines('old'), lines('new')).split('\n');
    expect(shown).toHaveLength(40);
    expect(shown.at(-1)).toBe('… 963 more lines');
  });

  test('ends in time for large texts that have nothing in common', () => {
    const lines = (word: string): string => Array.from({ length: 20_000 }, (_, at) => `${word} ${at}`).join('\n');
    const before = performance.now();
    expect(textDifference(lines('old'), lines('new'))).toContain('the whole text');
    expect(performance.now() - before).toBeLessThan(5000);
  });

  test('shows something for any two texts that differ', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', ' ', '\\', '-', '+', '🙂') });
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(textDifference(before, after) === '').toBe(before === after);
      }),
    );
  });
});
