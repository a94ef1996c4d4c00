import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, oneTable, type Project } from '../cli/support/project.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { proof } from '../support/proof.ts';

/** A checkout of the project: its models and the lock file that was committed with them. */
interface Checkout {
  readonly columns: string;
  readonly lock?: string;
}

const base = 'a: p.string().length(20)';

describe.each(databaseKinds)('releases on %s', (kind) => {
  let database: TestDatabase;
  let project: Project;
  let production: Project;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'release' });
    project = createProject(oneTable(base));
    production = createProject(oneTable(base), "{ environment: 'production' }");
  });
  afterEach(() => database.drop());

  it('an older release changes nothing, and exits with 0, or with 4 where asked', async () => {
    const first = await lock({ columns: base });
    const second = await lock({ columns: `${base}, b: p.string().length(20).nullable()`, ...withLock(first) });
    await expectRun(second, 0);
    const before = await events();
    const { stdout } = await expectRun(first, 0);
    expect(stdout).toContain('changes nothing');
    expect(stdout).toContain('⏸️  Nothing changed: the database is newer than this release');
    expect(await events()).toBe(before);
    expect(await database.query('select b from item')).toEqual([]);
    proof('release: older, diverged and development releases', kind);

    const { stderr } = await expectRun(first, 4, ['--fail-if-newer']);
    expect(stderr).toContain('DATABASE_NEWER');
    expect(await events()).toBe(before);
    await expectRun(second, 0, ['--fail-if-newer']);
    proof('release: older, diverged and development releases', kind);
  });

  it('two releases of one parent diverge: the later one exits with 5, their merge goes on', async () => {
    const first = await lock({ columns: base });
    const left = await lock({ columns: `${base}, b: p.string().length(20).nullable()`, ...withLock(first) });
    const right = await lock({ columns: `${base}, c: p.string().length(20).nullable()`, ...withLock(first) });
    await expectRun(left, 0);
    const before = await events();
    expect((await expectRun(right, 5)).stderr).toContain('DIVERGED');
    expect(await events()).toBe(before);
    proof('release: older, diverged and development releases', kind);

    const conflict = `<<<<<<< HEAD\n${left.lock}=======\n${right.lock}>>>>>>> right\n`;
    const merged = await lock({
      columns: `${base}, b: p.string().length(20).nullable(), c: p.string().length(20).nullable()`,
      lock: conflict,
    });
    await expectRun(merged, 0);
    expect(await database.query('select b, c from item')).toEqual([]);
    expect((await expectRun(left, 0)).stdout).toContain('changes nothing');
    expect((await expectRun(right, 0)).stdout).toContain('changes nothing');
  });

  it('models that were changed after the lock may run in development, again and again, and then be locked', async () => {
    const first = await lock({ columns: base });
    await expectRun(first, 0);
    await expectRun({ ...first, columns: `${base}, d: p.string().length(20).nullable()` }, 0);
    const columns = `${base}, d: p.string().length(20).nullable(), e: p.string().length(20).nullable()`;
    await expectRun({ ...first, columns }, 0);
    expect(await database.query('select d, e from item')).toEqual([]);
    await expectRun(await lock({ columns, ...withLock(first) }), 0);
    expect((await expectRun(first, 0)).stdout).toContain('changes nothing');
    proof('release: older, diverged and development releases', kind);
  });

  it('unlocked models are refused in production, with what to do', async () => {
    const first = await lock({ columns: base });
    await expectRun(first, 0, [], production);
    const before = await events();
    const { stderr } = await expectRun(
      { ...first, columns: `${base}, d: p.string().length(20).nullable()` },
      3,
      [],
      production,
    );
    expect(stderr).toMatch(/RELEASE_UNLOCKED.*migrate lock/su);
    expect(await events()).toBe(before);
    proof('release: older, diverged and development releases', kind);
  });

  it('without a lock file what the log has seen before is older, unless --redo', async () => {
    const added = `${base}, b: p.string().length(20).nullable()`;
    await expectRun({ columns: base }, 0);
    await expectRun({ columns: added }, 0);
    const before = await events();
    expect((await expectRun({ columns: base }, 0)).stdout).toContain('changes nothing');
    expect(await events()).toBe(before);
    expect((await expectRun({ columns: base }, 0, ['--redo'])).stdout).not.toContain('changes nothing');
    await expectRun(await lock({ columns: added }), 0);
  });

  /** Writes a checkout's files and locks its models, as `migrate lock` and a commit do. */
  async function lock(checkout: Checkout): Promise<Checkout> {
    write(project, checkout);
    const { exit, stderr } = await project.migrate(database, ['lock']);
    expect(exit, stderr).toBe(0);
    return { columns: checkout.columns, lock: readFileSync(lockFileOf(project), 'utf8') };
  }

  async function expectRun(checkout: Checkout, exit: number, args: readonly string[] = [], where = project) {
    write(where, checkout);
    const run = await where.migrate(database, ['--ci', ...args]);
    expect(run.exit, run.stdout + run.stderr).toBe(exit);
    return run;
  }

  async function events(): Promise<string> {
    return (await project.migrate(database, ['history', '--json'])).stdout;
  }
});

const withLock = ({ lock }: Checkout): { lock?: string } => (lock === undefined ? {} : { lock });
const lockFileOf = ({ folder }: Project): string => join(folder, 'migrations/schema.lock.json');

function write(project: Project, { columns, lock }: Checkout): void {
  project.writeModels(oneTable(columns));
  const file = lockFileOf(project);
  rmSync(file, { force: true });
  mkdirSync(join(project.folder, 'migrations'), { recursive: true });
  if (lock !== undefined) writeFileSync(file, lock);
}
