import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import type { Fact } from '../../src/events/facts.ts';
import { findDamage } from '../../src/history/chain.ts';
import { migrate, type Job } from '../../src/pipeline.ts';
import { rollback } from '../../src/stages/rollback/rollback.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { readEvents } from '../support/read-events.ts';
import { migrateDatabase, withTestJob, type MigrateSettings } from '../support/migrate.ts';
import { addWord, oldItems, payloadsOf, projectOf, typedFile } from './support/items.ts';
import { alter, create, file, insert, script } from './support/three-statements.ts';

const none = '-- migrate:up transaction:false\n';
const code = 'migrations/001_code.js';

describe.each(databaseKinds)('a stop on %s', (kind) => {
  let database: TestDatabase;
  let isWhole: boolean;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'stop' });
    await database.run(oldItems());
    isWhole = (await loadDialect(kind)).traits.transactionalDdl;
  });
  afterEach(() => database.drop());

  test('comes between two statements of a file without a transaction, and the next run does the others', async () => {
    const given = projectOf({ [file]: none + script(create, insert, alter) }, 'a');
    await expectStopped(given, 'insert', {
      state: `0 of 1 migration files applied, and 2 of the 3 changes of ${file}; nothing half-done`,
    });
    expect([await database.query('select id from made'), await isThere('items', 'a')]).toHaveLength(2);
    expect(await isThere('items', 'a')).toBe(false);
    await expectDone(given);
    const sent = (await payloadsOf(database)).filter(({ event }) => event === 'applied').map(({ summary }) => summary);
    expect(sent).toEqual([create, insert, alter]);
  });

  test('within a transaction takes back what ran of the file', async () => {
    const given = projectOf({ [file]: script(create, insert, alter) }, 'a');
    const within = `0 of 1 migration files applied, and 2 of the 3 changes of ${file}; nothing half-done`;
    const whole = `0 of 1 migration files applied; nothing of ${file} is applied: its transaction was rolled back`;
    await expectStopped(given, 'insert', { state: isWhole ? whole : within });
    expect(await isThere('made', 'id')).toBe(!isWhole);
    await expectDone(given);
    expect(await database.query('select id from made')).toHaveLength(1);
  });

  test('comes between two operations of a typed file, also of one that others share a transaction with', async () => {
    const other = { 'migrations/000_other.ts': typedFile([addWord('c')]) };
    for (const files of [{}, other]) {
      await database.drop();
      database = await createDatabase(kind, { name: 'stop' });
      await database.run([...oldItems(), `insert into items (id) values (2)`]);
      const fill = `{ kind: 'backfill', table: 'items', column: 'a', set: { value: 'x' } }`;
      const text = typedFile([addWord('a'), fill, addWord('b')]);
      const given = projectOf({ ...files, 'migrations/001_typed.ts': text }, 'a', 'b', 'c');
      await expectStopped(given, 'fill', {
        state: expect.stringContaining('2 of the 3 changes of migrations/001_typed'),
      });
      expect([await isThere('items', 'a'), await isThere('items', 'b')]).toEqual([true, false]);
      await expectDone(given);
    }
  });

  test('comes between two batches of a backfill, whose rows stay filled', async () => {
    const digits = `(select 0 as d ${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `union all select ${n} `).join('')})`;
    const many = [10, 100, 1000].map((factor, at) => `${factor} * x${at}.d`).join(' + ');
    const from = [0, 1, 2, 3].map((at) => `${digits} x${at}`).join(', ');
    await database.run([`insert into items (id) select 2 + x3.d + ${many} from ${from}`]);
    const fill = `{ kind: 'backfill', table: 'items', column: 'a', set: { value: 'x' } }`;
    const given = projectOf({ 'migrations/001_typed.ts': typedFile([addWord('a'), fill, addWord('b')]) }, 'a', 'b');
    await expectStopped(given, ({ kind: what }) => what === 'progressed', {
      state: expect.stringMatching(/^1 of 3 changes applied; the rows that .* has filled so far stay filled/u),
    });
    expect(await database.query('select id from items where a is not null')).toHaveLength(5000);
    await expectDone(given);
    expect(await database.query('select id from items where a is null')).toEqual([]);
  });

  test.each([
    ['', false],
    ['export const transaction = false;', true],
  ])('comes between two statements of code, whatever the code makes of it: %s', async (head, isOpen) => {
    const text = `${head}
      export async function up({ execute }) {
        for (const text of ${JSON.stringify([create, insert, alter])}) {
          await execute(text).catch(() => {});
          globalThis.askToStop?.(text);
        }
      }`;
    const given = projectOf({ [code]: text }, 'a');
    const stop = new AbortController();
    Object.assign(globalThis, { askToStop: (sql: string) => sql === create && stop.abort('SIGINT') });
    const error = await stopped(given, stop, () => false);
    Object.assign(globalThis, { askToStop: undefined });
    expect(error).toMatchObject({ code: 'INTERRUPTED', message: 'stopped by SIGINT' });
    const keeps = isOpen || !isWhole;
    expect(await isThere('made', 'id')).toBe(keeps);
    if (keeps) expect(await database.query('select id from made')).toEqual([]);
    await expectDone(given);
    expect(await database.query('select id from made')).toHaveLength(1);
  });

  test('comes between two steps of a rollback, and the next one takes back the rest', async () => {
    const given = projectOf({ 'migrations/001_typed.ts': typedFile([addWord('a'), addWord('b')]) }, 'a', 'b');
    await migrateDatabase(database, given);
    const back = async (job: Job) => {
      const selection = { kind: 'to' as const, version: 2 };
      const { plan } = await rollback({ ...job, emit: () => {} }, { selection, yes: false });
      return rollback(job, { selection, yes: true, approve: plan.hash });
    };
    expect(await stopped(given, new AbortController(), applied(''), back)).toMatchObject({
      code: 'INTERRUPTED',
      state: '1 of 2 changes applied; nothing half-done',
    });
    expect([await isThere('items', 'a'), await isThere('items', 'b')]).toEqual([true, false]);
    await withTestJob(database, given, [], back);
    expect(await isThere('items', 'a')).toBe(false);
  });

  test('during the last operation comes too late, which is said', async () => {
    const given = projectOf({ [file]: none + script(create, alter) }, 'a');
    const stop = new AbortController();
    const facts: Fact[] = [];
    const { status } = await running(given, stop, applied('alter'), migrate, facts);
    expect(status).toBe('done');
    const said = { kind: 'noticed', level: 'info', text: 'SIGINT came too late to stop anything: all of it is done' };
    expect(facts).toContainEqual(said);
  });

  const applied = (text: string) => (fact: Fact) => fact.kind === 'operationApplied' && fact.summary.startsWith(text);

  /** Asks to stop when the operation is done, and expects that nothing comes after it and nothing is told as failed. */
  async function expectStopped(
    given: MigrateSettings,
    when: string | ((fact: Fact) => boolean),
    expected: object,
  ): Promise<void> {
    const facts: Fact[] = [];
    const moment = typeof when === 'string' ? applied(when) : when;
    const error = await stopped(given, new AbortController(), moment, migrate, facts);
    expect(error).toMatchObject({ code: 'INTERRUPTED', message: 'stopped by SIGINT', ...expected });
    const behind = facts.slice(facts.findIndex(moment) + 1).map(({ kind: what }) => what);
    expect(behind).not.toContain('operationStarted');
    expect(behind).not.toContain('operationFailed');
  }

  const stopped = (
    given: MigrateSettings,
    stop: AbortController,
    when: (fact: Fact) => boolean,
    work: (job: Job) => Promise<unknown> = migrate,
    facts: Fact[] = [],
  ): Promise<unknown> =>
    running(given, stop, when, work, facts).then(
      (report) => expect.fail(`it went on: ${JSON.stringify(report)}`),
      (error: unknown) => error,
    );

  function running<Report>(
    given: MigrateSettings,
    stop: AbortController,
    when: (fact: Fact) => boolean,
    work: (job: Job) => Promise<Report>,
    facts: Fact[],
  ): Promise<Report> {
    return withTestJob(database, { ...given, signal: stop.signal }, facts, (job) =>
      work({
        ...job,
        emit: (fact) => {
          job.emit(fact);
          if (when(fact)) stop.abort('SIGINT');
        },
      }),
    );
  }

  async function expectDone(given: MigrateSettings): Promise<void> {
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    expect(findDamage(await readEvents(database))).toBeUndefined();
  }

  const isThere = (table: string, column: string): Promise<boolean> =>
    database.query(`select ${column} from ${table}`).then(
      () => true,
      () => false,
    );
});
