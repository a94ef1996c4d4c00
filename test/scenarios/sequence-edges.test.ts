import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { repair } from '../../src/stages/repair.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import {
  migrateDatabase,
  planDatabase,
  rollBackDatabase,
  withTestJob,
  type MigrateSettings,
} from '../support/migrate.ts';
import { compareOracles, readOracle } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { atFailpoint } from './errors/support/at-failpoint.ts';
import { itemsWith, oldItems, payloadsOf, projectOf, typedFile } from './support/items.ts';
import { crash } from './support/three-statements.ts';

const key = (table: string): string =>
  `{ name: 'item_of', columns: ['id'], references: { table: '${table}', columns: ['id'] }, onDelete: 'no action', onUpdate: 'no action' }`;
const child = (target: string): string =>
  `{ kind: 'createTable', table: { ...table('children'), foreignKeys: [${key(target)}] } }`;
const parent = `{ kind: 'createTable', table: table('parents') }`;

describe.each(databaseKinds)('at the edges of files on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'edges' });
    await database.run(oldItems());
  });
  afterEach(() => database.drop());

  test('a file that is no migration, though in their folder, is told', async () => {
    const given = projectOf({ 'migrations/001_columns.js': 'export const columns = [];' });
    const { facts } = await migrateDatabase(database, given);
    expect(facts.filter((fact) => fact.kind === 'noticed')).toMatchObject([
      { level: 'warning', text: expect.stringContaining('migrations/001_columns.js') },
    ]);
    proof('sequence: edges', kind);
  });

  test('a new table with a foreign key to what is not there is blocked before anything runs', async () => {
    const given = projectOf({ 'migrations/001_child.ts': typedFile([child('parents')]) });
    expect((await planDatabase(database, given)).plan.blocked).toMatchObject([
      { message: expect.stringContaining('create table children: parents does not exist') },
    ]);
    await expect(migrateDatabase(database, given)).rejects.toMatchObject({ code: 'PLAN_BLOCKED' });
    expect(await payloadsOf(database)).toEqual([]);
    const inOrder = projectOf({ 'migrations/001_child.ts': typedFile([parent, child('parents')]) });
    expect((await planDatabase(database, inOrder)).plan.blocked).toEqual([]);
    const { foreignKeysNeedTarget } = (await loadDialect(kind)).traits;
    const turned = projectOf({ 'migrations/001_child.ts': typedFile([child('parents'), parent]) });
    expect((await planDatabase(database, turned)).plan.blocked).toHaveLength(foreignKeysNeedTarget ? 1 : 0);
    if (!foreignKeysNeedTarget) expect((await migrateDatabase(database, turned)).report.status).toBe('done');
    proof('sequence: edges', kind);
  });

  test('--steps after a rollback that was interrupted says what finishes it', async () => {
    const given: MigrateSettings = { config: { entities: [itemsWith()] } };
    const target = (await migrateDatabase(database, given)).report.head?.version ?? 0;
    const before = await readOracle(database);
    await migrateDatabase(database, { config: { entities: [itemsWith('a', 'b', 'c')] } });
    const steps = { selection: { kind: 'steps', count: 3 } } as const;
    await expect(atFailpoint('before-ddl', 2, crash, () => rollBackDatabase(database, steps, given))).rejects.toThrow(
      'killed here',
    );
    const again = await rollBackDatabase(database, steps, given).catch((error: unknown) => error);
    expect(again).toMatchObject({ code: 'ROLLBACK_IMPOSSIBLE' });
    const [, finish = ''] = /choose --to (\d+) to take back/u.exec(String(again)) ?? [];
    expect(Number(finish)).toBeGreaterThanOrEqual(target);
    await rollBackDatabase(database, { selection: { kind: 'to', version: Number(finish) } }, given);
    expect(compareOracles(before, await readOracle(database))).toEqual([]);
    await expect(rollBackDatabase(database, steps, given)).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
    proof('sequence: edges', kind);
  });

  test('--steps whose last one was done when it was interrupted takes back no other', async () => {
    const given: MigrateSettings = { config: { entities: [itemsWith()] } };
    await migrateDatabase(database, given);
    await migrateDatabase(database, { config: { entities: [itemsWith('a', 'b')] } });
    const one = { selection: { kind: 'steps', count: 1 } } as const;
    const crashed = atFailpoint('after-ddl', 1, crash, () => rollBackDatabase(database, one, given));
    await expect(crashed).rejects.toThrow('killed here');
    // Where DDL is transactional nothing of it was done, and it is counted as before.
    const { report } = await rollBackDatabase(database, one, given);
    const isWhole = (await loadDialect(kind)).traits.transactionalDdl;
    expect(report).toMatchObject({ status: 'rolledBack', takenBack: isWhole ? 1 : 0 });
    const { plan } = (await rollBackDatabase(database, { selection: { kind: 'to', version: 0 }, yes: false }, given))
      .report;
    expect(plan.changes.map(({ summary }) => summary)).toEqual(['add column items.a string(20)']);
    proof('sequence: edges', kind);
  });

  test('what a statement did that was settled after a crash is known, and can be taken back', async () => {
    const text = 'create table made (id integer not null);\nalter table items add column a varchar(20);\n';
    const given = projectOf({ 'migrations/001_made.sql': text }, 'a');
    const before = await readOracle(database);
    await expect(atFailpoint('after-ddl', 1, crash, () => migrateDatabase(database, given))).rejects.toThrow();
    if (!(await loadDialect(kind)).traits.transactionalDdl)
      await withTestJob(database, given, [], (job) => repair(job, { inDoubt: 'applied' }));
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    const events = (await payloadsOf(database)).filter(({ migration }) => migration === '001_made');
    const done = events.filter(({ event }) => event === 'applied' || event === 'settled');
    expect(done.flatMap(({ derived = [] }) => derived.map((operation) => operation.kind))).toEqual([
      'createTable',
      'addColumn',
    ]);
    const selection = { kind: 'to', version: (events[0]?.version ?? 0) - 1 } as const;
    const { plan } = (await rollBackDatabase(database, { selection, yes: false }, given)).report;
    await rollBackDatabase(database, { selection, approve: plan.hash }, given);
    expect(compareOracles(before, await readOracle(database))).toEqual([]);
    proof('sequence: edges', kind);
  });
});
