import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import type { Failpoint } from '../../src/events/failpoint.ts';
import { findDamage } from '../../src/history/chain.ts';
import { repair } from '../../src/stages/repair.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { watchDdl, type DdlLog } from '../support/ddl-log.ts';
import { migrateDatabase, rollBackDatabase, withTestJob, type MigrateSettings } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { atFailpoint } from './errors/support/at-failpoint.ts';
import { addWord, oldItems, payloadsOf, projectOf, typedFile } from './support/items.ts';
import { alter, crash, create, file, insert, script } from './support/three-statements.ts';

describe.each(databaseKinds)('statements of a file on %s', (kind) => {
  let database: TestDatabase;
  let log: DdlLog;
  let isWhole: boolean;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'journal' });
    await database.run(oldItems());
    isWhole = (await loadDialect(kind)).traits.transactionalDdl;
    log = await watchDdl(database);
  });
  afterEach(() => database.drop());

  const crashes: readonly [Failpoint, number][] = [
    ['before-ddl', 1],
    ['before-ddl', 2],
    ['before-ddl', 3],
    ['after-ddl', 1],
    ['after-ddl', 2],
    ['after-ddl', 3],
    ['before-commit', 1],
  ];

  test.each(crashes)('a run that ends %s %i: each statement is done once', async (place, hit) => {
    const given = projectOf({ [file]: script(create, insert, alter) }, 'a');
    await crashAt(place, hit, given);
    if (isWhole) expect(await isThere('made')).toBe(false);
    // Only of DDL that commits by itself nobody knows afterwards whether it took effect.
    if (!isWhole && place === 'after-ddl' && hit !== 2) await expectInDoubt(given, 'applied');
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    await expectDoneOnce(given);
    proof('sequence: crash between statements', kind);
  });

  test.each<[Failpoint]>([['before-ddl'], ['after-ddl']])(
    'a condition that holds afterwards settles what a crash left %s',
    async (place) => {
      const condition = '-- migrate:after expect-no-rows select a from items where id = 99';
      const given = projectOf({ [file]: `${script(create, insert)}${condition}\n${alter};\n` }, 'a');
      // Before it the query fails: the column is not there.
      await crashAt(place, 3, given);
      expect((await migrateDatabase(database, given)).report.status).toBe('done');
      await expectDoneOnce(given);
      proof('sequence: statement in doubt', kind);
    },
  );

  test('what a person says of a statement in doubt is done', async () => {
    // The server does not look at the body before it is called.
    if (!isWhole) await database.run([`create procedure fill() ${insert}`]);
    const given = projectOf({ [file]: script(create, oddStatement(), alter) }, 'a');
    await crashAt('before-ddl', 2, given);
    if (!isWhole) await expectInDoubt(given, 'not applied');
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    await expectDoneOnce(given);
    proof('sequence: statement in doubt', kind);
  });

  test.each<[Failpoint]>([['before-ddl'], ['after-ddl']])(
    'a way back that ends %s its first statement goes on, each statement once',
    async (place) => {
      const down = script('drop table made', 'alter table items drop column a');
      const given = projectOf({ [file]: `-- migrate:up\n${script(create, alter)}-- migrate:down\n${down}` }, 'a');
      await migrateDatabase(database, given);
      await expect(atFailpoint(place, 1, crash, () => takeBack(given))).rejects.toThrow('killed here');
      if (!isWhole && place === 'after-ddl') await expectInDoubt(given, 'applied', takeBack);
      // The leave was for what is left: what was settled meanwhile makes it another plan.
      else if (!isWhole) await expect(takeBack(given)).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' });
      await takeBack(given);
      expect(await isThere('made')).toBe(false);
      await expect(takeBack(given)).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
      await migrateDatabase(database, { ...given, flags: { redo: true } });
      expect(await isThere('made')).toBe(true);
      expect(findDamage(await readEvents(database))).toBeUndefined();
      proof('sequence: crash in a way back', kind);
    },
  );

  test('SQL between typed operations is not sent again after a crash behind it', async () => {
    const operations = [addWord('a'), `sql(${JSON.stringify(`insert into items (id) values (2)`)})`, addWord('b')];
    const given = projectOf({ 'migrations/001_three.ts': typedFile(operations) }, 'a', 'b');
    await crashAt('before-ddl', 3, given);
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect(await database.query('select id from items where a is null and b is null')).toHaveLength(2);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    proof('sequence: crash between statements', kind);
  });

  async function takeBack(given: MigrateSettings): Promise<unknown> {
    const selection = { kind: 'to', version: 0 } as const;
    const { plan } = (await rollBackDatabase(database, { selection, yes: false }, given)).report;
    return rollBackDatabase(database, { selection, approve: plan.hash }, given);
  }

  async function crashAt(place: Failpoint, hit: number, given: MigrateSettings): Promise<void> {
    await expect(atFailpoint(place, hit, crash, () => migrateDatabase(database, given))).rejects.toThrow('killed here');
  }

  /** Refused without a word of a person, who then gives it. */
  async function expectInDoubt(
    given: MigrateSettings,
    inDoubt: 'applied' | 'not applied',
    goOn: (given: MigrateSettings) => Promise<unknown> = () => migrateDatabase(database, given),
  ): Promise<void> {
    const refused = { code: 'STATEMENT_IN_DOUBT', exitCode: 3 };
    await expect(goOn(given)).rejects.toMatchObject(refused);
    await expect(withTestJob(database, given, [], (job) => repair(job, {}))).rejects.toMatchObject(refused);
    const report = await withTestJob(database, given, [], (job) => repair(job, { inDoubt }));
    expect(report.repaired).toHaveLength(1);
  }

  async function expectDoneOnce(given: MigrateSettings): Promise<void> {
    expect(await database.query('select id from made')).toHaveLength(1);
    expect(await database.query('select a from items')).toHaveLength(1);
    expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'nothing', applied: 0 });
    expect(findDamage(await readEvents(database))).toBeUndefined();
    const ends = (await payloadsOf(database)).filter(({ event }) => event === 'applied' || event === 'settled');
    const steps = ends.filter(({ migration }) => migration === '001_three').map(({ step }) => step);
    expect(steps).toEqual([1, 2, 3]);
    if (isWhole) return;
    const sent = (await log.statements()).filter((text) => text === create || text === alter);
    expect(sent).toEqual([create, alter]);
  }

  async function isThere(table: string): Promise<boolean> {
    return database.query(`select 1 from ${table}`).then(
      () => true,
      () => false,
    );
  }

  /** Inserts a row, in words that do not tell so. */
  function oddStatement(): string {
    if (kind === 'postgresql') return `do $$ begin ${insert}; end $$`;
    if (kind === 'sqlite') return `with given as (select 7 as id) insert into made (id) select id from given`;
    return `call fill()`;
  }
});
