import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cut, fit, showable, wrap } from '../../src/tui/text.ts';
import { duration } from '../../src/tui/duration.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 }).map(showable);

describe('a text', () => {
  it('cut never takes more columns than it may, and says where it was cut', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 50 }), (text, width) => {
        const short = cut(text, width);
        expect(stringWidth(short)).toBeLessThanOrEqual(width);
        if (width > 0 && stringWidth(text) > width) expect(short.endsWith('…')).toBe(true);
        if (stringWidth(text) <= width) expect(short).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('fitted takes exactly its columns', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, width) => {
        expect(stringWidth(fit(text, width))).toBe(width);
      }),
      { numRuns: 500 },
    );
  });

  it('wrapped begins no line with a blank but those of its own beginning', () => {
    const words = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 9 }), { maxLength: 12 });
    fc.assert(
      fc.property(words, fc.integer({ min: 3, max: 30 }), (parts, width) => {
        const text = parts.map((part) => part.replaceAll(' ', '_')).join(' ');
        for (const line of wrap(text, width)) expect(line).not.toMatch(/^ /u);
      }),
      { numRuns: 500 },
    );
    expect(wrap('the way back restores no rows', 20)).toEqual(['the way back', 'restores no rows']);
    expect(wrap('is not known to us', 12)).toEqual(['is not known', 'to us']);
  });

  it('wrapped loses no character but white space, and no line is too wide', () => {
    fc.assert(
      // One character may take three columns.
      fc.property(anyText, fc.integer({ min: 3, max: 50 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['日本語テキスト', 7, '日本語…'],
    ['👩‍👩‍👧 family', 3, '👩‍👩‍👧…'],
    ['e\u0301a\u0301o\u0301', 2, 'e\u0301…'],
    ['short', 10, 'short'],
  ])('%s in %i columns is %s', (text, width, short) => {
    expect(cut(text, width)).toBe(short);
  });

  it('breaks between words and keeps an indent', () => {
    expect(wrap('  alter table users add column', 16)).toEqual(['  alter table', '  users add', '  column']);
  });

  it('shows what would act on a terminal as escapes, on one line', () => {
    expect(showable('a\u001b[2J\u0007\u202eb\n\tc')).toBe('a\\u001b[2J\\u0007\\u202eb\\n\\tc');
  });
});

it('a duration is told in the unit that suits it', () => {
  expect([430.4, 2449, 59_999, 200_000, -5].map(duration)).toEqual(['430 ms', '2.4 s', '60.0 s', '3 min 20 s', '0 ms']);
});
