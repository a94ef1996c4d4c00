import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, type MigrateSettings } from '../support/migrate.ts';
import { createProject } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';

const Item = defineEntity({
  name: 'Item',
  tableName: 'items',
  properties: {
    id: p.integer().primary().autoincrement(false),
    word: p.string().length(20),
    amount: p.integer(),
    since: p.date(),
  },
});

const extras = `-- migrate:up
create table extras (id integer primary key, word varchar(20));
create index extras_word on extras (word);
alter table extras add column note varchar(50);
insert into extras (id, word) values (1, 'one');
`;

let database: TestDatabase;
afterEach(() => database.drop());

function settings(forceSync: boolean): MigrateSettings {
  const files = { 'migrations/001_extras.sql': extras };
  return { config: { entities: [Item] }, root: createProject(files), flags: { forceSync } };
}

async function oldItems(kind: (typeof databaseKinds)[number]): Promise<void> {
  database = await createDatabase(kind, { name: 'force_sync' });
  await database.run([
    'create table items (id integer primary key, word varchar(20))',
    "insert into items (id, word) values (1, 'kept'), (2, null)",
  ]);
}

test.each(databaseKinds)('gives rows the zero of each type where nothing else is said on %s', async (kind) => {
  await oldItems(kind);
  await expect(migrateDatabase(database, settings(false))).rejects.toMatchObject({ code: 'PLAN_BLOCKED' });
  const { plan } = await planDatabase(database, settings(true));
  expect(plan.steps.map(({ summary }) => summary)).toContain('fill items.amount where it is NULL with 0');
  await migrateDatabase(database, settings(true));
  const rows = await database.query('select id, word, amount from items order by id');
  expect(rows.map(({ id, word, amount }) => [Number(id), word, Number(amount)])).toEqual([
    [1, 'kept', 0],
    [2, '', 0],
  ]);
  proof('force-sync: half-done database is repaired', kind);
});

test.each(databaseKinds)('goes on with a file that an older tool left half-done on %s', async (kind) => {
  await oldItems(kind);
  await database.run(['create table extras (id integer primary key, word varchar(20))']);
  await expect(migrateDatabase(database, settings(false))).rejects.toMatchObject({ code: 'PLAN_BLOCKED' });
  const { report } = await migrateDatabase(database, settings(true));
  expect(report.status).toBe('done');
  expect(await database.query('select word, note from extras')).toEqual([{ word: 'one', note: null }]);
  expect((await migrateDatabase(database, settings(true))).report).toMatchObject({ status: 'nothing', applied: 0 });
  proof('force-sync: half-done database is repaired', kind);
});

test.each(databaseKinds)(
  'makes again what a file that is done has made and is gone, and drops nothing on %s',
  async (kind) => {
    await oldItems(kind);
    await migrateDatabase(database, settings(true));
    await database.run(['drop table extras', 'create table theirs (id integer primary key)']);
    expect((await migrateDatabase(database, settings(false))).report.status).toBe('nothing');
    const { report } = await migrateDatabase(database, settings(true));
    expect(report).toMatchObject({ status: 'done', applied: 3 });
    expect(await database.query('select id, word, note from extras')).toEqual([]);
    expect(await database.query('select id from theirs')).toEqual([]);
    const events = await readEvents(database);
    expect(events.filter(({ source }) => source === 'repair').length).toBeGreaterThan(0);
    expect((await migrateDatabase(database, settings(true))).report).toMatchObject({ status: 'nothing', applied: 0 });
    proof('force-sync: half-done database is repaired', kind);
  },
);
