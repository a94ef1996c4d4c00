import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { findDamage } from '../../src/history/chain.ts';
import { repair } from '../../src/stages/repair.ts';
import type { RollbackPlan } from '../../src/plan/rollback-plan.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, rollBackDatabase, withTestJob, type MigrateSettings } from '../support/migrate.ts';
import { compareOracles, readOracle, type OracleDocument } from '../support/oracle/index.ts';
import { createProject } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { atFailpoint } from './errors/support/at-failpoint.ts';
import { itemsWith, oldItems, payloadsOf } from './support/items.ts';
import { crash } from './support/three-statements.ts';

const path = 'migrations/001_words.js';
const up = `
export async function up({ execute }) {
  await execute('create table extras (id integer not null)');
  await execute("update items set word = 'new'");
}`;
const down = `
export async function down({ execute }) {
  await execute("update items set word = 'old'");
  await execute('drop table extras');
}`;
const rowsUp = `export async function up({ execute }) { await execute('update items set word = ?', ['new']); }`;
const rowsDown = `export async function down({ execute }) { await execute('update items set word = ?', ['old']); }`;
const migrations = fileURLToPath(import.meta.resolve('@mikro-orm/migrations'));

describe.each(databaseKinds)('a way back that is code on %s', (kind) => {
  let database: TestDatabase;
  let before: OracleDocument;
  let isWhole: boolean;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'code_back' });
    await database.run([...oldItems('word'), `update items set word = 'old'`]);
    before = await readOracle(database);
    isWhole = (await loadDialect(kind)).traits.transactionalDdl;
  });
  afterEach(() => database.drop());

  test('runs with leave where its file is as it was, rows and schema, and the log says what it did', async () => {
    const given = await migrated(up + down);
    await database.run(['insert into extras (id) values (1), (2)']);
    const plan = await planBack(given);
    expect(plan).toMatchObject({ blocked: [], changes: [{ restores: 'structure', runsCode: { path }, steps: [] }] });
    expect(plan.changes[0]?.because).toContain(`by the code of ${path}, which is as the log has it`);
    expect(plan.changes[0]?.losses).toEqual([{ kind: 'rows', table: 'extras', count: 2 }]);
    await expect(takeBack(given)).rejects.toMatchObject({
      code: 'APPROVAL_NEEDED',
      message: expect.stringContaining(`is taken back by the code of ${path}`),
    });
    expect(await words()).toEqual(['new']);
    expect(await takeBack(given, plan.hash)).toEqual([]);
    await expectBack();
    const taken = (await payloadsOf(database)).filter(({ source, derived }) => source === 'rollback' && derived);
    expect(taken).toMatchObject([{ derived: [{ kind: 'dropTable' }] }]);
    expect((await migrateDatabase(database, { ...given, flags: { redo: true } })).report.status).toBe('done');
    expect(await words()).toEqual(['new']);
    proof('rollback: code of a migration file', kind);
  });

  test('runs for a file that only changed rows', async () => {
    const given = await migrated(`${rowsUp}\n${rowsDown}`);
    const plan = await planBack(given);
    expect(plan).toMatchObject({ blocked: [], changes: [{ restores: 'structure', losses: [], runsCode: { path } }] });
    expect(await takeBack(given, plan.hash)).toEqual([]);
    await expectBack();
    proof('rollback: code of a migration file', kind);
  });

  test('runs for a class of MikroORM that asks while it runs', async () => {
    const given = await migrated(
      `import { Migration } from '${migrations}';
      export class Words extends Migration {
        async up() { if ((await this.execute('select id from items')).length === 1) this.addSql("update items set word = 'new'"); }
        async down() { if ((await this.execute('select id from items')).length === 1) this.addSql("update items set word = 'old'"); }
      }`,
    );
    await takeBack(given, (await planBack(given)).hash);
    await expectBack();
    proof('rollback: code of a migration file', kind);
  });

  test('runs where only comments of the file differ, and where a person accepted the file as it is now', async () => {
    const given = await migrated(up + down);
    const touched = projectOf(`// A comment.\n${up}${down}`);
    expect((await planBack(touched)).changes).toMatchObject([{ runsCode: { path } }]);
    const mended = projectOf(up + down.replace(`'old'`, `'mended'`));
    expect((await planBack(mended)).changes[0]).not.toHaveProperty('runsCode');
    await withTestJob(database, mended, [], (job) => repair(job, {}));
    expect((await planBack(given)).changes[0]).not.toHaveProperty('runsCode');
    await takeBack(mended, (await planBack(mended)).hash);
    expect(await words()).toEqual(['mended']);
    proof('rollback: code of a migration file', kind);
  });

  test('gives way to the log alone where the file is gone or another, which the plan says', async () => {
    await migrated(up + down);
    const reasons = [
      [projectOf(), `by the log alone, for ${path} is not there`],
      [projectOf(up + down.replace('old', 'other')), `by the log alone, for ${path} is another than the log has`],
    ] as const;
    for (const [given, because] of reasons) {
      const { changes, blocked } = await planBack(given);
      expect(blocked).toEqual([]);
      expect(changes).toMatchObject([{ because: expect.stringContaining(because), steps: [{}] }]);
      expect(changes[0]).not.toHaveProperty('runsCode');
    }
    await takeBack(projectOf());
    expect(await words()).toEqual(['new']);
    expect(compareOracles(before, await readOracle(database))).toEqual([]);
    proof('rollback: code of a migration file', kind);
  });

  test('is impossible without its file where only rows were changed', async () => {
    await migrated(`${rowsUp}\n${rowsDown}`);
    expect((await planBack(projectOf())).blocked).toMatchObject([
      {
        code: 'ROLLBACK_IMPOSSIBLE',
        message: expect.stringContaining(`its way back is code in ${path}, and ${path} is not there`),
      },
    ]);
    proof('rollback: code of a migration file', kind);
  });

  test('that leaves another schema than before is told', async () => {
    const given = await migrated(
      up + down.replace('drop table extras', 'alter table extras add column left_over integer'),
    );
    const notices = await takeBack(given, (await planBack(given)).hash);
    expect(notices).toMatchObject([{ text: expect.stringMatching(/differs from version .*extras/u) }]);
    proof('rollback: code of a migration file', kind);
  });

  test('that fails can be mended: what it did before is not done again', async () => {
    const failing = `
      export async function down({ execute }) {
        await execute('create table trace (id integer not null)');
        if (globalThis.wayBackFails) throw new Error('not now');
        await execute("update items set word = 'old'");
        await execute('drop table extras');
        await execute('drop table trace');
      }`;
    const given = await migrated(up + failing);
    Object.assign(globalThis, { wayBackFails: true });
    const { hash } = await planBack(given);
    await expect(takeBack(given, hash)).rejects.toMatchObject({ code: 'MIGRATION_FAILED', exitCode: 1 });
    expect(await words()).toEqual(['new']);
    if (!isWhole)
      expect((await planBack(projectOf())).blocked).toMatchObject([
        { message: expect.stringContaining('the code of its way back has run in part') },
      ]);
    Object.assign(globalThis, { wayBackFails: false });
    await takeBack(given, (await planBack(given)).hash);
    await expectBack();
    proof('rollback: code of a migration file', kind);
  });

  test.each(['before-ddl', 'after-ddl'] as const)('goes on after a crash %s of its last statement', async (place) => {
    const given = await migrated(up + down);
    const { hash } = await planBack(given);
    const [at, hit] = isWhole ? (['before-commit', 1] as const) : ([place, 2] as const);
    await expect(atFailpoint(at, hit, crash, () => takeBack(given, hash))).rejects.toThrow('killed here');
    if (!isWhole && place === 'after-ddl') {
      await expect(takeBack(given, hash)).rejects.toMatchObject({ code: 'STATEMENT_IN_DOUBT', exitCode: 3 });
      await withTestJob(database, given, [], (job) => repair(job, { inDoubt: 'applied' }));
    } else if (!isWhole) {
      // It is settled first, which makes it another plan.
      await expect(takeBack(given, hash)).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' });
    }
    await takeBack(given, (await planBack(given)).hash);
    await expectBack();
    proof('rollback: code of a migration file', kind);
  });

  function projectOf(text?: string): MigrateSettings {
    return {
      config: { entities: [itemsWith('word')] },
      root: createProject(text === undefined ? {} : { [path]: text }),
    };
  }

  async function migrated(text: string): Promise<MigrateSettings> {
    const given = projectOf(text);
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect(await words()).toEqual(['new']);
    return given;
  }

  async function selection() {
    const first = (await payloadsOf(database)).find(({ migration }) => migration === '001_words');
    return { kind: 'to', version: (first?.version ?? 0) - 1 } as const;
  }

  async function planBack(given: MigrateSettings): Promise<RollbackPlan> {
    return (await rollBackDatabase(database, { selection: await selection(), yes: false }, given)).report.plan;
  }

  /** What was told besides. */
  async function takeBack(given: MigrateSettings, approve?: string) {
    const ask = { selection: await selection(), ...(approve !== undefined && { approve }) };
    const { facts } = await rollBackDatabase(database, ask, given);
    return facts.filter((fact) => fact.kind === 'noticed');
  }

  async function expectBack(): Promise<void> {
    expect(compareOracles(before, await readOracle(database))).toEqual([]);
    expect(await words()).toEqual(['old']);
    expect(findDamage(await readEvents(database))).toBeUndefined();
    await expect(takeBack(projectOf())).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
  }

  async function words(): Promise<readonly unknown[]> {
    return (await database.query('select word from items')).map(({ word }) => word);
  }
});
