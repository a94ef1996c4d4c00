import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { proof } from '../support/proof.ts';
import { addFiles } from '../support/project.ts';
import { jsonOf, runKilled } from '../support/run-cli.ts';
import { createProject, type Project } from './support/project.ts';

const models = `
const id = p.integer().primary().autoincrement(false).unsigned(false);
const Item = defineEntity({ name: 'Item', tableName: 'items', properties: { id, a: p.string().length(20).nullable() } });
const entities = [Item];`;
const file = 'migrations/001_made.sql';
const text = `
create table made (id integer not null);
insert into made (id) values (7);
alter table items add column a varchar(20);
`;

describe.each(databaseKinds)('migration files on the command line, %s', (kind) => {
  let database: TestDatabase;
  let project: Project;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'cli_files' });
    await database.run(['create table items (id integer not null primary key)', 'insert into items (id) values (1)']);
    project = createProject(models);
    addFiles(project.folder, { [file]: text });
  });
  afterEach(() => database.drop());

  test('every command tells of pending files, and none but migrate runs them', async () => {
    const plan = await migrate('plan', '--exit-code');
    expect(plan).toMatchObject({ exit: 2, stdout: expect.stringContaining(file) });
    expect((await migrate('plan', '--sql')).stdout).toContain('insert into made (id) values (7);');
    const [json] = [JSON.parse((await migrate('plan', '--json')).stdout) as { files: unknown[] }];
    expect(json.files).toMatchObject([{ path: file, provisional: true, statements: { length: 3 } }]);
    const status = await migrate('status', '--exit-code');
    expect(status).toMatchObject({ exit: 2, stdout: expect.stringMatching(/new files +1\n.*001_made/u) });
    // The models' own query fails until the file has run; that it makes what they miss is not known before.
    expect(await migrate('verify')).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('The next plan has 2 changes'),
    });
    expect((await migrate('--ci', '--dry-run')).stdout).toContain(file);
    await expect(database.query('select id from made')).rejects.toThrow();

    const run = await migrate('--ci');
    expect(run, run.stdout + run.stderr).toMatchObject({ exit: 0, stdout: expect.stringContaining(file) });
    expect(await database.query('select id from made')).toHaveLength(1);
    expect((await migrate('plan', '--exit-code')).exit).toBe(0);
    expect((await migrate('verify')).exit).toBe(0);

    const events = jsonOf(await migrate('history', '--json'))[0] as unknown as { version: number; file?: object }[];
    const version = events.find((event) => event.file)?.version ?? 0;
    const shown = (await migrate('history', 'show', String(version))).stdout;
    expect(shown).toMatch(/did add column items\.a/u);
    expect(shown).toContain(`completes the file ${file} (sql-sections)`);

    rmSync(join(project.folder, file));
    for (const command of ['plan', 'status']) {
      const missing = await migrate(command, '--exit-code');
      expect(missing).toMatchObject({ exit: 3, stdout: expect.stringContaining('001_made') });
    }
    expect((await migrate('--ci')).exit).toBe(3);
    expect((await migrate('repair')).stdout).toContain('001_made may be missing');
    expect((await migrate('--ci')).exit).toBe(0);
    proof('sequence: command line', kind);
  });

  test('a process that is killed between two statements is gone on from', async () => {
    const killed = await runKilled(database, { place: 'before-ddl', hit: 3 }, project.folder);
    expect(killed.exit, killed.stdout + killed.stderr).toBe(128 + 9);
    const next = await migrate('--ci');
    expect(next.exit, next.stdout + next.stderr).toBe(0);
    expect(await database.query('select id from made')).toHaveLength(1);
    expect(await database.query('select a from items')).toHaveLength(1);
    proof('sequence: command line', kind);
  });

  function migrate(...args: readonly string[]) {
    return project.migrate(database, args);
  }
});
