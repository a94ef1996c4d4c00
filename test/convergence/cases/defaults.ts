import { p } from '@mikro-orm/core';
import { columns, mysqlFamily, type FeatureCase, type HandEdit } from './case.ts';

/** Defaults: of literals the text, of expressions the spelling. */
export const defaultCases: readonly FeatureCase[] = [
  columns('datetime(n) defaults', (kind) =>
    Object.fromEntries(
      [0, 1, 3, 6].map((digits) => [
        `at${digits}`,
        p
          .datetime(digits)
          .defaultRaw(
            kind === 'sqlite'
              ? 'current_timestamp'
              : digits === 0 && kind !== 'postgresql'
                ? 'current_timestamp'
                : `current_timestamp(${digits})`,
          ),
      ]),
    ),
  ),
  columns('datetime(3) default current_timestamp', () => ({ at: p.datetime(3).defaultRaw('current_timestamp') }), {
    on: ['mariadb', 'postgresql', 'sqlite'],
  }),
  columns('timestamp default now()', (kind) => ({
    at: p
      .datetime()
      .columnType(kind === 'sqlite' ? 'datetime' : 'timestamp')
      .defaultRaw(kind === 'sqlite' ? 'current_timestamp' : 'now()'),
  })),
  columns('curdate()', (kind) => ({
    day: p.date().defaultRaw(kind === 'sqlite' || kind === 'postgresql' ? 'current_date' : '(curdate())'),
  })),
  columns('time of day default', (kind) => ({
    at: p.time().defaultRaw(kind === 'sqlite' ? 'current_time' : kind === 'postgresql' ? 'localtime' : '(curtime())'),
  })),
  columns('now() + interval', (kind) => ({ due: p.datetime().defaultRaw(tomorrow[kind]) })),
  columns('interval with several parts', () => ({ due: p.datetime().defaultRaw("now() + interval '1 day 2 hours'") }), {
    on: ['postgresql'],
  }),
  columns('backslash default', () => ({ path: p.string().default('C:\\temp\\new') })),
  columns('trailing backslash default', () => ({ path: p.string().default('C:\\') })),
  columns('newline default', () => ({ text: p.string().default('first\nsecond\tthird') })),
  columns('apostrophe default', () => ({ text: p.string().default("it's 'so'"), two: p.string().default("''") })),
  columns('quoted default', () => ({ text: p.string().default('say "yes" or `no`') })),
  columns('placeholder default', () => ({ text: p.string().default('100 % ? :a $1 ?? %s') })),
  columns('comment-like default', () => ({ text: p.string().default('-- no /* comment */ # at all;') })),
  columns('unicode default', () => ({ text: p.string().default('Ünïcode – 漢字') })),
  columns('empty default', () => ({ text: p.string().default('') })),
  columns('default of blanks', () => ({ text: p.string().default('  two  ') })),
  columns('default that looks like SQL', () => ({
    a: p.string().default('now()'),
    b: p.string().default('CURRENT_TIMESTAMP'),
    c: p.string().default('null'),
    d: p.string().default('NULL'),
    e: p.string().default('true'),
  })),
  columns('default that looks like a number', () => ({
    a: p.string().default('0'),
    b: p.string().default('007'),
    c: p.string().default('1e3'),
    d: p.string().default('1.50'),
  })),
  columns("default 'ABC', not 'abc'", () => ({ word: p.string().default('ABC') }), {
    edit: defaultEdit('word', "'ABC'", "'abc'"),
  }),
  columns('text default', () => ({ text: p.text().default("a long 'text'") })),
  columns('boolean defaults', () => ({ yes: p.boolean().default(true), no: p.boolean().default(false) }), {
    edit: {
      ...defaultEdit('no', 'default 0', 'default 1'),
      sql: (kind, table) =>
        kind === 'sqlite'
          ? { object: table, from: 'default 0', to: 'default 1' }
          : [`alter table ${table} alter column no set default ${kind === 'postgresql' ? 'true' : '1'}`],
    },
  }),
  columns(
    'integer defaults',
    () => ({ zero: p.integer().default(0), minus: p.integer().default(-5), most: p.integer().default(2147483647) }),
    {
      edit: {
        ...defaultEdit('minus', '-5', '-6'),
        sql: (kind, table) =>
          kind === 'sqlite'
            ? { object: table, from: '-5', to: '-6' }
            : [`alter table ${table} alter column minus set default -6`],
      },
    },
  ),
  columns('bigint default beyond 2^53', () => ({ big: p.bigint().defaultRaw('9007199254740993') })),
  columns('decimals', () => ({
    price: p.decimal().precision(12).scale(4).default('10.5000'),
    whole: p.decimal().precision(10).scale(0).default('7'),
    ratio: p.decimal().precision(5).scale(5).default('0.00001'),
  })),
  columns('double and float defaults', () => ({
    d: p.double().default(0.1),
    f: p.float().default(1.5),
    e: p.double().default(1e21),
  })),
  columns('json defaults', (kind) => ({
    list: json('[]', kind),
    object: json('{"b": 1, "a": [true, null, "x"]}', kind),
  })),
  columns('uuid default', (kind) => ({
    code:
      kind === 'postgresql'
        ? p.uuid().defaultRaw('gen_random_uuid()')
        : p
            .string()
            .length(36)
            .defaultRaw(kind === 'sqlite' ? '(lower(hex(randomblob(16))))' : '(uuid())'),
  })),
  columns('default of an expression', (kind) => ({
    n: p.integer().defaultRaw(kind === 'postgresql' ? '(1 + 2) * 3' : '((1 + 2) * 3)'),
    s: p.string().defaultRaw(kind === 'mysql' || kind === 'mariadb' ? "(concat('a', 'b'))" : "('a' || 'b')"),
  })),
  columns(
    'default of a cast',
    () => ({ n: p.integer().defaultRaw("'5'::integer"), a: p.text().defaultRaw("upper('x')::text") }),
    { on: ['postgresql'] },
  ),
  columns('date literal default', () => ({
    day: p.date().default('2024-02-29'),
    at: p.datetime(0).default('2024-02-29 12:30:00'),
  })),
  columns('default null', () => ({
    a: p.string().nullable().default(null),
    b: p.integer().nullable().defaultRaw('null'),
  })),
  columns('enum default', () => ({ state: p.enum(['new', "it's", 'a,b']).default("it's") })),
  columns(
    'on update',
    () => ({
      a: p.datetime(0).defaultRaw('current_timestamp').extra('on update current_timestamp'),
      b: p.datetime(3).nullable().extra('on update current_timestamp(3)'),
    }),
    { on: mysqlFamily },
  ),
];

const tomorrow = {
  sqlite: "(datetime('now', '+1 day'))",
  postgresql: "now() + interval '1 day'",
  mariadb: '(now() + interval 1 day)',
  mysql: '(now() + interval 1 day)',
} as const;

function json(text: string, kind: string): object {
  return kind === 'mysql'
    ? p
        .json()
        .defaultRaw(`(json_${text.startsWith('[') ? 'array()' : "object('b', 1, 'a', json_array(true, null, 'x'))"})`)
    : p.json().defaultRaw(`'${text}'`);
}

function defaultEdit(column: string, from: string, to: string): HandEdit {
  return {
    facet: 'default',
    repairs: ['setDefault'],
    sql: (kind, table) =>
      kind === 'sqlite'
        ? { object: table, from, to }
        : [`alter table ${table} alter column ${column} set default ${to}`],
  };
}
