import { defineEntity, p } from '@mikro-orm/core';
import { expect, test } from 'vitest';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { migrateDatabase, planDatabase, type MigrateSettings } from '../support/migrate.ts';

const kept = defineEntity({ name: 'Kept', tableName: 'kept', properties: { id: p.integer().primary() } });
const parent = defineEntity({ name: 'Parent', tableName: 'a_parent', properties: { id: p.integer().primary() } });
const child = defineEntity({
  name: 'Child',
  tableName: 'b_child',
  properties: {
    id: p.integer().primary(),
    parent: () => p.manyToOne(parent).joinColumn('parent_id').foreignKeyName('child_fk'),
    kept: () => p.manyToOne(kept).joinColumn('kept_id').foreignKeyName('kept_fk'),
  },
});
const egg = defineEntity({
  name: 'Egg',
  tableName: 'c_egg',
  properties: {
    id: p.integer().primary(),
    hen: () => p.manyToOne(hen).joinColumn('hen_id').foreignKeyName('egg_fk').nullable(),
  },
});
const hen = defineEntity({
  name: 'Hen',
  tableName: 'd_hen',
  properties: {
    id: p.integer().primary(),
    egg: () => p.manyToOne(egg).joinColumn('egg_id').foreignKeyName('hen_fk').nullable(),
  },
});

const before: MigrateSettings = { config: { entities: [kept, parent, child, egg, hen] } };
const after: MigrateSettings = { config: { entities: [kept] } };

test.each(databaseKinds)('tables that refer to each other, in a line or a circle, go together on %s', async (kind) => {
  const database = await createDatabase(kind, { name: 'gone' });
  await migrateDatabase(database, before);
  await database.run([
    'insert into kept (id) values (7)',
    'insert into a_parent (id) values (1)',
    'insert into b_child (id, parent_id, kept_id) values (1, 1, 7)',
    'insert into c_egg (id) values (1)',
    'insert into d_hen (id, egg_id) values (1, 1)',
    'update c_egg set hen_id = 1',
  ]);
  const careful = await planDatabase(database, after);
  expect(careful.plan.steps, 'nothing is loosened for a table that stays').toEqual([]);
  expect(careful.plan.withheld).toHaveLength(4);
  await migrateDatabase(database, { ...after, flags: { allowDestructive: true } });
  const { plan, actual } = await planDatabase(database, after);
  expect([plan.steps, plan.withheld, plan.blocked, plan.notOurs]).toEqual([[], [], [], []]);
  expect(Object.keys(actual.tables)).toEqual(['kept']);
  expect(await database.query('select id from kept')).toHaveLength(1);
  await database.drop();
});
