import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDamage } from '../../src/history/chain.ts';
import { readPayload } from '../../src/history/state.ts';
import type { RunReport } from '../../src/pipeline.ts';
import { repair } from '../../src/stages/repair.ts';
import { startCli } from '../support/run-cli.ts';
import { createProject } from '../cli/support/project.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, withTestJob, type MigrateSettings } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';

const properties = 'id: p.integer().primary().autoincrement(false), word: p.string().length(20)';
const models = `const entities = [defineEntity({ name: 'Item', tableName: 'items', properties: { ${properties} } })];`;
const Item = defineEntity({
  name: 'Item',
  tableName: 'items',
  properties: { id: p.integer().primary().autoincrement(false), word: p.string().length(20) },
});

/** Ways to write by the EntityManager, each in a statement or transaction of its own. */
const writes = {
  flush: `em.persist(em.create('Item', { id: 1, word: 'a' })); await em.flush();`,
  'em.execute': `await em.execute("insert into items (id, word) values (1, 'a')");`,
  'em.getKysely': `await em.getKysely().insertInto('items').values({ id: 1, word: 'a' }).execute();`,
  'em.getKysely with a plugin': `await em.getKysely({ tableNamingStrategy: 'entity' }).insertInto('Item').values({ id: 1, word: 'a' }).execute();`,
};

/** Code that is no transaction; `end` is between what it writes and its end. */
const codeOf = (write: string, end: string, rest = ''): string => `
export const data = true;
export const transaction = false;
${rest}
export async function up({ em, execute }) {
  await execute("insert into items (id, word) values (7, 'by execute')");
  ${write}
  ${end}
}
`;
const fails = `if (globalThis.failsBehind) throw new Error('fails behind it');`;
const killed = `if (process.env.KILLED) process.kill(process.pid, 'SIGKILL');`;

describe.each(databaseKinds)('what code writes through the EntityManager outside a transaction on %s', (kind) => {
  let database: TestDatabase;
  let given: MigrateSettings;
  let project: ReturnType<typeof createProject>;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'em_kill' });
    project = createProject(models);
    given = { config: { entities: [Item] }, root: project.folder };
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    Object.assign(globalThis, { failsBehind: true });
  });
  afterEach(() => database.drop());

  test.each(Object.entries(writes))('by %s is in doubt where the code fails behind it', async (_, write) => {
    addFile(codeOf(write, fails));
    await expect(migrateDatabase(database, given)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      state: expect.stringContaining('the next run asks what became of it'),
    });
    await expectInDoubt();
    await say('applied');
    await expectDone(['a', 'by execute']);
    proof('sequence: EntityManager in doubt', kind);
  });

  test('runs again where a person says that it took no effect; what was journalled by itself does not', async () => {
    addFile(codeOf(writes.flush, fails));
    await expect(migrateDatabase(database, given)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    await database.run([`delete from items where id = 1`]);
    Object.assign(globalThis, { failsBehind: false });
    await say('not applied');
    await expectDone(['a', 'by execute']);
    proof('sequence: EntityManager in doubt', kind);
  });

  test('is not in doubt where the database refused it', async () => {
    await database.run([`insert into items (id, word) values (1, 'in the way')`]);
    addFile(codeOf(writes.flush, ''));
    await expect(migrateDatabase(database, given)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    await database.run([`delete from items where id = 1`]);
    await expectDone(['a', 'by execute']);
    proof('sequence: EntityManager in doubt', kind);
  });

  test('is in doubt after a kill, and is not written again', { timeout: 100_000 }, async () => {
    await kill(codeOf(writes.flush, killed));
    await expectInDoubt();
    await say('applied');
    await expectDone(['a', 'by execute']);
    proof('sequence: EntityManager in doubt', kind);
  });

  test('is settled after a kill by what its author says must hold', { timeout: 100_000 }, async () => {
    const after = `export const after = { kind: 'expectRows', sql: 'select id from items where id = 1' };`;
    await kill(codeOf(writes.flush, killed, after));
    await expectDone(['a', 'by execute']);
    proof('sequence: EntityManager in doubt', kind);
  });

  function addFile(text: string): void {
    mkdirSync(join(project.folder, 'migrations'), { recursive: true });
    writeFileSync(join(project.folder, 'migrations/001_items.js'), text);
  }

  async function kill(text: string): Promise<void> {
    addFile(text);
    // In a process of its own, for it does not outlive the command.
    const { exit, stdout } = await startCli(database, ['--ci'], { cwd: project.folder, env: { KILLED: '1' } }).ended;
    expect(exit, stdout).toBe(128 + 9);
    expect(await words()).toEqual(['a', 'by execute']);
  }

  async function expectInDoubt(): Promise<void> {
    await expect(migrateDatabase(database, given)).rejects.toMatchObject({
      code: 'STATEMENT_IN_DOUBT',
      exitCode: 3,
      message: expect.stringContaining('from its first write through the EntityManager on'),
    });
    expect(await words()).toEqual(['a', 'by execute']);
  }

  async function say(inDoubt: 'applied' | 'not applied'): Promise<void> {
    const { repaired } = await withTestJob(database, given, [], (job) => repair(job, { inDoubt }));
    expect(repaired).toHaveLength(1);
  }

  async function expectDone(wanted: readonly string[]): Promise<void> {
    expect(await statusOf()).toBe('done');
    expect(await words()).toEqual(wanted);
    const rows = await readEvents(database);
    expect(findDamage(rows)).toBeUndefined();
    const ended = rows.map(readPayload).filter(({ migration, file }) => migration === '001_items' && file);
    expect(ended).toHaveLength(1);
    expect(await statusOf()).toBe('nothing');
    expect(await words()).toEqual(wanted);
  }

  async function statusOf(): Promise<RunReport['status']> {
    return (await migrateDatabase(database, given)).report.status;
  }

  async function words(): Promise<readonly unknown[]> {
    return (await database.query('select word from items order by word')).map(({ word }) => word);
  }
});
