import { p, type EntitySchema } from '@mikro-orm/core';
import { columns, entity, keyedEntity, type FeatureCase } from './case.ts';

const parent = (table: string): EntitySchema => entity(`${table}_parent`, { a: p.integer() });

/** Primary keys and references between tables. */
export const keyCases: readonly FeatureCase[] = [
  { name: 'bigint key', entities: (_, table) => [keyedEntity(table, { id: p.bigint().primary(), a: p.string() })] },
  {
    name: 'bigint key that is not numbered',
    entities: (_, table) => [keyedEntity(table, { id: p.bigint().primary().autoincrement(false), a: p.string() })],
  },
  {
    name: 'string key',
    entities: (_, table) => [keyedEntity(table, { code: p.string().length(30).primary(), a: p.integer() })],
  },
  { name: 'uuid key', entities: (_, table) => [keyedEntity(table, { id: p.uuid().primary(), a: p.integer() })] },
  {
    name: 'composite key',
    entities: (_, table) => [
      keyedEntity(table, { a: p.integer().primary(), b: p.string().length(20).primary(), c: p.text().nullable() }),
    ],
  },
  {
    name: 'reference to a bigint key',
    entities: (_, table) => pair(table, keyedEntity(`${table}_parent`, { id: p.bigint().primary() })),
  },
  {
    name: 'named foreign key',
    entities: (_, table) => {
      const to = parent(table);
      return [to, entity(table, { parent: () => p.manyToOne(to).foreignKeyName(`${table}_fk_of_mine`) })];
    },
  },
  {
    name: 'composite foreign key',
    entities: (_, table) => {
      const to = keyedEntity(`${table}_parent`, { a: p.integer().primary(), b: p.integer().primary() });
      return [to, entity(table, { parent: () => p.manyToOne(to).joinColumns('parent_a', 'parent_b') })];
    },
  },
  {
    name: 'RESTRICT, not NO ACTION',
    entities: (_, table) => {
      const to = parent(table);
      return [
        to,
        entity(table, {
          parent: () => p.manyToOne(to).deleteRule('restrict').updateRule('no action').foreignKeyName(`${table}_fk`),
        }),
      ];
    },
    edit: {
      facet: 'other',
      repairs: ['dropForeignKey', 'addForeignKey'],
      sql: (kind, table) => {
        if (kind === 'sqlite') return { object: table, from: 'on delete restrict', to: '' };
        // To InnoDB the two are one.
        if (kind !== 'postgresql') return undefined;
        return [
          `alter table ${table} drop constraint ${table}_fk`,
          `alter table ${table} add constraint ${table}_fk foreign key (parent_id) references ${table}_parent (id)`,
        ];
      },
    },
  },
  {
    name: 'cascade and set null',
    entities: (_, table) => {
      const to = parent(table);
      return [
        to,
        entity(table, {
          one: () => p.manyToOne(to).deleteRule('cascade').updateRule('cascade'),
          two: () => p.manyToOne(to).nullable().deleteRule('set null'),
        }),
      ];
    },
  },
  {
    name: 'deferrable foreign key',
    on: ['sqlite', 'postgresql'],
    entities: (_, table) => {
      const to = parent(table);
      return [
        to,
        entity(table, {
          one: () => p.manyToOne(to).deferMode('deferred'),
          two: () => p.manyToOne(to).deferMode('immediate'),
        }),
      ];
    },
  },
  {
    name: 'self reference',
    entities: (_, table) => {
      const self: EntitySchema = entity(table, {
        boss: () => p.manyToOne(self).nullable(),
        next: () => p.oneToOne(self).nullable().owner(),
      });
      return [self];
    },
  },
  {
    name: 'cyclic foreign keys',
    entities: (_, table) => {
      const one: EntitySchema = entity(`${table}_one`, { two: () => p.manyToOne(two).nullable() });
      const two: EntitySchema = entity(`${table}_two`, { three: () => p.manyToOne(three).nullable() });
      const three: EntitySchema = entity(`${table}_three`, { one: () => p.manyToOne(one) });
      return [one, two, three];
    },
  },
  {
    name: 'two references to one table',
    entities: (_, table) => {
      const to = parent(table);
      return [to, entity(table, { first: () => p.manyToOne(to), second: () => p.manyToOne(to).nullable() })];
    },
  },
  {
    name: 'reference without a foreign key',
    entities: (_, table) => {
      const to = parent(table);
      return [to, entity(table, { one: () => p.manyToOne(to).createForeignKeyConstraint(false) })];
    },
  },
  {
    name: 'many to many',
    entities: (_, table) => {
      const to = parent(table);
      return [to, entity(table, { all: () => p.manyToMany(to) })];
    },
  },
  {
    name: 'reference that is the key',
    entities: (_, table) => {
      const to = parent(table);
      return [to, keyedEntity(table, { one: () => p.oneToOne(to).primary().owner(), a: p.integer() })];
    },
  },
  columns('numbered key without unsigned', () => ({ a: p.integer() })),
];

function pair(table: string, to: EntitySchema): EntitySchema[] {
  return [to, entity(table, { parent: () => p.manyToOne(to) })];
}
