import { p } from '@mikro-orm/core';
import type { DatabaseKind } from '../../support/databases.ts';
import { columns, entity, type FeatureCase } from './case.ts';

const concat = (kind: DatabaseKind): string =>
  kind === 'mysql' || kind === 'mariadb' ? "concat(a, '-', b)" : "a || '-' || b";
const parts = { a: p.string().length(20), b: p.string().length(20) };

/** Generated columns: expression, type, and how they are stored. */
export const generatedCases: readonly FeatureCase[] = [
  columns(
    'generated stored column',
    (kind) => ({
      ...parts,
      c: p
        .string()
        .length(50)
        .nullable()
        .generated(`(${concat(kind)}) stored`),
    }),
    {
      edit: {
        facet: 'generated',
        repairs: ['changeGenerated', 'dropColumn', 'addColumn'],
        sql: (kind, table) => {
          if (kind === 'sqlite') return { object: table, from: "'-'", to: "'+'" };
          const expression = concat(kind).replaceAll("'-'", "'+'");
          return [
            `alter table ${table} drop column c`,
            `alter table ${table} add column c varchar(50) generated always as (${expression}) stored`,
          ];
        },
      },
    },
  ),
  columns(
    'generated virtual column',
    (kind) => ({
      ...parts,
      c: p
        .string()
        .length(50)
        .nullable()
        .generated(`(${concat(kind)}) virtual`),
    }),
    { on: ['sqlite', 'mariadb', 'mysql'] },
  ),
  columns(
    'type of a generated column',
    () => ({ n: p.integer(), m: p.bigint().nullable().generated('(n * 2) stored').unsigned(false) }),
    {
      edit: {
        facet: 'generated',
        repairs: ['changeGenerated', 'dropColumn', 'addColumn'],
        sql: (kind, table) =>
          kind === 'sqlite'
            ? { object: table, from: 'bigint', to: 'text' }
            : [
                `alter table ${table} drop column m`,
                `alter table ${table} add column m ${kind === 'postgresql' ? 'integer' : 'int'} generated always as (n * 2) stored`,
              ],
      },
    },
  ),
  columns('generated number', () => ({
    price: p.decimal().precision(10).scale(2),
    amount: p.integer(),
    total: p.decimal().precision(14).scale(2).nullable().generated('(price * amount + 1) stored'),
  })),
  columns('generated with case and quotes', () => ({
    n: p.integer(),
    word: p.string().length(10).nullable().generated("(case when n > 0 then 'it''s' else '(-)' end) stored"),
  })),
  columns('generated with coalesce', () => ({
    a: p.integer().nullable(),
    b: p.integer().nullable().generated('(coalesce(a, 0)) stored'),
  })),
  columns('generated upper()', () => ({ a: p.string(), b: p.string().nullable().generated('(upper(a)) stored') })),
  columns(
    'generated of two generated columns',
    () => ({
      a: p.integer(),
      b: p.integer().nullable().generated('(a + 1) virtual'),
      c: p.integer().nullable().generated('(b + 1) virtual'),
    }),
    { on: ['sqlite', 'mariadb', 'mysql'] },
  ),
  {
    name: 'index on a generated column',
    entities: (_, table) => [
      entity(
        table,
        { a: p.string().length(30), b: p.string().length(30).nullable().generated('(lower(a)) stored') },
        { indexes: [{ name: `${table}_i`, properties: ['b'] }] },
      ),
    ],
  },
];
