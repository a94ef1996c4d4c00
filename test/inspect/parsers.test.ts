import { describe, expect, test } from 'vitest';
import { parseCreateIndex } from '../../src/inspect/parse-create-index.ts';
import { parseDefault } from '../../src/inspect/parse-default.ts';
import { parsePartitioning } from '../../src/inspect/parse-partitioning.ts';
import { stripParentheses } from '../../src/inspect/sql-text.ts';
import type { Lexis } from '../../src/schema/expression.ts';

const ansi: Lexis = { identifierQuotes: '"', stringQuotes: '', backslashEscapes: false, dollarQuotes: true };
const mysql: Lexis = { identifierQuotes: '`', stringQuotes: '"', backslashEscapes: true, dollarQuotes: false };

describe('a CREATE INDEX statement taken apart', () => {
  const ansiIndex = (sql: string): unknown =>
    parseCreateIndex(sql, { lexis: ansi, columns: ['a', 'b', 'On "x"', 'Where'], nullsSortLowest: false });
  const mysqlIndex = (sql: string): unknown =>
    parseCreateIndex(sql, { lexis: mysql, columns: ['a', 'b'], nullsSortLowest: true });

  test.each([
    ['create index i on t (a)', { parts: [{ column: 'a' }], unique: false }],
    [
      'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "i" ON ONLY "s"."t" USING btree (A ASC, b DESC);',
      { parts: [{ column: 'a' }, { column: 'b', descending: true }], unique: true },
    ],
    [
      'create index i on t using gin (a jsonb_path_ops)',
      { parts: [{ column: 'a', operatorClass: 'jsonb_path_ops' }], unique: false, method: 'gin' },
    ],
    [
      'create index i on t (a desc nulls first, b nulls first, a desc nulls last)',
      {
        parts: [
          { column: 'a', descending: true },
          { column: 'b', nulls: 'first' },
          { column: 'a', descending: true, nulls: 'last' },
        ],
        unique: false,
      },
    ],
    [
      'create index i on t (lower(a), (a || \', (\' || b), "On ""x""" collate "de-x-icu" text_pattern_ops)',
      {
        parts: [
          { expression: 'lower(a)' },
          { expression: "a || ', (' || b" },
          { column: 'On "x"', collation: 'de-x-icu', operatorClass: 'text_pattern_ops' },
        ],
        unique: false,
      },
    ],
    [
      'create index i on t (a) include (b, "Where") with (fillfactor = 70) where ((a > 3 and "Where" is null))',
      { parts: [{ column: 'a' }], unique: false, include: ['b', 'Where'], where: 'a > 3 and "Where" is null' },
    ],
    [
      'create unique index i on t (a) nulls not distinct',
      { parts: [{ column: 'a' }], unique: true, nullsNotDistinct: true },
    ],
    ['create index i on t (zz)', { parts: [{ expression: 'zz' }], unique: false }],
    ['create index "index on (" on "t (" ("On ""x""")', { parts: [{ column: 'On "x"' }], unique: false }],
    ['create /* index ( */ index i on t (a) -- where', { parts: [{ column: 'a' }], unique: false }],
  ])('%s', (sql, index) => {
    expect(ansiIndex(sql)).toEqual(index);
  });

  test.each([
    [
      'create index i on t (a(10), `b` desc)',
      {
        parts: [
          { column: 'a', length: 10 },
          { column: 'b', descending: true },
        ],
        unique: false,
      },
    ],
    ['create fulltext index i on t (a)', { parts: [{ column: 'a' }], unique: false, method: 'fulltext' }],
    [
      "alter table `t` add unique index `i` (a) invisible comment 'it''s'",
      { parts: [{ column: 'a' }], unique: true, invisible: true, comment: "it's" },
    ],
    [
      'create index i on t ((cast(a as char(10))), (abs(b)) desc) using hash',
      {
        parts: [{ expression: 'cast(a as char(10))' }, { expression: 'abs(b)', descending: true }],
        unique: false,
        method: 'hash',
      },
    ],
  ])('%s', (sql, index) => {
    expect(mysqlIndex(sql)).toEqual(index);
  });

  test.each(['', 'lower(a)', 'create table t (a int)', 'select index (a)', 'create index i on t'])(
    'nothing else is one: %s',
    (sql) => {
      expect(ansiIndex(sql)).toBeUndefined();
    },
  );
});

describe('a default that is written as SQL', () => {
  const text = { type: 'text' } as const;
  const moment = { type: 'datetime', precision: 3 } as const;

  test.each([
    ["'it''s'", { value: "it's" }],
    ["('a')", { value: 'a' }],
    ["'a\\b'", { value: 'a\\b' }],
    ['42', { value: 42 }],
    ['- 1.5', { value: -1.5 }],
    ['+7', { value: 7 }],
    ['9007199254740993', { value: '9007199254740993' }],
    ['1.50', { value: '1.50' }],
    ['TRUE', { value: true }],
    ['null', undefined],
    ['', undefined],
    ['current_timestamp', { now: true }],
    ['NOW()', { now: true }],
    ['current_timestamp(3)', { now: true }],
    ['current_timestamp(6)', { sql: 'current_timestamp(6)' }],
    ['now', { sql: 'now' }],
    ["now() + interval '1 day'", { sql: "now() + interval '1 day'" }],
    ["'a' || 'b'", { sql: "'a' || 'b'" }],
    ["'a'::text", { sql: "'a'::text" }],
    ['"a"', { sql: '"a"' }],
  ])('%s', (sql, value) => {
    expect(parseDefault(sql, sql.toLowerCase().includes('current') ? moment : text, ansi)).toEqual(value);
  });

  test('backslashes escape where the database says so', () => {
    expect(parseDefault("'a\\'b\\n\\\\c\\%'", text, mysql)).toEqual({ value: "a'b\n\\c\\%" });
  });
});

test.each([
  ['KEY(jail_id) PARTITIONS 16', { method: 'key', by: 'jail_id', partitions: 16 }],
  ['partition by linear hash (year(`d`)) partitions 4', { method: 'linear hash', by: 'year(`d`)', partitions: 4 }],
  ['KEY ALGORITHM = 2 (a, b)', { method: 'key', by: 'a, b', partitions: 1 }],
  [
    "RANGE COLUMNS(day) (PARTITION `old one` VALUES LESS THAN ('2020-01-01'), PARTITION rest VALUES LESS THAN (MAXVALUE))",
    {
      method: 'range columns',
      by: 'day',
      partitions: [
        { name: 'old one', bound: "'2020-01-01'" },
        { name: 'rest', bound: 'MAXVALUE' },
      ],
    },
  ],
  [
    'RANGE (year(d)) (PARTITION a VALUES LESS THAN (2020), PARTITION b VALUES LESS THAN MAXVALUE)',
    {
      method: 'range',
      by: 'year(d)',
      partitions: [
        { name: 'a', bound: '2020' },
        { name: 'b', bound: 'maxvalue' },
      ],
    },
  ],
  [
    'LIST (a) (PARTITION x VALUES IN (1, 2), PARTITION y VALUES IN (NULL))',
    {
      method: 'list',
      by: 'a',
      partitions: [
        { name: 'x', bound: '1, 2' },
        { name: 'y', bound: 'NULL' },
      ],
    },
  ],
  ['BY MAGIC (a)', undefined],
  ['', undefined],
])('partitions: %s', (sql, partitioning) => {
  expect(parsePartitioning(sql, mysql)).toEqual(partitioning);
});

test('only parentheses around all of an expression go', () => {
  expect(
    ['((a))', '(a) + (b)', "(')')", '( a + (b) )', '(a', '', '()'].map((sql) => stripParentheses(sql, ansi)),
  ).toEqual(['a', '(a) + (b)', "')'", 'a + (b)', '(a', '', '()']);
});
