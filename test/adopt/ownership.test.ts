import { afterEach, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { describeObject } from '../../src/diff/index.ts';
import { adoptDatabase, models, readLog } from './support/adopt-database.ts';

let database: TestDatabase;
afterEach(() => database.drop());

/** The table of the model with a column too many, a table that no model has, and another tool's history. */
async function createOld(kind: DatabaseKind): Promise<TestDatabase> {
  const made = await createDatabase(kind, { name: 'adopt' });
  await made.run([
    'create table inmates (id integer not null primary key, name varchar(100) not null, nickname varchar(20))',
    'create table cells (id integer not null primary key)',
    'create table pgmigrations (id integer primary key, name varchar(255) not null, run_on timestamp not null)',
  ]);
  return made;
}

const notOurs = async (): Promise<readonly string[]> =>
  (await planDatabase(database, models)).plan.notOurs.map(describeObject).toSorted();
const foreign = ['column inmates.nickname', 'table cells', 'table pgmigrations'];

test.each(databaseKinds)('what matches the models is ours on %s, once', async (kind) => {
  database = await createOld(kind);
  const { report, facts } = await adoptDatabase(database);
  expect(report).toMatchObject({ status: 'done', baseline: { own: 'models', tables: 1 } });
  expect(facts).toContainEqual({ kind: 'baselineAdopted', own: 'models', tables: 1 });
  expect(await notOurs()).toEqual(foreign);
  const { payloads } = await readLog(database);
  expect(payloads.map(({ event, source }) => [event, source])).toEqual([['baseline', 'baseline']]);
  for (const asked of [{}, { own: 'models' } as const])
    expect((await adoptDatabase(database, asked)).report.status).toBe('nothing');
  expect((await readLog(database)).payloads).toEqual(payloads);
  proof('adopt: ownership', kind);
});

test.each(databaseKinds)(
  'another part may be ours later on %s, but never the history of another tool',
  async (kind) => {
    database = await createOld(kind);
    await adoptDatabase(database, { own: 'none' });
    expect((await notOurs()).length).toBeGreaterThan(0);
    expect((await adoptDatabase(database, { own: 'all' })).report).toMatchObject({
      status: 'done',
      baseline: { own: 'all', tables: 2 },
    });
    expect(await notOurs()).toEqual(['table pgmigrations']);
    const { withheld } = (await planDatabase(database, models)).plan;
    expect(withheld.map(({ operation }) => operation.kind)).toEqual(
      expect.arrayContaining(['dropColumn', 'dropTable']),
    );
    expect((await adoptDatabase(database, { own: 'all' })).report.status).toBe('nothing');
    const { payloads, damage } = await readLog(database);
    expect(payloads.map(({ event }) => event)).toEqual(['baseline', 'baseline']);
    expect(damage).toBeUndefined();
    proof('adopt: ownership', kind);
  },
);

test.each(databaseKinds)(
  'a run goes on from what was adopted on %s, and adopting then changes nothing',
  async (kind) => {
    database = await createOld(kind);
    await adoptDatabase(database, { own: 'models' });
    expect((await migrateDatabase(database, models)).report.status).toBe('done');
    expect(await notOurs()).toEqual(foreign);
    expect((await readLog(database)).payloads.filter(({ event }) => event === 'baseline')).toHaveLength(1);
    expect((await adoptDatabase(database, { own: 'models' })).report.status).toBe('nothing');
    expect((await migrateDatabase(database, models)).report.status).toBe('nothing');
    proof('adopt: ownership', kind);
  },
);

test.each(databaseKinds)('a dry run tells and writes nothing on %s', async (kind) => {
  database = await createOld(kind);
  await database.run([`insert into pgmigrations values (1, '1_a', '2024-03-01 08:00:00')`]);
  const { report } = await adoptDatabase(database, { from: 'auto', dryRun: true });
  expect(report).toMatchObject({ status: 'planned', baseline: { own: 'models' }, imported: [{ migration: '1_a' }] });
  expect(await readEvents(database)).toEqual([]);
  proof('adopt: ownership', kind);
});
