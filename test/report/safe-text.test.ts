import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/config/secret.ts';
import { safeLine, safeText } from '../../src/report/safe-text.ts';
import { seal } from '../../src/report/seal.ts';

const anything = fc.string({ unit: 'binary' });
/** What a terminal obeys, or what turns the direction of text; tab and newline stand in texts on purpose. */
const obeyed = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

describe('text for a terminal', () => {
  test.each([
    ['\u001b[31mred', '\\u001b[31mred'],
    ['bell\u0007 back\b', 'bell\\u0007 back\\u0008'],
    ['over\rwritten', 'over\\u000dwritten'],
    ['c1 \u009b', 'c1 \\u009b'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['a\u2028b', 'a\\u2028b'],
    ['ü ☃ 🙂 שלום', 'ü ☃ 🙂 שלום'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ])('%j is shown as %j', (text, shown) => {
    expect(safeText(text)).toBe(shown);
  });

  test('holds nothing that a terminal obeys, and is safe to be made safe twice', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const safe = safeText(text);
        expect(safe.replaceAll(/[\n\t]/gu, '').match(obeyed)).toBeNull();
        expect(safeText(safe)).toBe(safe);
      }),
    );
  });

  test('stays one line where it must: a name cannot pretend to be a line of the log', () => {
    expect(safeLine('x\n✅ Added y\tsuccessfully')).toBe('x\\n✅ Added y\\tsuccessfully');
    fc.assert(
      fc.property(anything, (text) => {
        expect(safeLine(text).match(obeyed)).toBeNull();
      }),
    );
  });
});

describe('what leaves the process as JSON', () => {
  test('means the same, and holds no control character', () => {
    fc.assert(
      fc.property(fc.array(anything), (texts) => {
        const sealed = seal(JSON.stringify(texts));
        expect(sealed.match(obeyed)).toBeNull();
        expect(JSON.parse(sealed)).toEqual(texts);
      }),
      { examples: [[['\u001b\u009b\u202e\u2028\u007f']]] },
    );
  });
});

describe('a secret', () => {
  const value = 'p%s "wörd\\/1';
  const secret = new Secret(value);

  test('prints as *** however it is printed', () => {
    expect([String(secret), JSON.stringify({ secret }), inspect({ secret })]).toEqual([
      '***',
      '{"secret":"***"}',
      '{ secret: *** }',
    ]);
    expect(secret.reveal()).toBe(value);
  });

  test('is taken out of any text, in every form that a text has it in', () => {
    for (const form of [value, encodeURIComponent(value), encodeURIComponent(value).toLowerCase(), inspect(value)])
      expect(seal(`before ${form} after`)).toMatch(/^before '?\*\*\*'? after$/u);
    expect(seal(JSON.stringify({ url: value }))).toBe('{"url":"***"}');
    expect(seal('mysql://root:other@db/x')).toBe('mysql://root:***@db/x');
  });
});
