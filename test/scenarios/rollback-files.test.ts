import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clockFrom } from '../../src/apply/clock.ts';
import { openJournal } from '../../src/apply/journal.ts';
import type { FileRecord } from '../../src/history/event.ts';
import { readPayload } from '../../src/history/state.ts';
import type { Operation } from '../../src/operations/index.ts';
import { withRun } from '../../src/stages/open-run.ts';
import { inspectApplication } from '../../src/stages/read-state.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import {
  migrateDatabase,
  planDatabase,
  rollBackDatabase,
  withTestJob,
  type MigrateSettings,
} from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';

const none: MigrateSettings = { config: { entities: [], discovery: { warnWhenNoEntities: false } } };
const name = '0001_made.sql';
const file: FileRecord = {
  path: `migrations/${name}`,
  format: 'sql',
  checksum: '1:a:b',
  text: 'create table made (id int)',
};

describe.each(databaseKinds)('SQL of a migration file on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'file' });
    await migrateDatabase(database, none);
  });
  afterEach(() => database.drop());

  test('is taken back by the SQL that its author wrote, with leave, statement by statement', async () => {
    await runFile({ ...file, down: [`insert into made (id) values (7)`, 'drop table made'] });
    expect((await planDatabase(database, none)).log.migrations.has(name)).toBe(true);
    const { plan } = (await takeBack({ yes: false })).report;
    expect(plan.changes).toMatchObject([{ restores: 'structure', runsStoredSql: true, steps: [{ part: true }, {}] }]);
    await expect(takeBack({})).rejects.toMatchObject({
      code: 'APPROVAL_NEEDED',
      message: expect.stringContaining('drop table made'),
    });
    await takeBack({ approve: plan.hash });
    await expect(database.query('select 1 from made')).rejects.toThrow();
    expect((await planDatabase(database, none)).log.migrations.has(name)).toBe(false);
    proof('rollback: SQL of a migration file', kind);
  });

  test('says how many rows go with the SQL that its author wrote, or that its words do not say', async () => {
    await runFile({ ...file, down: ['insert into made (id) values (7)', 'drop table if exists made;'] });
    await database.run(['insert into made (id) values (1), (2)']);
    const { changes } = (await takeBack({ yes: false })).report.plan;
    expect(changes).toMatchObject([{ losses: [{ kind: 'rows', table: 'made', count: 2 }] }]);
    expect(changes[0]).not.toHaveProperty('removesUnknown');
    await expect(takeBack({})).rejects.toMatchObject({ message: expect.stringContaining('2 rows of made are lost') });
  });

  test('says that it is not known what its SQL removes', async () => {
    await runFile({ ...file, down: ['delete from made'] });
    const { changes } = (await takeBack({ yes: false })).report.plan;
    expect(changes).toMatchObject([{ removesUnknown: true }]);
    await expect(takeBack({})).rejects.toMatchObject({
      message: expect.stringContaining(`what the SQL for the way back of "migration ${name}" removes is not known`),
    });
  });

  test('goes on behind the statements that ran before one failed', async () => {
    await runFile({ ...file, down: ['create table before_it (id int)', 'drop table made_by_nobody'] });
    const { plan } = (await takeBack({ yes: false })).report;
    await expect(takeBack({ approve: plan.hash })).rejects.toMatchObject({ code: 'OPERATION_FAILED' });
    await database.run(['create table made_by_nobody (id int)']);
    const rest = (await takeBack({ yes: false })).report.plan;
    expect(rest.changes[0]?.steps.map(({ sql }) => sql)).toEqual([['drop table made_by_nobody']]);
    await takeBack({ approve: rest.hash });
    expect(await database.query('select id from before_it')).toEqual([]);
    expect((await planDatabase(database, none)).log.migrations.has(name)).toBe(false);
    proof('rollback: SQL of a migration file', kind);
  });

  test('without such SQL is taken back by what it was seen to do', async () => {
    await runFile(file);
    await database.run(['insert into made (id) values (1), (2)']);
    const { plan } = (await takeBack({ yes: false })).report;
    expect(plan.changes).toMatchObject([{ losses: [{ kind: 'rows', table: 'made', count: 2 }] }]);
    await takeBack({ approve: plan.hash });
    await expect(database.query('select 1 from made')).rejects.toThrow();
    const taken = (await readEvents(database)).map(readPayload).filter(({ event }) => event === 'rolled_back');
    expect(taken).toMatchObject([{ operation: { kind: 'dropTable' }, source: 'rollback' }]);
    proof('rollback: SQL of a migration file', kind);
  });

  function takeBack(request: { readonly yes?: boolean; readonly approve?: string }) {
    return rollBackDatabase(database, { selection: { kind: 'steps', count: 1 }, ...request }, none);
  }

  /** As a run of files would leave it: the table, and the event that completes the file. */
  async function runFile(record: FileRecord): Promise<void> {
    await database.run(['create table made (id int)']);
    await withTestJob(database, none, [], (job) =>
      withRun(job, async (run) => {
        const { made } = (await inspectApplication(run)).tables;
        if (!made) throw new Error('the table is not there');
        const operation: Operation = { kind: 'rawSql', summary: record.text, up: record.text, declared: 'additive' };
        const identity = { ...run.identity, run: randomUUID() };
        const clock = clockFrom(await run.events.now());
        await openJournal(run.events, identity, clock, await run.events.readHead()).append({
          migration: name,
          step: 1,
          source: 'legacy',
          event: 'applied',
          operation,
          object: record.text,
          summary: record.text,
          sql: [{ text: record.text, ms: 1 }],
          derived: [{ kind: 'createTable', table: made }],
          file: record,
          finishedAt: clock.now(),
        });
      }),
    );
  }
});
