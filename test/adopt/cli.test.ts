import { afterEach, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { jsonOf, runCli } from '../support/run-cli.ts';
import { importedText } from '../../src/report/imported-text.ts';
import { foreignTools } from '../../src/sequence/adopt/index.ts';

let database: TestDatabase;
afterEach(() => database?.drop());

test.each(databaseKinds)('the command tells what it adopts on %s, in lines and as JSON', async (kind) => {
  database = await createDatabase(kind, { name: 'adopt' });
  await database.run([
    'create table knex_migrations (id integer not null primary key, name varchar(255), batch integer)',
    `insert into knex_migrations values (1, '20240101_a.js', 1)`,
  ]);
  const untold = await runCli(database, ['plan']);
  expect(untold.stderr.match(/knex_migrations is the history of knex.*`migrate adopt --from knex`/gu)).toHaveLength(1);
  const dry = await runCli(database, ['adopt', '--from', 'auto', '--dry-run']);
  expect(dry).toMatchObject({ exit: 0, stderr: '' });
  expect(dry.stdout).toContain(
    '  📥 Would import 20240101_a.js of knex: no file is here, only the log will know it\n📋 Migrations to import: 1; in the log already: 0\n',
  );
  const first = await runCli(database, ['adopt', '--from', 'auto']);
  expect(first).toMatchObject({ exit: 0, stderr: '' });
  expect(first.stdout).toContain(
    '📸 Baseline: what matches the models is ours (0 tables)\n  ⚠️  Imported 20240101_a.js of knex: no file is here, only the log will know it\n📊 Migrations imported: 1\n',
  );
  expect(first.stdout).toMatch(/🎉 Adoption SUCCEEDED!\n$/u);
  const second = await runCli(database, ['adopt', '--from', 'knex', '--json']);
  expect(second.exit).toBe(0);
  expect(jsonOf(second).at(-1)).toMatchObject({
    kind: 'result',
    status: 'nothing',
    known: 1,
    imported: [],
    head: { version: 2 },
  });
});

test('once taken over, the history of another tool is not told of any more', async () => {
  database = await createDatabase('sqlite', { name: 'adopt' });
  await database.run([
    'create table knex_migrations (id integer not null primary key, name varchar(255), batch integer)',
    `insert into knex_migrations values (1, '20240101_a.js', 1)`,
  ]);
  await runCli(database, ['adopt', '--from', 'knex']);
  expect((await runCli(database, ['plan'])).stderr).not.toContain('migrate adopt');
});

test.each([
  [{ path: 'migrations/a.js' }, 'a of knex (migrations/a.js), checksum not verified'],
  [{ path: 'migrations/a.js', verified: true }, 'a of knex (migrations/a.js), checksum verified'],
  [{ path: 'migrations/a.js', verified: false }, 'a of knex (migrations/a.js); the file is not what was applied'],
  [{}, 'a of knex: no file is here'],
])('a line of %o says whose it is and what is known of its file', (known, text) => {
  expect(importedText({ tool: 'knex', name: 'a', ...known })).toContain(text);
});

test('the command refuses a part and a tool that it does not know, and names the tools in its help', async () => {
  database = await createDatabase('sqlite', { name: 'adopt' });
  expect((await runCli(database, ['adopt', '--own', 'half'])).exit).toBe(64);
  const unknown = await runCli(database, ['adopt', '--from', 'knxe']);
  expect(unknown.exit).toBe(64);
  expect(unknown.stderr).toContain('FOREIGN_HISTORY_UNKNOWN: no tool is called "knxe" (did you mean knex?)');
  const help = (await runCli(database, ['adopt', '--help'])).stdout.replaceAll(/\s+/gu, ' ');
  for (const { name } of foreignTools) expect(help).toContain(name);
});
