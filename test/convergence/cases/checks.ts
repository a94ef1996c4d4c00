import { p } from '@mikro-orm/core';
import type { DatabaseKind } from '../../support/databases.ts';
import { entity, mysqlFamily, type FeatureCase, type HandEdit, type Properties } from './case.ts';

/** Check constraints as people write them; each database has a spelling of its own for most. */
export const checkCases: readonly FeatureCase[] = [
  check('length() check', { a: p.string() }, 'length(a) > 2'),
  check('LIKE', { a: p.string() }, "a like 'x%' or a not like '%\\_y'"),
  check('BETWEEN', { n: p.integer() }, 'n between 1 and 9'),
  check('NOT BETWEEN', { n: p.integer() }, 'n not between 10 and 19'),
  check('IN on varchar', { a: p.string().length(10) }, "a in ('x', 'y', 'it''s')", {
    edit: checkEdit("a in ('x', 'y')", "'it''s'", "'it''z'"),
  }),
  check('IN on integer', { n: p.integer() }, 'n in (1, 2, 3)'),
  check('NOT IN', { a: p.text() }, "a not in ('', ' ')"),
  check("check 'A', not 'a'", { a: p.string() }, "a <> 'A'", { edit: checkEdit("a <> 'a'", "'A'", "'a'") }),
  check('and, or, not', { a: p.integer(), b: p.integer().nullable() }, 'not (a > 1 and (b is null or b < 5)) or a = 0'),
  check('arithmetic', { a: p.integer(), b: p.integer() }, 'a + b * 2 - 1 > 0 and a % 2 = 1'),
  check('coalesce', { a: p.integer().nullable() }, 'coalesce(a, 0) >= 0', {
    edit: checkEdit('coalesce(a, 1) >= 0', 'coalesce(a, 0)', 'coalesce(a, 1)'),
  }),
  check(
    'case when',
    { a: p.integer(), b: p.string() },
    "case when a > 0 then 'x' when b = '' then 'y' else b end <> 'z'",
  ),
  check('quotes and comment marks', { a: p.string() }, "a <> '-- x' and a <> '/* y */' and a <> ');'"),
  check('backslash in a check', { a: p.string() }, (kind) =>
    kind === 'mysql' || kind === 'mariadb' ? "a <> 'a\\\\b'" : "a <> 'a\\b'",
  ),
  check('date literal', { day: p.date() }, "day > '2000-01-01'"),
  check('comparison of columns', { low: p.integer(), high: p.integer() }, 'low <= high'),
  check('decimal literal', { price: p.decimal().precision(10).scale(2) }, 'price >= 0.50'),
  check('null test', { a: p.string().nullable(), b: p.string().nullable() }, 'a is not null or b is not null'),
  check('lower() and trim()', { a: p.string() }, 'lower(trim(a)) = a'),
  check(
    'regular expression',
    { a: p.string() },
    (kind) => (kind === 'postgresql' ? "a ~ '^[a-z]+$'" : "a regexp '^[a-z]+$'"),
    { on: ['postgresql', 'mariadb', 'mysql'] },
  ),
  check('GLOB', { a: p.string() }, "a glob '[a-z]*'", { on: ['sqlite'] }),
  check('cast in a check', { a: p.string() }, (kind) =>
    kind === 'mysql' || kind === 'mariadb' ? 'cast(a as unsigned) > 0' : 'cast(a as integer) > 0',
  ),
  check('boolean operators of MySQL', { a: p.integer() }, 'a > 0 xor a < -5', { on: mysqlFamily }),
  {
    name: 'check of a property',
    entities: (_, table) => [
      entity(table, { age: p.integer().check('age >= 18'), size: p.string().nullable().check("size in ('S', 'M')") }),
    ],
  },
  {
    name: 'two checks with the same text',
    entities: (_, table) => [
      entity(
        table,
        { n: p.integer() },
        {
          checks: [
            { name: `${table}_one`, expression: 'n > 0' },
            { name: `${table}_two`, expression: 'n > 0' },
          ],
        },
      ),
    ],
  },
  {
    name: 'IN check of an enum',
    entities: (_, table) => [entity(table, { kind: p.enum(['a', 'b']), other: p.enum(['x']).nullable() })],
  },
  {
    name: 'quoted enum',
    entities: (_, table) => [entity(table, { kind: p.enum(["it's", 'say "x"', 'a,b', 'c)d', '', ' e ']).nullable() })],
  },
  { name: 'array enum', entities: (_, table) => [entity(table, { kinds: p.enum(['a', "b'c", 'd,e']).array() })] },
  { name: 'enum of numbers', entities: (_, table) => [entity(table, { level: p.enum([1, 2, 3]) })] },
  {
    name: 'native enum',
    on: ['postgresql'],
    entities: (_, table) => [
      entity(table, { kind: p.enum(['a', "b'c", 'D e']).nativeEnumName(`${table}_kind`).default("b'c") }),
    ],
  },
];

type Expression = string | ((kind: DatabaseKind) => string);

function check(
  name: string,
  properties: Properties,
  expression: Expression,
  rest: Pick<FeatureCase, 'on' | 'edit'> = {},
): FeatureCase {
  const text = (kind: DatabaseKind): string => (typeof expression === 'string' ? expression : expression(kind));
  return {
    name,
    ...rest,
    entities: (kind, table) => [
      entity(table, properties, { checks: [{ name: `${table}_rule`, expression: text(kind) }] }),
    ],
  };
}

function checkEdit(expression: string, from: string, to: string): HandEdit {
  return {
    facet: 'check',
    repairs: ['dropCheck', 'addCheck'],
    sql: (kind, table) => {
      if (kind === 'sqlite') return { object: table, from, to };
      const drop = kind === 'mysql' ? 'drop check' : 'drop constraint';
      return [
        `alter table ${table} ${drop} ${table}_rule`,
        `alter table ${table} add constraint ${table}_rule check (${expression})`,
      ];
    },
  };
}
