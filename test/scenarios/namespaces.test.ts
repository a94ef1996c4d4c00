import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, type MigrateSettings } from '../support/migrate.ts';
import { withSchemaBench } from '../support/migrate-schema.ts';

const name = 'off"side';
const Cell = defineEntity({
  name: 'Cell',
  tableName: 'cells',
  schema: name,
  properties: { id: p.integer().primary(), word: p.string().length(20) },
});
const Inmate = defineEntity({
  name: 'Inmate',
  tableName: 'inmates',
  properties: { id: p.integer().primary(), cell: () => p.manyToOne(Cell) },
});
const models: MigrateSettings = { config: { entities: [Cell, Inmate] } };
const inside = '"off""side"."cells"';

let database: TestDatabase;
afterEach(() => database.drop());

const withNamespaces = databaseKinds.filter((kind) => kind === 'postgresql');

test.each(withNamespaces)('a namespace of the models that is not there is made on %s', async (kind) => {
  database = await createDatabase(kind, { name: 'namespaces' });
  const { plan } = await planDatabase(database, models);
  expect(plan.steps.map(({ operation }) => operation.kind)).toEqual(['createNamespace', 'createTable', 'createTable']);
  expect(plan.steps[1]?.needs).toEqual([plan.steps[0]?.id]);
  expect((await migrateDatabase(database, models)).report.status).toBe('done');
  expect((await migrateDatabase(database, models)).report.status).toBe('nothing');
  await database.run([`insert into ${inside} (word) values ('x')`]);
});

test.each(withNamespaces)('the log may have a namespace of its own on %s', async (kind) => {
  database = await createDatabase(kind, { name: 'namespaces' });
  const settings: MigrateSettings = { ...models, options: { log: { schema: name } } };
  expect((await migrateDatabase(database, settings)).report.status).toBe('done');
  expect((await migrateDatabase(database, settings)).report.status).toBe('nothing');
});

test.each(withNamespaces)('a namespace is taken back on %s, but never with what others put into it', async (kind) => {
  database = await createDatabase(kind, { name: 'namespaces' });
  await withSchemaBench(database, async (bench) => {
    const schema = {
      tables: { [inside]: { name: inside, columns: {}, indexes: [], foreignKeys: [], checks: [], triggers: [] } },
      views: {},
      enums: {},
    };
    const events = await bench.apply({ schema }, await bench.plan({ schema }));
    await database.run(['create table "off""side".theirs (a int)']);
    await expect(bench.undo(events)).rejects.toThrow(/cannot drop schema/u);
    await database.run(['drop table "off""side".theirs']);
    await bench.undo(events.slice(0, 1));
    expect(await database.query(`select 1 from pg_namespace where nspname = 'off"side'`)).toEqual([]);
  });
});

test.each(databaseKinds.filter((kind) => kind !== 'postgresql'))(
  'a model of another database is refused on %s before the first statement',
  async (kind) => {
    database = await createDatabase(kind, { name: 'namespaces' });
    const { plan } = await planDatabase(database, models);
    expect(plan.blocked.map(({ code }) => code)).toContain('NOT_SUPPORTED');
    expect(plan.blocked[0]?.message).toMatch(/take `schema` out of the model/u);
    await expect(migrateDatabase(database, models)).rejects.toMatchObject({
      code: 'PLAN_BLOCKED',
      state: 'nothing was changed',
    });
  },
);
