import { defineEntity, p } from '@mikro-orm/core';
import type { DialectName } from '../../../src/schema/sql-by-dialect.ts';

/** Names that are legal and hostile. */
const Hostile = defineEntity({
  name: 'Hostile',
  tableName: 'Select "x`y',
  properties: {
    id: p.integer().primary(),
    order: p.string().length(20).fieldName('order'),
    quote: p.enum(['a', "b'c"]).fieldName('it\'s "q" `b`'),
    percent: p.string().length(30).fieldName('50% ? $1 \\'),
    unicode: p.integer().fieldName('größe日本').default(3).index('in "dex` \''),
  },
  uniques: [{ name: 'Uni"que`', properties: ['order', 'percent'] }],
});

const Base = defineEntity({
  name: 'Base',
  tableName: 'bases',
  properties: { id: p.integer().primary(), name: p.string().length(40), at: p.datetime().length(3) },
});

const UserView = defineEntity({
  name: 'BaseView',
  tableName: 'base_view',
  view: true,
  expression: 'select id, name from bases where id > 3;',
  properties: { id: p.integer().primary(), name: p.string() },
});

const triggered = (timing: 'before' | 'after', body: string) =>
  defineEntity({
    name: 'Triggered',
    tableName: 'triggered',
    properties: { id: p.integer().primary(), n: p.integer() },
    triggers: [{ name: 'count_up', timing, events: ['insert', 'update'], body }],
  });

/** MikroORM's types know no paths that are longer than their depth. */
const pathInJson = 'doc.one.two' as never;

const OnPostgres = [
  defineEntity({
    name: 'Moods',
    tableName: 'moods',
    schema: 'other',
    properties: {
      id: p.integer().primary().generated('by default as identity'),
      mood: p.enum(['sad', "it's"]).nativeEnumName('mood'),
      moods: p.enum(['sad', "it's"]).array().nativeEnumName('mood'),
      base: () => p.manyToOne(Base).deferMode('deferred'),
      when: p.datetime().defaultRaw("now() + interval '1 day'"),
    },
  }),
  defineEntity({
    name: 'Indexed',
    tableName: 'indexed',
    properties: {
      id: p.integer().primary(),
      doc: p.json().$type<{ one: { two: string } }>(),
      words: p.text(),
      a: p.string().length(20).collation('C'),
      b: p.integer().unique('b_later'),
      gone: p.datetime().nullable(),
    },
    indexes: [
      { name: 'doc_gin', properties: ['doc'], type: 'gin' },
      { name: 'doc_path', properties: [pathInJson] },
      { name: 'words_search', properties: ['words'], type: 'fulltext' },
      {
        name: 'a_sorted',
        properties: ['a', 'b'],
        columns: [
          { name: 'a', sort: 'DESC', nulls: 'LAST' },
          { name: 'b', nulls: 'FIRST' },
        ],
      },
      { name: 'a_with', properties: ['a'], include: ['b'] },
      { name: 'living', properties: ['a'], where: 'gone is null' },
      {
        name: 'by_expression',
        expression:
          'create index by_expression on indexed using btree (lower(a) text_pattern_ops desc nulls last, ("b" + 1)) include (b) where (b > 0)',
      },
    ],
    uniques: [
      { name: 'a_b_later', properties: ['a', 'b'], deferMode: 'deferred' },
      { name: 'living_b', properties: ['b'], where: { gone: null } },
    ],
  }),
  defineEntity({
    name: 'Measured',
    tableName: 'measured',
    partitionBy: {
      type: 'range',
      expression: 'day',
      partitions: [
        { name: 'measured_old', values: "from (minvalue) to ('2020-01-01')" },
        { name: 'measured_rest', values: 'default' },
      ],
    },
    properties: { id: p.integer().primary().autoincrement(false), day: p.date().primary() },
  }),
  defineEntity({
    name: 'Hashed',
    tableName: 'hashed',
    partitionBy: { type: 'hash', expression: ['id'], partitions: 3 },
    properties: { id: p.integer().primary().autoincrement(false) },
  }),
  defineEntity({
    name: 'Summary',
    tableName: 'summary',
    view: { materialized: true },
    expression: 'select count(*) as id from bases',
    properties: { id: p.integer().primary() },
  }),
];

const OnMySql = [
  defineEntity({
    name: 'Indexed',
    tableName: 'indexed',
    properties: {
      id: p.integer().primary(),
      words: p.text(),
      code: p.string().length(40).collation('utf8mb4_bin'),
      at: p.datetime().length(3).defaultRaw('current_timestamp(3)').extra('on update current_timestamp(3)'),
      price: p.decimal().precision(8).scale(2).unsigned(),
      ratio: p.double().unsigned(),
    },
    indexes: [
      { name: 'words_search', properties: ['words'], type: 'fulltext' },
      { name: 'words_start', properties: ['words'], columns: [{ name: 'words', length: 12 }] },
      { name: 'hidden', properties: ['code'], invisible: true },
      { name: 'by_expression', expression: 'create index by_expression on indexed (code(5) desc, `price`)' },
    ],
  }),
];

const OnSqlite = [
  defineEntity({
    name: 'Indexed',
    tableName: 'indexed',
    properties: {
      id: p.integer().primary(),
      a: p.string().length(20).collation('NOCASE'),
      gone: p.datetime().nullable(),
      base: () => p.oneToOne(Base).owner().primary(),
    },
    indexes: [{ name: 'living', properties: ['a'], where: 'gone is null' }],
    uniques: [{ name: 'living_id', properties: ['a'], where: { gone: null } }],
  }),
];

/** What only some databases have, and names that all must bear. */
export const specialEntities: { readonly [name in DialectName]: readonly unknown[] } = {
  sqlite: [Hostile, Base, UserView, triggered('after', 'delete from bases where id = new.n'), ...OnSqlite],
  postgresql: [Hostile, Base, UserView, ...OnPostgres],
  mysql: [Hostile, Base, UserView, triggered('before', 'set new.n = new.n + 1'), ...OnMySql],
  mariadb: [Hostile, Base, UserView, triggered('before', 'set new.n = new.n + 1'), ...OnMySql],
};
