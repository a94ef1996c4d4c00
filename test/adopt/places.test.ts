import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { rollBackDatabase } from '../support/migrate.ts';
import { createProject } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { adoptDatabase, readLog } from './support/adopt-database.ts';
import { settingsIn } from './support/project-files.ts';

let database: TestDatabase;
afterEach(() => database.drop());

test.each(databaseKinds)(
  'a history in a table of another name is found on %s, with what is beside it',
  async (kind) => {
    database = await createDatabase(kind, { name: 'adopt' });
    await database.run([
      'create table our_history (id integer not null primary key, name varchar(255), batch integer)',
      `insert into our_history values (1, '20240101_a.js', 1)`,
      'create table our_history_lock (is_locked integer)',
      'insert into our_history_lock values (1)',
    ]);
    await expect(adoptDatabase(database, { from: 'knex' })).rejects.toMatchObject({ code: 'FOREIGN_HISTORY_UNKNOWN' });
    const asked = { from: 'knex', place: { table: 'our_history' } };
    await expect(adoptDatabase(database, asked)).rejects.toMatchObject({ code: 'FOREIGN_HISTORY_UNFINISHED' });
    await database.run(['update our_history_lock set is_locked = 0']);
    expect((await adoptDatabase(database, asked)).report).toMatchObject({
      status: 'done',
      imported: [{ tool: 'knex' }],
    });
    expect((await readLog(database)).imported).toMatchObject([{ provenance: { table: 'our_history' } }]);
    await expect(adoptDatabase(database, { ...asked, from: 'auto' })).rejects.toMatchObject({ code: 'USAGE' });
    // What another tool did was there before the log's first version.
    const everything = { selection: { kind: 'to', version: 0 } } as const;
    await expect(rollBackDatabase(database, everything)).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
    proof('adopt: history in another place', kind);
  },
);

test.each(databaseKinds)('a history in a named schema is found there on %s, or the option is refused', async (kind) => {
  database = await createDatabase(kind, { name: 'adopt' });
  const asked = { from: 'knex', place: { table: 'knex_migrations', schema: 'old_tool' } };
  if (kind !== 'postgresql') {
    await expect(adoptDatabase(database, asked)).rejects.toMatchObject({ code: 'USAGE', exitCode: 64 });
    return proof('adopt: history in another place', kind);
  }
  const made = (where: string, name: string): string[] => [
    `create table ${where}knex_migrations (id integer not null primary key, name varchar(255), batch integer)`,
    `insert into ${where}knex_migrations values (1, '${name}', 1)`,
  ];
  await database.run(['create schema old_tool', ...made('', 'not_this.js'), ...made('old_tool.', 'this.js')]);
  expect((await adoptDatabase(database, asked)).report.imported).toMatchObject([{ name: 'this.js' }]);
  const inDefault = { from: 'knex', place: { schema: 'public' } };
  expect((await adoptDatabase(database, inDefault)).report.imported).toMatchObject([{ name: 'not_this.js' }]);
  proof('adopt: history in another place', kind);
});

test('a file of Atlas is told apart from what was applied when it, or one before it, was changed', async () => {
  database = await createDatabase('sqlite', { name: 'adopt' });
  const source = resolve(import.meta.dirname, '../foreign-tools/atlas/migrations');
  const names = ['20240105090000_create_inmates.sql', '20240212143000_add_release_date.sql'];
  const root = createProject({});
  mkdirSync(join(root, 'migrations'));
  for (const name of names) writeFileSync(join(root, 'migrations', name), readFileSync(join(source, name)));
  writeFileSync(join(root, 'migrations', names[1] ?? ''), '-- Changed.\n', { flag: 'a' });
  await database.run([
    `create table atlas_schema_revisions (version text, description text, applied integer, total integer,
      executed_at datetime, hash text)`,
    `insert into atlas_schema_revisions values
      ('20240105090000', 'create_inmates', 1, 1, '2024-03-01 08:00:00', 'uB0yjVd5aVxg4te/312E130taqipVxJg8FlR1PRQmZ4='),
      ('20240212143000', 'add_release_date', 1, 1, '2024-03-01 08:00:00', 'hzReMBS7rITEezoJYUPp7V4a5NJsVIXWrFsz5mpQLho=')`,
  ]);
  const settings = settingsIn({ root, globs: ['migrations/*.sql'] });
  const { report } = await adoptDatabase(database, { from: 'atlas', settings });
  expect(report.imported.map(({ verified }) => verified)).toEqual([true, false]);
});
