import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { proof } from '../support/proof.ts';
import { runCli, type CliRun } from '../support/run-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let project: string;

/** A copy of the reference application, so that its files can be edited; its lock file is written anew. */
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'mikrate-idle-'));
  for (const name of ['mikro-orm.config.ts', 'models', 'migrations', 'package.json']) {
    cpSync(join(root, name), join(project, name), { recursive: true });
  }
  // The migrations import `mikrate`, which is this package under its own name.
  for (const name of ['node_modules', 'dist']) symlinkSync(join(root, name), join(project, name));
  const locked = await runCli({ url: '' }, ['lock'], { cwd: project });
  expect(locked.exit, locked.stderr).toBe(0);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe.each(databaseKinds)('%s', (kind) => {
  test('a start with nothing to do ends on the idle path; whatever was changed by hand is seen and repaired', async () => {
    const database = await createDatabase(kind, { name: 'idle' });
    expect(isIdle(await run(database))).toBe(false);
    expect(isIdle(await run(database))).toBe(true);
    for (const [edit, expected] of edits(database)) {
      await database.run([edit]);
      const next = await run(database);
      expect(isIdle(next), edit).toBe(false);
      expect(next.stdout).toContain(expected);
      expect(isIdle(await run(database)), `after ${edit}`).toBe(true);
    }
    proof('drift: column dropped by hand is repaired', kind, 1);
    await database.drop();
  });

  test('rows that the application writes are no reason to look closer', async () => {
    const database = await createDatabase(kind, { name: 'busy' });
    await run(database);
    await database.run([`insert into monitors (name, notify_address) values ('a', 'b')`, `delete from monitors`]);
    expect(isIdle(await run(database))).toBe(true);
    await database.drop();
  });
});

test('an edited model, a new file beside it, or another value of a variable that the config reads takes the full path', async () => {
  const database = await createDatabase(databaseKinds[0] ?? 'sqlite', { name: 'edit' });
  await run(database);
  expect(isIdle(await run(database))).toBe(true);
  const model = join(project, 'models/monitor.ts');
  const text = readFileSync(model, 'utf8');
  writeFileSync(model, `${text}\n`);
  expect(isIdle(await run(database))).toBe(false);
  writeFileSync(model, text);
  expect(isIdle(await run(database))).toBe(true);
  writeFileSync(join(project, 'models/other.ts'), 'export {};\n');
  expect(isIdle(await run(database))).toBe(false);
  rmSync(join(project, 'models/other.ts'));
  expect(isIdle(await run(database, { PARTITION_INMATES: '0' }))).toBe(false);
  expect(isIdle(await run(database))).toBe(true);
  await database.drop();
});

function run(database: TestDatabase, env: Readonly<Record<string, string>> = {}): Promise<CliRun> {
  return runCli(database, ['--ci'], { cwd: project, env });
}

/** The full path names the server that it connected to. */
function isIdle({ exit, stdout, stderr }: CliRun): boolean {
  expect(exit, stdout + stderr).toBe(0);
  return !stdout.includes('🔌');
}

/** Changes by hand, and what the next run says about each. */
function edits({ kind }: TestDatabase): [edit: string, expected: string][] {
  const isMySql = kind === 'mysql' || kind === 'mariadb';
  const dropIndex = isMySql ? 'drop index inmates_name_index on inmates' : 'drop index inmates_name_index';
  const setDefault = kind === 'sqlite' ? undefined : `alter table monitors alter column notify_address set default 'x'`;
  return [
    ['alter table monitors drop column arrest_date', 'Added arrest_date successfully'],
    [dropIndex, 'Added inmates_name_index successfully'],
    ...(setDefault ? ([[setDefault, 'Set default of notify_address successfully']] as [string, string][]) : []),
    ['create table made_by_hand (id int)', 'Nothing to do'],
  ];
}
