import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifierOf, renameIdentifier, tokenize, type Lexis } from '../../src/schema/expression.ts';

const ansi: Lexis = { identifierQuotes: '"', stringQuotes: '', backslashEscapes: false, dollarQuotes: true };
const mysql: Lexis = { identifierQuotes: '`', stringQuotes: '"', backslashEscapes: true, dollarQuotes: false };
const sqlite: Lexis = { identifierQuotes: '"`[', stringQuotes: '', backslashEscapes: false, dollarQuotes: false };
const lexes = [ansi, mysql, sqlite];

const tokens = (sql: string, lexis: Lexis): string[] => tokenize(sql, lexis).map(({ kind, text }) => `${kind} ${text}`);

describe('SQL text in tokens', () => {
  test.each<[string, Lexis, string[]]>([
    [`a>=1.5e-3`, ansi, ['word a', 'symbol >=', 'number 1.5e-3']],
    [`x::text||'it''s'`, ansi, ['word x', 'symbol ::', 'word text', 'symbol ||', `string 'it''s'`]],
    [`"a""b" -- "c"\n + d`, ansi, ['identifier "a""b"', 'comment -- "c"', 'symbol +', 'word d']],
    [`/* 'x' */ größe_1$`, ansi, [`comment /* 'x' */`, 'word größe_1$']],
    [`$$it's$$ $tag$ $$ $tag$ $1`, ansi, [`string $$it's$$`, 'string $tag$ $$ $tag$', 'symbol $', 'number 1']],
    [`'a\\'`, ansi, [`string 'a\\'`]],
    [`'a\\'' 'b'`, mysql, [`string 'a\\''`, `string 'b'`]],
    ['"text" `a``b`', mysql, ['string "text"', 'identifier `a``b`']],
    ['[a b] `c` "d"', sqlite, ['identifier [a b]', 'identifier `c`', 'identifier "d"']],
    ['🙂', ansi, ['symbol 🙂']],
    ['', ansi, []],
  ])('%s', (sql, lexis, expected) => {
    expect(tokens(sql, lexis)).toEqual(expected);
  });

  test.each(["'open", '"open', '/* open', '$$open', "'open''"])('%s runs to the end', (sql) => {
    expect(tokenize(`1 ${sql} x`, ansi).map(({ text }) => text)).toEqual(['1', `${sql} x`]);
  });

  const sqlText = fc.string({ unit: fc.constantFrom(...'a1\'"`[]\\$-/*\n .ü🙂=|') });

  test('together hold every character but the white space between them, in order', () => {
    fc.assert(
      fc.property(sqlText, fc.constantFrom(...lexes), (sql, lexis) => {
        let at = 0;
        for (const { text } of tokenize(sql, lexis)) {
          const found = sql.indexOf(text, at);
          expect(sql.slice(at, found).trim()).toBe('');
          expect(text.length).toBeGreaterThan(0);
          at = found + text.length;
        }
        expect(sql.slice(at).trim()).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  test('a rename of a name that is not there changes nothing', () => {
    fc.assert(
      fc.property(sqlText, fc.constantFrom(...lexes), (sql, lexis) => {
        expect(renameIdentifier(sql, 'not there', 'x', lexis)).toBe(sql);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the name that a token means', () => {
  test.each([
    ['a', ansi, 'a'],
    ['"a""b"', ansi, 'a"b'],
    ['`a``b`', mysql, 'a`b'],
    ['[a b]', sqlite, 'a b'],
    [`'a'`, ansi, undefined],
    ['1', ansi, undefined],
  ])('%s', (sql, lexis, name) => {
    const [token] = tokenize(sql, lexis);
    expect(token && identifierOf(token)).toBe(name);
  });
});

describe('a renamed identifier', () => {
  test.each<[string, Lexis, string]>([
    [`score > 0 and scores > 0`, ansi, `"new ""n""" > 0 and scores > 0`],
    [`"score" = 'score' -- score`, ansi, `"new ""n""" = 'score' -- score`],
    [`$$score$$ || score`, ansi, `$$score$$ || "new ""n"""`],
    ['`score` = "score" /* score */', mysql, '`new "n"` = "score" /* score */'],
    [`[score]\n+ "score"`, sqlite, `"new ""n"""\n+ "new ""n"""`],
  ])('%s', (sql, lexis, expected) => {
    expect(renameIdentifier(sql, 'score', 'new "n"', lexis)).toBe(expected);
  });
});
