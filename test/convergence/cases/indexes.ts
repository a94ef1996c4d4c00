import { p } from '@mikro-orm/core';
import type { DatabaseKind } from '../../support/databases.ts';
import { entity, mysqlFamily, type FeatureCase, type HandEdit, type Properties, type TableExtras } from './case.ts';

type Extra = (kind: DatabaseKind, table: string) => TableExtras;
const withPredicates: readonly DatabaseKind[] = ['sqlite', 'postgresql'];

/** Indexes and unique keys with everything that can be said of them. */
export const indexCases: readonly FeatureCase[] = [
  index('DESC index', { a: p.integer(), b: p.integer() }, (_, table) => ({
    indexes: [
      {
        name: `${table}_i`,
        properties: ['a', 'b'],
        columns: [
          { name: 'a', sort: 'DESC' },
          { name: 'b', sort: 'ASC' },
        ],
      },
    ],
  })),
  index(
    'partial index',
    { a: p.integer(), state: p.string() },
    (_, table) => ({ indexes: [{ name: `${table}_i`, properties: ['a'], where: "state = 'open' and a > 0" }] }),
    {
      on: withPredicates,
      edit: predicateEdit((table) => `create index ${table}_i on ${table} (a) where state = 'shut' and a > 0`),
    },
  ),
  index(
    'partial unique index',
    { a: p.integer(), gone: p.boolean() },
    (kind, table) => ({
      uniques: [{ name: `${table}_u`, properties: ['a'], where: kind === 'sqlite' ? 'gone = 0' : 'not gone' }],
    }),
    { on: withPredicates },
  ),
  index(
    'partial index with IN',
    { a: p.integer(), state: p.string().length(9) },
    (_, table) => ({
      indexes: [{ name: `${table}_i`, properties: ['a'], where: "state in ('x', 'y') and a is not null" }],
    }),
    { on: withPredicates },
  ),
  index(
    'body of an expression index',
    { a: p.string() },
    (kind, table) => ({
      indexes: [
        {
          name: `${table}_i`,
          expression: `create index ${table}_i on ${table} (${kind === 'mysql' ? '(lower(a))' : 'lower(a)'})`,
        },
      ],
    }),
    {
      on: ['sqlite', 'postgresql', 'mysql'],
      edit: {
        facet: 'predicate',
        repairs: ['addIndex', 'dropIndex'],
        sql: (kind, table) =>
          kind === 'mysql'
            ? [`drop index ${table}_i on ${table}`, `create index ${table}_i on ${table} ((upper(a)))`]
            : [`drop index ${table}_i`, `create index ${table}_i on ${table} (upper(a))`],
      },
    },
  ),
  index(
    'expression index of several parts',
    { a: p.string(), n: p.integer() },
    (kind, table) => ({
      indexes: [
        {
          name: `${table}_i`,
          expression: `create index ${table}_i on ${table} (n desc, ${kind === 'mysql' ? "(coalesce(a, 'x'))" : "coalesce(a, 'x')"})`,
        },
      ],
    }),
    { on: ['sqlite', 'postgresql', 'mysql'] },
  ),
  index(
    'unique expression index',
    { a: p.string() },
    (kind, table) => ({
      uniques: [
        {
          name: `${table}_u`,
          expression: `create unique index ${table}_u on ${table} (${kind === 'mysql' ? '(lower(a))' : 'lower(a)'})`,
        },
      ],
    }),
    { on: ['sqlite', 'postgresql', 'mysql'] },
  ),
  index(
    'prefix length',
    { a: p.text(), b: p.string().length(200) },
    (_, table) => ({
      indexes: [
        {
          name: `${table}_i`,
          properties: ['a', 'b'],
          columns: [
            { name: 'a', length: 20 },
            { name: 'b', length: 10 },
          ],
        },
      ],
    }),
    { on: mysqlFamily },
  ),
  index(
    'nulls not distinct',
    { a: p.integer().nullable() },
    (_, table) => ({
      uniques: [
        { name: `${table}_u`, expression: `create unique index ${table}_u on ${table} (a) nulls not distinct` },
      ],
    }),
    { on: ['postgresql'] },
  ),
  index(
    'include',
    { a: p.integer(), b: p.string(), c: p.integer() },
    (_, table) => ({ indexes: [{ name: `${table}_i`, properties: ['a'], include: ['b', 'c'] }] }),
    { on: ['postgresql'] },
  ),
  index(
    'nulls first and last',
    { a: p.integer().nullable(), b: p.integer().nullable() },
    (_, table) => ({
      indexes: [
        {
          name: `${table}_i`,
          properties: ['a', 'b'],
          columns: [
            { name: 'a', nulls: 'FIRST' },
            { name: 'b', sort: 'DESC', nulls: 'LAST' },
          ],
        },
      ],
    }),
    { on: ['postgresql'] },
  ),
  index(
    'collation of an index part',
    { a: p.string() },
    (kind, table) => ({
      indexes: [
        {
          name: `${table}_i`,
          properties: ['a'],
          columns: [{ name: 'a', collation: kind === 'sqlite' ? 'NOCASE' : 'C' }],
        },
      ],
    }),
    { on: withPredicates },
  ),
  index(
    'operator class',
    { a: p.string() },
    (_, table) => ({
      indexes: [{ name: `${table}_i`, expression: `create index ${table}_i on ${table} (a varchar_pattern_ops)` }],
    }),
    { on: ['postgresql'] },
  ),
  index(
    'gin and hash index',
    { tags: p.json(), a: p.string() },
    (_, table) => ({
      indexes: [
        { name: `${table}_g`, properties: ['tags'], type: 'gin' },
        { name: `${table}_h`, properties: ['a'], type: 'hash' },
      ],
    }),
    { on: ['postgresql'] },
  ),
  index(
    'full text index',
    { a: p.text() },
    (_, table) => ({ indexes: [{ name: `${table}_f`, properties: ['a'], type: 'fulltext' }] }),
    { on: ['postgresql', 'mariadb', 'mysql'] },
  ),
  index(
    'invisible index',
    { a: p.integer() },
    (_, table) => ({ indexes: [{ name: `${table}_i`, properties: ['a'], invisible: true }] }),
    { on: mysqlFamily },
  ),
  index('unique constraint', { a: p.integer(), b: p.string() }, (_, table) => ({
    uniques: [{ name: `${table}_u`, properties: ['a', 'b'] }],
  })),
  index(
    'deferrable unique',
    { a: p.integer() },
    (_, table) => ({ uniques: [{ name: `${table}_u`, properties: ['a'], deferMode: 'deferred' }] }),
    { on: ['postgresql'] },
  ),
  index('unique and index on one column', { a: p.integer() }, (_, table) => ({
    uniques: [{ name: `${table}_u`, properties: ['a'] }],
    indexes: [{ name: `${table}_i`, properties: ['a'] }],
  })),
  {
    name: 'index of a property',
    entities: (_, table) => [entity(table, { a: p.integer().index(), b: p.string().length(40).unique() })],
  },
];

function index(
  name: string,
  properties: Properties,
  extras: Extra,
  rest: Pick<FeatureCase, 'on' | 'edit'> = {},
): FeatureCase {
  return { name, ...rest, entities: (kind, table) => [entity(table, properties, extras(kind, table))] };
}

function predicateEdit(create: (table: string) => string): HandEdit {
  return {
    facet: 'predicate',
    repairs: ['addIndex', 'dropIndex'],
    sql: (_, table) => [`drop index ${table}_i`, create(table)],
  };
}
