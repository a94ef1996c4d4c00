import { describe, expect, test } from 'vitest';
import { sqlite } from '../../../src/dialects/sqlite/index.ts';
import { affinityOf } from '../../../src/dialects/sqlite/meaning.ts';
import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { Default } from '../../../src/schema/schema.ts';
import { withSqlite } from './open.ts';

const { types } = sqlite;
const text: LogicalType = { type: 'text' };
const integer: LogicalType = { type: 'integer', bits: 32 };

const physical: readonly (readonly [string, LogicalType, string])[] = [
  ['varchar(255)', { type: 'string', length: 255 }, 'varchar(255)'],
  ['NVARCHAR (20)', { type: 'string', length: 20 }, 'varchar(20)'],
  ['character varying(7)', { type: 'string', length: 7 }, 'varchar(7)'],
  ['TEXT', text, 'text'],
  ['varchar', text, 'text'],
  ['CLOB', text, 'text'],
  ['mediumtext', text, 'text'],
  ['INTEGER', integer, 'integer'],
  ['int', integer, 'integer'],
  ['INT(11)', integer, 'integer'],
  ['tinyint', { type: 'integer', bits: 8 }, 'integer'],
  ['smallint', { type: 'integer', bits: 16 }, 'integer'],
  ['bigint', { type: 'integer', bits: 64 }, 'bigint'],
  ['BOOLEAN', { type: 'boolean' }, 'integer'],
  ['DATE', { type: 'date' }, 'date'],
  ['DATETIME', { type: 'datetime' }, 'datetime'],
  ['TIMESTAMP', { type: 'datetime' }, 'datetime'],
  ['datetime(6)', { type: 'datetime', precision: 6 }, 'datetime'],
  ['time', { type: 'time' }, 'time'],
  ['json', { type: 'json' }, 'json'],
  ['NUMERIC(10, 2)', { type: 'decimal', precision: 10, scale: 2 }, 'numeric(10,2)'],
  ['decimal(5)', { type: 'decimal', precision: 5, scale: 0 }, 'numeric(5,0)'],
  ['DOUBLE PRECISION', { type: 'double' }, 'double'],
  ['real', { type: 'float' }, 'real'],
  ['blob', { type: 'binary' }, 'blob'],
  ['', { type: 'native', sql: '' }, ''],
  ['NUMERIC', { type: 'native', sql: 'NUMERIC' }, 'NUMERIC'],
  ['STRING', { type: 'native', sql: 'STRING' }, 'STRING'],
  ['toString', { type: 'native', sql: 'toString' }, 'toString'],
  ['varbinary(16)', { type: 'native', sql: 'varbinary(16)' }, 'varbinary(16)'],
];

describe('physical types are read, and written without another conversion of values', () => {
  test.each(physical)('%s', (spelled, logical, written) => {
    expect(types.read(spelled)).toEqual(logical);
    expect(types.write(logical)).toBe(written);
    // INTEGER and NUMERIC differ in CAST only: https://www.sqlite.org/datatype3.html
    const stored = (type: string): string => affinityOf(type).replace('integer', 'numeric');
    expect(stored(types.write(types.read(spelled)))).toBe(stored(spelled));
    expect(types.same(types.read(types.write(logical)), logical)).toBe(true);
  });

  test.each([
    ['date', 'numeric'],
    ['int', 'integer'],
    ['point', 'integer'],
    ['charint', 'integer'],
    ['nvarchar(5)', 'text'],
    ['', 'blob'],
    ['double', 'real'],
    ['decimal(10,5)', 'numeric'],
  ])('affinity of "%s" is that of SQLite itself', async (type, affinity) => {
    expect(affinityOf(type)).toBe(affinity);
    await withSqlite(
      [`create table t (a ${type})`, `insert into t values ('5'), (5), (5.0), ('5.5')`],
      async ({ database }) => {
        const classes = (await database.query('select typeof(a) as c from t order by rowid'))
          .map((row) => row['c'])
          .join(' ');
        const expected = {
          text: 'text text text text',
          numeric: 'integer integer integer real',
          integer: 'integer integer integer real',
          real: 'real real real real',
          blob: 'text integer real text',
        };
        expect(classes).toBe(expected[affinity as keyof typeof expected]);
      },
    );
  });
});

const pairs: readonly (readonly [LogicalType, LogicalType, boolean, string])[] = [
  [{ type: 'string', length: 255 }, text, true, 'widening'],
  [{ type: 'string', length: 255 }, { type: 'string', length: 10 }, true, 'widening'],
  [{ type: 'boolean' }, integer, true, 'widening'],
  [{ type: 'integer', bits: 64 }, integer, true, 'widening'],
  [{ type: 'uuid' }, text, true, 'widening'],
  [{ type: 'enum', values: ['a'] }, text, true, 'widening'],
  [{ type: 'float' }, { type: 'double' }, true, 'widening'],
  [{ type: 'date' }, { type: 'date' }, true, 'widening'],
  [{ type: 'datetime', precision: 3 }, { type: 'datetime' }, true, 'widening'],
  [{ type: 'native', sql: 'NUMERIC' }, { type: 'decimal', precision: 10, scale: 2 }, true, 'widening'],
  [{ type: 'native', sql: 'ANY' }, { type: 'datetime' }, true, 'widening'],
  [{ type: 'date' }, { type: 'datetime' }, false, 'widening'],
  [{ type: 'datetime' }, { type: 'date' }, false, 'narrowing'],
  [integer, { type: 'decimal', precision: 10, scale: 2 }, false, 'widening'],
  [text, { type: 'datetime' }, false, 'lateral'],
  [text, integer, false, 'lateral'],
  [integer, text, false, 'lateral'],
  [integer, { type: 'double' }, false, 'lateral'],
  [text, { type: 'json' }, false, 'lateral'],
  [{ type: 'json' }, { type: 'date' }, false, 'lateral'],
];

test.each(pairs)('%j → %j', (from, to, same, kind) => {
  expect(types.same(from, to)).toBe(same);
  expect(types.same(to, from)).toBe(same);
  expect(types.change(from, to)).toEqual({ kind, rewrites: true });
});

const defaults: readonly (readonly [LogicalType, string, Default])[] = [
  [text, `'it''s'`, { value: "it's" }],
  [text, `"double"`, { value: 'double' }],
  [text, `('a')`, { value: 'a' }],
  [text, '12', { value: '12' }],
  [text, '1.0', { sql: '1.0' }],
  [text, `'a' || 'b'`, { sql: `'a' || 'b'` }],
  [integer, `'7'`, { value: 7 }],
  [integer, '- 7', { value: -7 }],
  [integer, '+7', { value: 7 }],
  [integer, '9223372036854775807', { value: '9223372036854775807' }],
  [integer, 'TRUE', { value: 1 }],
  [{ type: 'boolean' }, '0', { value: 0 }],
  [{ type: 'boolean' }, 'false', { value: 0 }],
  [{ type: 'decimal', precision: 5, scale: 2 }, '1.50', { value: 1.5 }],
  [{ type: 'datetime' }, 'CURRENT_TIMESTAMP', { now: true }],
  [{ type: 'datetime' }, 'now()', { now: true }],
  [{ type: 'datetime' }, 'current_timestamp(3)', { now: true }],
  [{ type: 'date' }, 'current_date', { now: true }],
  [{ type: 'date' }, 'current_timestamp', { sql: 'current_timestamp' }],
  [{ type: 'datetime' }, `'2024-01-01'`, { value: '2024-01-01' }],
  [text, `'current_timestamp'`, { value: 'current_timestamp' }],
  [text, 'NULL', { value: null }],
  [text, '0x10', { sql: '0x10' }],
];

test.each(defaults)('default of %j: %s', (type, sql, canonical) => {
  expect(types.canonicalDefault(type, { sql })).toEqual(canonical);
  expect(types.canonicalDefault(type, canonical)).toEqual(canonical);
});

test('a boolean default of a model is what the catalog says', () => {
  expect(types.canonicalDefault({ type: 'boolean' }, { value: true })).toEqual(
    types.canonicalDefault(integer, { sql: '1' }),
  );
});

const same: readonly (readonly [string, string, boolean])[] = [
  [`"a" > 0 AND  b is NOT null`, `((a>0 and "b" IS not null))`, true],
  [`lower(name) -- trailing`, 'LOWER( name )', true],
  [`a in ('x','y')`, `"a" IN ('x', 'y')`, true],
  [`a = 'A'`, `a = 'a'`, false],
  [`a || ' '`, `a || '  '`, false],
  [`(a) or (b)`, `a) or (b`, false],
  [`"select" = 1`, `select = 1`, false],
  [`a = x'00'`, `A = X'00'`, true],
  [`a - -1`, `a - 1`, false],
  [`a > 1 or b > 1 and c > 1`, `(a > 1 or b > 1) and c > 1`, false],
];

test.each(same)('%s and %s', (a, b, equal) => {
  expect(types.canonicalExpression(a) === types.canonicalExpression(b)).toBe(equal);
});

test('the one spelling is still SQL of the same meaning', async () => {
  const expressions = [
    `"a" - -1`,
    `x'0aff'`,
    `0x1F + 1_000`,
    `case when (a) then 'A  b' else coalesce( "a" , 2 ) end`,
    `a ->> '$.x'`,
    `count( * )`,
    `"t"."a"`,
    `a in (1,2)`,
    `cast(a as text) collate nocase`,
    `not (a) and (a)`,
  ];
  await withSqlite(['create table t (a int)', 'insert into t values (1)'], async ({ database }) => {
    for (const expression of expressions) {
      const [wanted] = await database.query(`select ${expression} as v from t`);
      expect(await database.query(`select ${types.canonicalExpression(expression)} as v from t`)).toEqual([wanted]);
    }
  });
});

test('literals come back as they were', async () => {
  const values = [
    "it's",
    '',
    'a\\',
    'one\ntwo',
    'nul\u0000 inside',
    '🚀',
    '%?$1:a@b',
    0,
    -1,
    1.5,
    1e300,
    2 ** 53,
    null,
  ];
  await withSqlite([], async ({ session }) => {
    for (const value of values)
      expect(await session.query(`select ${sqlite.literal(value)} as v`)).toEqual([{ v: value }]);
    expect(await session.query(`select ${sqlite.literal(true)} as v`)).toEqual([{ v: 1 }]);
  });
});
