import { expect, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import { castOf } from '../../../src/dialects/postgres/type-change.ts';
import { normalType } from '../../../src/dialects/postgres/types.ts';
import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { Default } from '../../../src/schema/schema.ts';
import { apply, column, tableOf, withPostgres } from './with-postgres.ts';
import { emptySchema } from '../../../src/schema/schema.ts';

const { types } = postgres;

/** As MikroORM's platform, people and the catalog write types. */
const spellings = [
  'varchar(255)',
  'character varying(255)',
  'VARCHAR (255)',
  'varchar',
  'text',
  'int',
  'int4',
  'integer',
  'smallint',
  'int2',
  'bigint',
  'int8',
  'real',
  'float4',
  'float',
  'float(24)',
  'float(25)',
  'double precision',
  'float8',
  'numeric(10,2)',
  'decimal(10, 2)',
  'numeric(10)',
  'numeric',
  'numeric(5,-2)',
  'boolean',
  'bool',
  'date',
  'uuid',
  'jsonb',
  'json',
  'bytea',
  'timestamp',
  'timestamp(6)',
  'timestamp(3)',
  'timestamptz',
  'timestamptz(0)',
  'timestamptz(6)',
  'timestamp(0) with time zone',
  'timestamp without time zone',
  'time',
  'time(0)',
  'timetz(3)',
  'time(3) with time zone',
  'interval',
  'interval(3)',
  'interval day to second(3)',
  'char',
  'char(3)',
  'character(3)',
  'bpchar',
  'bpchar(3)',
  '"char"',
  'bit',
  'bit(3)',
  'varbit(5)',
  'bit varying',
  'text[]',
  'int[]',
  'int4[][]',
  'varchar(20)[]',
  'timestamptz(3)[]',
  'integer array',
  'inet',
  'cidr',
  'macaddr',
  'point',
  'tsvector',
  'xml',
  'money',
  'oid',
  'int4range',
  'pg_catalog.int4',
  'constructor_is_no_type[]'.replace('constructor_is_no_type', 'uuid'),
];

test.each(spellings)('reads %s as the server does', async (spelling) => {
  await withPostgres(async (session) => {
    await session.run(`create table t (c ${spelling})`);
    const [row] = await session.query<{ type: string }>(
      `select format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = 't'::regclass and attnum = 1`,
    );
    const read = types.read(spelling);
    expect(read).toEqual(types.read(row?.type ?? ''));
    // Written again it is the same type.
    await session.run(`create table u (c ${types.write(read)})`);
    expect((await postgres.inspect(session, {})).tables['u']?.columns['c']?.type).toEqual(read);
  });
});

test('serial words are the integers behind them', () => {
  expect(['smallserial', 'serial', 'bigserial'].map(types.read)).toEqual(
    [16, 32, 64].map((bits) => ({ type: 'integer', bits })),
  );
});

test('tells apart what is different, and not what only other databases tell apart', () => {
  expect(types.same({ type: 'integer', bits: 24, unsigned: true }, { type: 'integer', bits: 32 })).toBe(true);
  expect(types.same({ type: 'text', size: 'long' }, { type: 'text' })).toBe(true);
  expect(types.same({ type: 'datetime', precision: 6 }, { type: 'datetime' })).toBe(true);
  expect(types.same({ type: 'datetime', precision: 0 }, { type: 'datetime' })).toBe(false);
  expect(types.same({ type: 'datetime', zone: true }, { type: 'datetime' })).toBe(false);
  expect(types.same({ type: 'enum', values: ['a'] }, { type: 'text' })).toBe(true);
  // The values of a named type are its own matter.
  expect(types.same({ type: 'enum', values: ['a'], name: 'e' }, { type: 'enum', values: ['b'], name: 'e' })).toBe(true);
  expect(types.same({ type: 'enum', values: ['a'], name: 'e' }, { type: 'enum', values: ['a'], name: 'f' })).toBe(
    false,
  );
  expect(
    types.same({ type: 'native', sql: { postgresql: 'char(3)', mysql: 'x' } }, { type: 'native', sql: 'character(3)' }),
  ).toBe(true);
  expect(types.same({ type: 'native', sql: 'json' }, { type: 'json' })).toBe(false);
});

const all: readonly LogicalType[] = [
  { type: 'string', length: 10 },
  { type: 'string', length: 20 },
  { type: 'text' },
  { type: 'integer', bits: 16 },
  { type: 'integer', bits: 32 },
  { type: 'integer', bits: 64 },
  { type: 'decimal', precision: 10, scale: 2 },
  { type: 'decimal', precision: 12, scale: 2 },
  { type: 'decimal', precision: 30, scale: 10 },
  { type: 'native', sql: 'numeric' },
  { type: 'float' },
  { type: 'double' },
  { type: 'boolean' },
  { type: 'date' },
  { type: 'uuid' },
  { type: 'json' },
  { type: 'time' },
  { type: 'time', precision: 0 },
  { type: 'time', zone: true },
  { type: 'datetime' },
  { type: 'datetime', precision: 0 },
  { type: 'datetime', zone: true },
  { type: 'datetime', precision: 3, zone: true },
  { type: 'binary' },
  { type: 'enum', values: ['a', 'b'], name: 'small' },
  { type: 'enum', values: ['a', 'b', 'c'], name: 'large' },
  { type: 'native', sql: 'text[]' },
  { type: 'native', sql: 'character(3)' },
];

test('every pair of types: the server takes the change unless it is impossible, and rewrites the table only when we say so', async () => {
  await withPostgres(async (session) => {
    await session.run(`create type small as enum ('a', 'b')`);
    await session.run(`create type large as enum ('a', 'b', 'c')`);
    const wrong: string[] = [];
    let seen = 0;
    for (const from of all) {
      for (const to of all) {
        const { kind, rewrites } = types.change(from, to);
        const table = tableOf('t', [column('c', from)]);
        const schema = { ...emptySchema, tables: { t: table } };
        await session.run(`create table t (c ${types.write(from)})`);
        const filenode = async (): Promise<unknown> =>
          (await session.query(`select relfilenode::text as f from pg_class where oid = 't'::regclass`))[0];
        const before = await filenode();
        const done = await apply(
          session,
          { kind: 'changeType', table: 't', column: 'c', from, to, change: kind === 'impossible' ? 'lateral' : kind },
          schema,
        ).then(
          () => true,
          () => false,
        );
        const rewrote = JSON.stringify(before) !== JSON.stringify(await filenode());
        const name = `${types.write(from)} → ${types.write(to)}`;
        // Only castable pairs through text may turn out to be refused, by rows.
        if (done === (kind === 'impossible'))
          wrong.push(`${name}: server ${done ? 'takes' : 'refuses'}, we say ${kind}`);
        if (done && rewrote !== rewrites && !isSameSpelling(from, to))
          wrong.push(`${name}: rewrote ${rewrote}, we say ${rewrites}`);
        await session.run('drop table t');
        seen += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBe(all.length ** 2);
  });
});

function isSameSpelling(from: LogicalType, to: LogicalType): boolean {
  return types.write(from) === types.write(to);
}

/** The most telling values of each type; those of it that a widening must keep. */
const extremes: { readonly [physical: string]: readonly string[] } = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
  real: ['1.1', '-3.4e38', 'NaN', 'Infinity'],
  'double precision': ['1.1', '1e308', '-Infinity'],
  'numeric(10,2)': ['-99999999.99', '0.01'],
  'numeric(12,2)': ['-9999999999.99'],
  'numeric(30,10)': ['-99999999999999999999.9999999999'],
  date: ['0001-01-01', '9999-12-31'],
  'varchar(10)': ['☃☃☃☃☃☃☃☃☃☃', ''],
  'varchar(20)': ['01234567890123456789'],
  text: ['', 'x'.repeat(3000)],
  'time(0)': ['23:59:59'],
  time: ['23:59:59.999999'],
  'timestamp(0)': ['2020-02-29 23:59:59'],
  timestamp: ['2020-02-29 23:59:59.999999'],
  'timestamptz(3)': ['2020-02-29 23:59:59.999+00'],
  small: ['a', 'b'],
  '"small"': ['a', 'b'],
};

test('a widening gives every value back', async () => {
  await withPostgres(async (session) => {
    await session.run(`create type small as enum ('a', 'b')`);
    await session.run(`create type large as enum ('a', 'b', 'c')`);
    const wrong: string[] = [];
    let seen = 0;
    for (const from of all) {
      for (const to of all.filter((type) => types.change(from, type).kind === 'widening')) {
        for (const value of extremes[types.write(from)] ?? []) {
          const there = `'${value}'::${types.write(from)}`;
          const via = castOf(normalType(from), normalType(to)) === 'text' ? '::text' : '';
          const back = types.write(from);
          const [row] = await session.query<{ same: boolean }>(
            `select (${there}${via}::${types.write(to)}${via}::${back})::text = (${there})::text as same`,
          );
          if (!row?.same) wrong.push(`${types.write(from)} → ${types.write(to)}: ${value}`);
          seen += 1;
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(40);
  });
});

const defaults: readonly (readonly [LogicalType, string, Default])[] = [
  [{ type: 'string', length: 9 }, "'x'::character varying", { value: 'x' }],
  [{ type: 'string', length: 9 }, "'it''s'::text", { value: "it's" }],
  [{ type: 'string', length: 9 }, "'abcdefghijkl'::varchar(3)", { sql: "'abcdefghijkl'::varchar (3)" }],
  [{ type: 'text' }, "upper('a')", { sql: "upper('a')" }],
  [{ type: 'text' }, "'a' || 'b'", { sql: "'a' || 'b'" }],
  [{ type: 'text' }, "E'a\\nb'", { sql: "E'a\\nb'" }],
  [{ type: 'text' }, 'now()', { sql: 'now()' }],
  [{ type: 'integer', bits: 32 }, "'-1'::integer", { value: -1 }],
  [{ type: 'integer', bits: 32 }, '(-1)', { value: -1 }],
  [{ type: 'integer', bits: 64 }, "'9007199254740993'::bigint", { value: '9007199254740993' }],
  [{ type: 'integer', bits: 32 }, '1 + 1', { sql: '1 + 1' }],
  [{ type: 'decimal', precision: 5, scale: 2 }, '1.50', { value: 1.5 }],
  [{ type: 'decimal', precision: 5, scale: 2 }, "'1'::numeric", { value: 1 }],
  [{ type: 'boolean' }, 'TRUE', { value: true }],
  [{ type: 'boolean' }, "'f'::boolean", { value: false }],
  [{ type: 'boolean' }, '1', { value: true }],
  [{ type: 'json' }, `'{"b": 1, "a": []}'::jsonb`, { value: '{"a":[],"b":1}' }],
  [{ type: 'json' }, `'12345678901234567890'::jsonb`, { value: '12345678901234567890' }],
  [{ type: 'datetime', zone: true }, 'CURRENT_TIMESTAMP', { now: true }],
  [{ type: 'datetime', zone: true, precision: 0 }, 'current_timestamp(0)', { now: true }],
  [{ type: 'datetime', zone: true }, 'current_timestamp(0)', { sql: 'current_timestamp (0)' }],
  [{ type: 'datetime', precision: 0 }, 'now()', { now: true }],
  [{ type: 'datetime' }, 'LOCALTIMESTAMP', { now: true }],
  [{ type: 'datetime', zone: true }, 'LOCALTIMESTAMP', { sql: 'localtimestamp' }],
  [{ type: 'date' }, "'2020-01-01'::date", { value: '2020-01-01' }],
  [{ type: 'date' }, 'CURRENT_DATE', { sql: 'current_date' }],
  [{ type: 'enum', values: ['a'], name: 'my mood' }, `'a'::"my mood"`, { value: 'a' }],
  [{ type: 'native', sql: 'text[]' }, "'{}'::text[]", { value: '{}' }],
  [{ type: 'native', sql: 'text[]' }, "'{}'::integer[]", { sql: "'{}'::integer[]" }],
  [{ type: 'native', sql: 'character(3)' }, "'abc'::bpchar", { value: 'abc' }],
  [{ type: 'string', length: 9 }, 'NULL::character varying', { value: null }],
];

test.each(defaults)('a default of %j: %s', (type, sql, expected) => {
  expect(types.canonicalDefault(type, { sql })).toEqual(expected);
  expect(types.canonicalDefault(type, expected)).toEqual(expected);
});

test.each([
  ['(a > 0)', 'A>0'],
  ['((a > 0) )', '"a" > 0 -- comment'],
  ["(name)::text = 'A'::text", `name::TEXT /* x */ = ('A')::text`],
  ['a <> 1', '(a!=1)'],
  ['lower(name)', 'LOWER ( "name" )'],
  ['a in (1, 2)', 'a IN(1,2)'],
])('one spelling for %s and %s', (a, b) => {
  expect(types.canonicalExpression(a)).toBe(types.canonicalExpression(b));
});

test.each([
  ["a = 'A'", "a = 'a'"],
  ['"A" > 0', 'a > 0'],
  ['"user" is null', 'user is null'],
  ['a =-1', 'a = - 1'],
  ["'a  b'", "'a b'"],
  ["E'a\\' B'", "E'a\\' b'"],
  ["b'1'", `"b"'1'`],
  ["b'1'", "b '1'"],
  ['(a or b) and c', 'a or b and c'],
  ['(a) or (b)', 'a) or (b'],
  ['(a).b', 'a.b'],
  ["'a'::text", "'a'"],
  ['f (a)', 'f a'],
  ['$$a B$$', '$$a b$$'],
  ['a::"char"', 'a::char'],
  ['É', 'é'],
])('never takes %s for %s', (a, b) => {
  expect(types.canonicalExpression(a)).not.toBe(types.canonicalExpression(b));
});

test('a canonical expression means to the server what the original means', async () => {
  await withPostgres(async (session) => {
    await session.run('create table t (a int, name varchar(9), j jsonb, "user" text, arr int[], at timestamptz)');
    const expressions = [
      'a IS NOT DISTINCT FROM (1)',
      `J #>> '{a,b}' = 'x'`,
      `(j -> 'a') ->> 'b' LIKE 'x%'`,
      `name ~* '^a' AND NOT (a = ANY (arr))`,
      `"user" <> 'x' OR user::text = 'y'`,
      `CASE WHEN (a) > -1 THEN (arr)[1] ELSE -(a) END > 2`,
      `(at AT TIME ZONE 'UTC')::date > DATE '2020-01-01'`,
      `extract(year FROM at) BETWEEN 1 AND (2)`,
      `(name COLLATE "C") > 'a'`,
      `a::numeric(10, 2) >= 1.50`,
      `ROW(a, 1) = ROW (1, 1)`,
      `array [ 1, 2 ] @> arr`,
      `coalesce((name), ('x'))::text ilike E'a\\\\b'`,
      `a %2= 0 AND a*-1 < 2 AND (a) !=(3)`,
      `interval '1 day' > make_interval(days => (a))`,
      `substring(name FROM 1 FOR 2) = 'ab'`,
      `(a, name) IN ((1, 'x'), (2, 'y'))`,
      `at > now() - INTERVAL '1 day'`,
      `B'1' = B'0'`,
      `U&'\\0061' = name`,
    ];
    const read = async (expression: string): Promise<string> => {
      await session.run(`alter table t add constraint c check (${expression})`);
      const [row] = await session.query<{ e: string }>(
        `select pg_get_expr(conbin, conrelid) as e from pg_constraint where conname = 'c'`,
      );
      await session.run('alter table t drop constraint c');
      return row?.e ?? '';
    };
    for (const expression of expressions) {
      const catalog = await read(expression);
      expect({ expression, read: await read(types.canonicalExpression(expression)) }).toEqual({
        expression,
        read: catalog,
      });
      expect(await read(types.canonicalExpression(catalog))).toBe(catalog);
    }
  });
});
