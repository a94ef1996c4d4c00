import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MigrateOptions } from '../../src/config/options.ts';
import { migrate as referenceOptions } from '../../mikro-orm.config.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase } from '../support/migrate.ts';
import { readRows } from '../support/rows.ts';
import { runCli } from '../support/run-cli.ts';
import { insertThroughModels } from './model-insert.ts';
import { buildState } from './states/index.ts';

/** What the reference application's options say with `PARTITION_INMATES=1`. */
const options: MigrateOptions = {
  ...referenceOptions,
  tables: { inmates: { partitionBy: { mysql: 'KEY(jail_id) PARTITIONS 16' } } },
};
const env = { PARTITION_INMATES: '1' };
const partitioned = /PRIMARY KEY \(`idinmates`,`jail_id`\)[^]*PARTITION BY KEY \(`?jail_id`?\)\s+PARTITIONS 16/;

const partitioning = databaseKinds.filter((kind) => kind === 'mysql' || kind === 'mariadb');
const others = databaseKinds.filter((kind) => kind !== 'mysql' && kind !== 'mariadb');

describe.each(partitioning)('partitions of inmates on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind);
  });

  afterEach(() => database.drop());

  test('are made with a new table, 16 of them, with the key that they need', async () => {
    expect(await runCli(database, ['--ci'], { env })).toMatchObject({ exit: 0, stderr: '' });
    expect(await readCreateTable(database)).toMatch(partitioned);
    expect(await runCli(database, ['plan', '--exit-code'], { env })).toMatchObject({ exit: 0, stderr: '' });
    await insertThroughModels(database);
  });

  test('stay, with the wider key and every row in its place, whether the models know of them or not', async () => {
    await buildState('G', database);
    const placed = await readPlaces(database);
    expect(placed.length).toBeGreaterThanOrEqual(8);
    await migrateDatabase(database);
    expect(await readCreateTable(database)).toMatch(partitioned);
    expect(await readPlaces(database)).toEqual(placed);
    const { plan } = await planDatabase(database, { options });
    expect(plan).toMatchObject({ steps: [], blocked: [], withheld: [] });
    const named = plan.notOurs.map((object) => object.kind);
    expect(named).not.toContain('partitioning');
    expect(named).not.toContain('primaryKey');
  });

  test('are made of a filled table, with every row', async () => {
    await buildState('F', database);
    const before = await readRows(database, 'inmates');
    await migrateDatabase(database, { options });
    expect(await readCreateTable(database)).toMatch(partitioned);
    expect(await readRows(database, 'inmates', { columns: Object.keys(before[0] ?? {}) })).toEqual(before);
    expect((await migrateDatabase(database, { options })).report.status).toBe('nothing');
  });

  test('are refused before the first statement where a foreign key is in their way, as the server does', async () => {
    await buildState('A', database);
    const { plan } = await planDatabase(database, { options });
    expect(plan.blocked).toMatchObject([{ code: 'NOT_SUPPORTED', message: expect.stringContaining('foreign key') }]);
    await expect(migrateDatabase(database, { options })).rejects.toMatchObject({ code: 'PLAN_BLOCKED', exitCode: 3 });
    expect(await readCreateTable(database)).not.toContain('last_seen');
    await database.run(['alter table inmates drop primary key, add primary key (idinmates, jail_id)']);
    await expect(database.query('alter table inmates partition by key (jail_id) partitions 16')).rejects.toThrow(
      /foreign key/i,
    );
  });

  test('are refused beside a unique key without their column, as the server does', async () => {
    await migrateDatabase(database);
    await database.run(['alter table inmates add unique key odd (arrest_date, sex(9))']);
    const { plan } = await planDatabase(database, { options });
    expect(plan.blocked).toMatchObject([{ code: 'NOT_SUPPORTED', message: expect.stringContaining('odd') }]);
    await database.run(['alter table inmates drop primary key, add primary key (idinmates, jail_id)']);
    const partition = 'alter table inmates partition by key (jail_id) partitions 16';
    await expect(database.query(partition)).rejects.toThrow(/unique/i);
  });
});

test.each(others)('%s has no such partitions and takes no notice', async (kind) => {
  const database = await createDatabase(kind);
  try {
    expect(await runCli(database, ['--ci'], { env })).toMatchObject({ exit: 0, stderr: '' });
    expect(await planDatabase(database)).toMatchObject({ plan: { steps: [], blocked: [], notOurs: [] } });
  } finally {
    await database.drop();
  }
});

async function readCreateTable(database: TestDatabase): Promise<string> {
  const [row] = await database.query('show create table inmates');
  return String(row?.['Create Table']);
}

/** How many rows each partition that has any holds. */
async function readPlaces(database: TestDatabase): Promise<readonly string[]> {
  const places: string[] = [];
  for (let at = 0; at < 16; at += 1) {
    const [row] = await database.query(`select count(*) as n from inmates partition (p${at})`);
    if (Number(row?.['n']) > 0) places.push(`p${at}: ${String(row?.['n'])}`);
  }
  return places;
}
