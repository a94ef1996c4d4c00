import { describe, expect, test } from 'vitest';
import { createJudge, expressionPlace, readExpressionPlace } from '../../src/diff/expressions.ts';

const names = [
  'monitors',
  'a.b',
  '"x"."y"',
  '","default","',
  '\\',
  'line\nbreak',
  '\u0001',
  '%?',
  'größe',
  '__proto__',
];
const types = { canonicalExpression: (text: string) => text.toLowerCase() };

describe('the place of an expression', () => {
  test.each(names)('says the table %j and its column again', (name) => {
    expect(readExpressionPlace(expressionPlace(name, 'default', name))).toEqual({
      table: name,
      facet: 'default',
      column: name,
    });
    expect(readExpressionPlace(expressionPlace(name, 'check'))).toEqual({ table: name, facet: 'check' });
  });

  test('is another one for every table and column, whatever they are called', () => {
    const places = names.flatMap((table) => [
      expressionPlace(table, 'default'),
      ...names.map((column) => expressionPlace(table, 'default', column)),
    ]);
    expect(new Set(places).size).toBe(names.length * (names.length + 1));
  });

  test('can be read by people in the log', () => {
    expect(expressionPlace('monitors', 'default', 'score')).toBe('["monitors","default","score"]');
  });
});

describe('the judge of expressions', () => {
  const place = expressionPlace('t', 'check');

  test('takes two spellings for one where a chain of reports joins them', () => {
    const { isSame, doubtful } = createJudge(types, {
      spellings: [
        { object: place, wrote: 'a <> 1', reported: 'a != 1' },
        { object: place, wrote: 'A != 1', reported: '(a != 1)' },
      ],
    });
    expect(isSame(place, 'A <> 1', '(a != 1)')).toBe(true);
    expect(doubtful.size).toBe(0);
  });

  test('forgets nothing to the wrong place: what one table reports says nothing about another', () => {
    const judge = createJudge(types, { spellings: [{ object: place, wrote: 'a', reported: 'b' }] });
    expect(judge.isSame(expressionPlace('t\u0001', 'check'), 'a', 'b')).toBe(false);
    expect([...judge.doubtful]).toEqual(['t\u0001']);
  });

  test('takes on trust, and reports, what this database cannot be asked about', () => {
    const judge = createJudge(types, { spellings: [], unaskable: new Set(['t']) });
    expect(judge.isSame(place, 'a', 'b')).toBe(true);
    expect([...judge.unverified]).toEqual([place]);
    expect(judge.doubtful.size).toBe(0);
  });
});
