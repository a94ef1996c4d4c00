import { defineEntity, p } from '@mikro-orm/core';
import { entity, type FeatureCase } from './case.ts';

const hostile = [
  'select',
  'a b',
  'Upper',
  "it's",
  'say "x"',
  'back`tick',
  'dot.ted',
  'per%cent',
  'ques?tion',
  'semi;colon',
  'Ünïcode',
  'back\\slash',
  '$1',
  '-- x',
  '(paren)',
  '[square]',
  '{curly}',
];

/** Views, names and whole tables. */
export const otherCases: readonly FeatureCase[] = [
  {
    name: 'view',
    entities: (_, table) => [
      entity(`${table}_base`, { a: p.integer(), state: p.string() }),
      defineEntity({
        name: table,
        tableName: table,
        view: true,
        expression: `select id, a + 1 as b from ${table}_base where state = 'open'`,
        properties: { id: p.integer().primary(), b: p.integer() },
      }) as never,
    ],
  },
  {
    name: 'a namespace that is not there',
    on: ['postgresql'],
    entities: (_, table) => {
      const inside = defineEntity({
        name: `${table}_inside`,
        tableName: `${table}_inside`,
        schema: `${table}_space`,
        properties: { id: p.integer().primary(), mood: p.enum(['sad', 'ok']).nativeEnumName(`${table}_mood`) },
      }) as never;
      return [inside, entity(`${table}_outside`, { inside: () => p.manyToOne(inside) })];
    },
  },
  {
    name: 'a trigger',
    entities: (kind, table) => {
      const body = { postgresql: 'NEW.a := 1; RETURN NEW;', sqlite: 'select 1', mysql: 'set new.a = 1' };
      const trigger = {
        name: `${table}_row`,
        timing: 'before' as const,
        events: ['insert' as const, 'update' as const],
        forEach: 'row' as const,
        body: body[kind === 'mariadb' ? 'mysql' : kind],
      };
      const properties = { id: p.integer().primary(), a: p.integer() };
      return [defineEntity({ name: table, tableName: table, properties, triggers: [trigger] }) as never];
    },
  },
  ...hostile.map((name): FeatureCase => ({
    name: `name ${name}`,
    entities: (_, table) => [
      entity(
        // To MikroORM a dot in a table's name ends the name of its schema.
        `${table} ${name.replaceAll('.', '')}`,
        { a: p.string().length(20).fieldName(name).default("it's"), b: p.integer().fieldName(`${name} 2`).nullable() },
        {
          indexes: [{ name: `${table} ${name} i`, properties: ['a', 'b'] }],
          uniques: [{ name: `${table} ${name} u`, properties: ['a'] }],
        },
      ),
    ],
  })),
  {
    name: 'references between hostile names',
    entities: (_, table) => {
      const to = entity(`${table} "to"`, { a: p.integer().fieldName("it's") });
      return [
        to,
        entity(`${table} 'from'`, {
          one: () => p.manyToOne(to).joinColumn('the "one".x').foreignKeyName(`${table} "fk"`),
        }),
      ];
    },
  },
];
