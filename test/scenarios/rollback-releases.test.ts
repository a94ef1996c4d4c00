import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LockFile } from '../../src/config/lock-file.ts';
import type { RollbackRequest } from '../../src/history/rollback-request.ts';
import type { RunReport } from '../../src/pipeline.ts';
import { fingerprint } from '../../src/schema/fingerprint.ts';
import { createProject, oneTable } from '../cli/support/project.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, rollBackDatabase, type MigrateSettings } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { jsonOf } from '../support/run-cli.ts';

const word = p.string().length(20).nullable();
const models = [itemWith({}), itemWith({ b: word }), itemWith({ b: word, c: word })];
const unlocked: readonly MigrateSettings[] = models.map((config) => ({ config, lockFile: null }));

describe.each(databaseKinds)('releases and a rollback on %s', (kind) => {
  let database: TestDatabase;
  let first: MigrateSettings;
  let second: MigrateSettings;
  let third: MigrateSettings;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'back' });
    [first, second, third] = (await locked()) as [MigrateSettings, MigrateSettings, MigrateSettings];
  });
  afterEach(() => database.drop());

  test('rolled-back work is not done again until --redo', async () => {
    await runBoth();
    await takeBack({ kind: 'steps', count: 1 });
    const before = (await readEvents(database)).length;
    expect(await statusOf(second)).toBe('ahead');
    expect(await statusOf(second)).toBe('ahead');
    expect((await planDatabase(database, second)).standing).toMatchObject({ kind: 'ahead', head: 'r1' });
    expect((await readEvents(database)).length).toBe(before);
    await expect(database.query('select b from item')).rejects.toThrow();
    expect(await statusOf(second, { redo: true })).toBe('done');
    expect(await database.query('select b from item')).toEqual([]);
    expect(await statusOf(second)).toBe('nothing');
    proof('rollback: withdrawn, restored and newer releases', kind);
  });

  test('the release that was restored and a newer one run as ever', async () => {
    await runBoth();
    await takeBack({ kind: 'steps', count: 1 });
    expect(await statusOf(first)).toBe('done');
    expect(await statusOf(first)).toBe('nothing');
    expect(await statusOf(second)).toBe('ahead');
    proof('rollback: withdrawn, restored and newer releases', kind);
    expect(await statusOf(third)).toBe('done');
    expect(await database.query('select b, c from item')).toEqual([]);
    expect(await statusOf(second)).toBe('older');
    proof('rollback: withdrawn, restored and newer releases', kind);
  });

  test('where everything is taken back, no release is left', async () => {
    await runBoth();
    const { plan } = await takeBack({ kind: 'to', version: 0 });
    expect(plan).toMatchObject({ release: null, withdrawn: ['r1', 'r2'] });
    expect(await statusOf(first)).toBe('ahead');
    expect(await statusOf(second)).toBe('ahead');
    expect(await statusOf(first, { redo: true })).toBe('done');
    expect(await statusOf(second)).toBe('ahead');
    expect(await statusOf(second, { redo: true })).toBe('done');
    expect(await database.query('select b from item')).toEqual([]);
  });

  test('the same holds without a lock file', async () => {
    [first, second] = unlocked as [MigrateSettings, MigrateSettings];
    await runBoth();
    await takeBack({ kind: 'steps', count: 1 });
    expect(await statusOf(second)).toBe('ahead');
    expect(await statusOf(first)).toBe('done');
    expect(await statusOf(second)).toBe('ahead');
    expect(await statusOf(second, { redo: true })).toBe('done');
    expect(await database.query('select b from item')).toEqual([]);
  });

  test('the command line says so, and asks before it does anything', { timeout: 240_000 }, async () => {
    const project = createProject(oneTable('b: p.string().length(20).nullable()'));
    [first, second] = unlocked as [MigrateSettings, MigrateSettings];
    await runBoth();
    const before = (await readEvents(database)).length;
    const shown = await project.migrate(database, ['rollback', '--steps', '1']);
    expect(shown.exit, shown.stderr).toBe(2);
    expect(shown.stdout).toMatch(
      /📋 Rollback [0-9a-f]{12} of .*1 change\n[^]*add column item\.b.*restores everything/u,
    );
    expect(shown.stderr).toContain('Nothing was changed');
    const dry = await project.migrate(database, ['rollback', '--steps', '1', '--dry-run', '--yes', '--json']);
    expect(dry.exit, dry.stderr).toBe(0);
    expect(JSON.parse(dry.stdout)).toMatchObject({ format: 1, changes: [{ restores: 'everything' }] });
    expect((await readEvents(database)).length).toBe(before);
    expect((await project.migrate(database, ['rollback', '--to', '1', '--steps', '1'])).exit).toBe(64);

    const back = await project.migrate(database, ['rollback', '--ci', '--steps', '1', '--yes', '--json']);
    expect(back.exit, back.stderr).toBe(0);
    expect(jsonOf(back).at(-1)).toMatchObject({ kind: 'result', status: 'rolledBack', takenBack: 1 });
    const start = await project.migrate(database, ['--ci']);
    expect(start).toMatchObject({ exit: 0, stdout: expect.stringContaining('are ahead of the database') });
    expect(start.stdout).toContain('⏸️  Nothing changed: what was rolled back stays so until --redo');
    const plan = await project.migrate(database, ['plan', '--exit-code']);
    expect(plan).toMatchObject({ exit: 0, stderr: expect.stringContaining('are ahead of the database') });
    const status = JSON.parse((await project.migrate(database, ['status', '--json'])).stdout);
    expect(status).toMatchObject({
      release: { standing: 'ahead' },
      pending: [],
      ahead: ['add column item.b string(20)'],
    });
    proof('rollback: withdrawn, restored and newer releases', kind);
  });

  /** The three releases, each the child of the one before, as `migrate lock` would name them. */
  async function locked(): Promise<MigrateSettings[]> {
    const settings: MigrateSettings[] = [];
    for (const [at, config] of models.entries()) {
      const { desired } = await planDatabase(database, { config });
      const ancestors = models.slice(0, at).map((_, index) => `r${index + 1}`);
      const fingerprints = { [kind]: fingerprint(desired.rest) };
      const lockFile: LockFile = {
        id: `r${at + 1}`,
        parents: ancestors.slice(-1),
        ancestors,
        fingerprints,
        nonce: 'n',
      };
      settings.push({ config, lockFile });
    }
    return settings;
  }

  async function runBoth(): Promise<void> {
    expect(await statusOf(first)).toBe('done');
    expect(await statusOf(second)).toBe('done');
  }

  async function statusOf(settings: MigrateSettings, flags = {}): Promise<RunReport['status']> {
    return (await migrateDatabase(database, { ...settings, flags })).report.status;
  }

  async function takeBack(selection: RollbackRequest) {
    return (await rollBackDatabase(database, { selection }, first)).report;
  }
});

function itemWith(columns: Record<string, typeof word>): NonNullable<MigrateSettings['config']> {
  const id = p.integer().primary();
  return { entities: [defineEntity({ name: 'Item', tableName: 'item', properties: { id, ...columns } })] };
}
