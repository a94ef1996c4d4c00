import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, type MigrateSettings } from '../support/migrate.ts';
import { createProject } from '../support/project.ts';

const Item = defineEntity({
  name: 'Item',
  tableName: 'items',
  properties: { id: p.integer().primary(), word: p.string().length(20), note: p.string().length(50).nullable() },
});

let database: TestDatabase;
afterEach(() => database.drop());

function settings(files: Readonly<Record<string, string>>): MigrateSettings {
  return { config: { entities: [Item] }, root: createProject(files) };
}

const typed = `
import { defineMigration } from '${import.meta.dirname}/../../src/sequence/define-migration.ts';
export default defineMigration({
  description: 'items have a note',
  operations: [
    { kind: 'addColumn', table: 'items', column: { name: 'note', type: { type: 'string', length: 50 }, nullable: true } },
  ],
});
`;

const module = `
export async function up({ execute }) {
  await execute('create table extras (id integer primary key, word varchar(20))');
  await execute('insert into extras (id, word) values (?, ?)', [1, 'one']);
}
`;

test.each(databaseKinds)('runs typed files and code once, in order, before the models on %s', async (kind) => {
  database = await createDatabase(kind, { name: 'sequence' });
  await database.run(['create table items (id integer primary key, word varchar(20) not null)']);
  const given = settings({ 'migrations/002_note.ts': typed, 'migrations/001_extras.js': module });
  const { plan } = await planDatabase(database, given);
  expect(plan.files?.map(({ name, provisional }) => [name, provisional])).toEqual([
    ['001_extras', true],
    ['002_note', undefined],
  ]);
  const { report } = await migrateDatabase(database, given);
  expect(report.status).toBe('done');
  expect(await database.query('select word from extras')).toEqual([{ word: 'one' }]);
  expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'nothing', applied: 0 });
});

test.each(databaseKinds)('builds an empty database from the models and skips its files on %s', async (kind) => {
  database = await createDatabase(kind, { name: 'sequence' });
  const given = settings({ 'migrations/002_note.ts': typed, 'migrations/001_extras.js': module });
  const { report, facts } = await migrateDatabase(database, given);
  expect(report.status).toBe('done');
  expect(facts.filter(({ kind: fact }) => fact === 'fileSkipped')).toHaveLength(2);
  expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'nothing', applied: 0 });
});
