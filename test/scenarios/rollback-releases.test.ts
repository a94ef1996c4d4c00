import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProject, oneTable, type Project } from '../cli/support/project.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { proof } from '../support/proof.ts';
import { jsonOf } from '../support/run-cli.ts';

/** A checkout of the project: its models and the lock file that was committed with them. */
interface Checkout {
  readonly columns: string;
  readonly lock: string;
}

const a = 'a: p.string().length(20)';
const b = `${a}, b: p.string().length(20).nullable()`;
const c = `${b}, c: p.string().length(20).nullable()`;

describe.each(databaseKinds)('releases and a rollback on %s', (kind) => {
  let database: TestDatabase;
  let project: Project;
  let first: Checkout;
  let second: Checkout;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'back' });
    project = createProject(oneTable(a));
    first = await lock(a, undefined);
    second = await lock(b, first.lock);
    await expectRun(first, 0);
    await expectRun(second, 0);
  });
  afterEach(() => database.drop());

  test('without --yes the plan is printed, nothing is changed, and the exit code is 2', async () => {
    const before = await events();
    const shown = await project.migrate(database, ['rollback', '--steps', '1']);
    expect(shown.exit, shown.stderr).toBe(2);
    expect(shown.stdout).toMatch(/📋 Rollback [0-9a-f]{12} of .*1 change\n.*add column item\.b.*restores everything/u);
    expect(shown.stderr).toContain('Nothing was changed');
    const dry = await project.migrate(database, ['rollback', '--steps', '1', '--dry-run', '--yes', '--json']);
    expect(dry.exit, dry.stderr).toBe(0);
    expect(JSON.parse(dry.stdout)).toMatchObject({ format: 1, withdrawn: [idOf(second)], release: idOf(first) });
    expect(await events()).toBe(before);
    for (const args of [[], ['--to', '1', '--steps', '1'], ['--to', 'x'], ['--steps', '0'], ['--run', '']])
      expect((await project.migrate(database, ['rollback', ...args])).exit).toBe(64);
    proof('rollback: withdrawn, restored and newer releases', kind);
  });

  test('rolled-back work is not done again until --redo, by no way of starting', async () => {
    const back = await project.migrate(database, ['rollback', '--ci', '--steps', '1', '--yes']);
    expect(back.exit, back.stdout + back.stderr).toBe(0);
    expect(back.stdout).toContain('Rollback SUCCEEDED');
    const before = await events();
    for (let start = 0; start < 2; start += 1) {
      const { stdout } = await expectRun(second, 0);
      expect(stdout).toContain('are ahead of the database');
      expect(stdout).toContain('⏸️  Nothing changed: what was rolled back stays so until --redo');
      expect(stdout).not.toContain('Nothing to do');
    }
    const facts = jsonOf(await expectRun(second, 0, ['--json']));
    expect(facts.at(-1)).toMatchObject({ kind: 'result', status: 'ahead', applied: 0 });
    const plan = await project.migrate(database, ['plan', '--exit-code']);
    expect(plan).toMatchObject({ exit: 0, stderr: expect.stringContaining('are ahead of the database') });
    expect((await project.migrate(database, [])).exit).toBe(0);
    const status = JSON.parse((await project.migrate(database, ['status', '--json'])).stdout);
    expect(status).toMatchObject({
      release: { standing: 'ahead' },
      pending: [],
      ahead: [expect.stringContaining('item.b')],
    });
    expect(await events()).toBe(before);
    await expect(database.query('select b from item')).rejects.toThrow();

    await expectRun(second, 0, ['--redo']);
    expect(await database.query('select b from item')).toEqual([]);
    expect((await expectRun(second, 0)).stdout).toContain('Nothing to do');
    proof('rollback: withdrawn, restored and newer releases', kind);
  });

  test('the release that was restored and a newer one run as ever', async () => {
    await project.migrate(database, ['rollback', '--steps', '1', '--yes']);
    const { stdout } = await expectRun(first, 0);
    expect(stdout).not.toContain('ahead');
    expect((await expectRun(first, 0)).stdout).toContain('Nothing to do');
    expect((await expectRun(second, 0)).stdout).toContain('are ahead of the database');
    proof('rollback: withdrawn, restored and newer releases', kind);

    await expectRun(await lock(c, second.lock), 0);
    expect(await database.query('select b, c from item')).toEqual([]);
    expect((await expectRun(second, 0)).stdout).toContain('the database is newer than this release');
    proof('rollback: withdrawn, restored and newer releases', kind);
  });

  test('where everything is taken back, no release is left', async () => {
    const back = await project.migrate(database, ['rollback', '--to', '0', '--yes', '--json']);
    expect(back.exit, back.stderr).toBe(0);
    expect(jsonOf(back).at(-1)).toMatchObject({ kind: 'result', takenBack: 2, plan: { release: null } });
    for (const checkout of [first, second])
      expect((await expectRun(checkout, 0)).stdout).toContain('are ahead of the database');
    await expectRun(first, 0, ['--redo']);
    expect((await expectRun(second, 0)).stdout).toContain('are ahead of the database');
    await expectRun(second, 0, ['--redo']);
    expect(await database.query('select b from item')).toEqual([]);
  });

  test('without a lock file too', async () => {
    const fresh = await createDatabase(kind, { name: 'unlocked' });
    const unlocked = createProject(oneTable(a));
    const run = (args: readonly string[]) => unlocked.migrate(fresh, args);
    await run(['--ci']);
    unlocked.writeModels(oneTable(b));
    await run(['--ci']);
    await run(['rollback', '--steps', '1', '--yes']);
    expect((await run(['--ci'])).stdout).toContain('are ahead of the database');
    unlocked.writeModels(oneTable(a));
    expect((await run(['--ci'])).stdout).toContain('SUCCEEDED');
    unlocked.writeModels(oneTable(b));
    expect((await run(['--ci'])).stdout).toContain('are ahead of the database');
    expect((await run(['--ci', '--redo'])).exit).toBe(0);
    expect(await fresh.query('select b from item')).toEqual([]);
    await fresh.drop();
  });

  /** Writes a checkout's files and locks its models, as `migrate lock` and a commit do. */
  async function lock(columns: string, parent: string | undefined): Promise<Checkout> {
    write({ columns, lock: parent });
    const { exit, stderr } = await project.migrate(database, ['lock']);
    expect(exit, stderr).toBe(0);
    return { columns, lock: readFileSync(lockFile(), 'utf8') };
  }

  async function expectRun(checkout: Checkout, exit: number, args: readonly string[] = []) {
    write(checkout);
    const run = await project.migrate(database, ['--ci', ...args]);
    expect(run.exit, run.stdout + run.stderr).toBe(exit);
    return run;
  }

  function write(checkout: { readonly columns: string; readonly lock: string | undefined }): void {
    project.writeModels(oneTable(checkout.columns));
    rmSync(lockFile(), { force: true });
    mkdirSync(join(project.folder, 'migrations'), { recursive: true });
    if (checkout.lock !== undefined) writeFileSync(lockFile(), checkout.lock);
  }

  function lockFile(): string {
    return join(project.folder, 'migrations/schema.lock.json');
  }

  async function events(): Promise<string> {
    return (await project.migrate(database, ['history', '--json'])).stdout;
  }
});

function idOf({ lock }: Checkout): string {
  return (JSON.parse(lock) as { id: string }).id;
}
