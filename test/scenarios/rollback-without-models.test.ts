import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { migrateDatabase } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readOracle } from '../support/oracle/index.ts';
import { jsonOf, runCli } from '../support/run-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.each(databaseKinds)(
  'what a newer release did is taken back on %s where its models and migrations are gone',
  { timeout: 120_000 },
  async (kind) => {
    const database = await createDatabase(kind, { name: 'gone' });
    await migrateDatabase(database);
    expect(Object.keys((await readOracle(database)).objects).length).toBeGreaterThan(8);
    const folder = mkdtempSync(join(tmpdir(), 'mikrate-gone-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const name of ['mikro-orm.config.ts', 'package.json']) cpSync(join(root, name), join(folder, name));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const asked = await runCli(database, ['rollback', '--to', '0', '--json'], { cwd: folder });
    const { hash } = jsonOf(asked).at(-1) as { hash: string };
    const leave = ['--yes', '--approve', hash, '--json'];
    const back = await runCli(database, ['rollback', '--to', '0', ...leave], { cwd: folder });
    expect(back.exit, back.stdout + back.stderr).toBe(0);
    expect(back.stdout).toContain('by the database URL and the log alone');
    expect(jsonOf(back).at(-1)).toMatchObject({ kind: 'result', status: 'rolledBack', takenBack: 10 });
    expect(Object.keys((await readOracle(database)).objects).filter((name) => name.startsWith('table'))).toEqual([]);
    proof('rollback: without models and migrations', kind);
    await database.drop();
  },
);
