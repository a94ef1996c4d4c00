import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findDamage } from '../../src/history/chain.ts';
import type { EventRow } from '../../src/history/event.ts';
import type { RunReport } from '../../src/pipeline.ts';
import { sha256 } from '../../src/schema/sha256.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase } from '../support/migrate.ts';
import { readEvents } from '../support/read-events.ts';

type Tamper = (database: TestDatabase, rows: readonly EventRow[]) => Promise<unknown>;

/** The fourth event of a run over nine tables has events before and behind it. */
const victim = 4;

const tamperings: Readonly<Record<string, Tamper>> = {
  'a changed payload': (database) => edit(database, `payload = concat(payload, ' ')`, `payload = payload || ' '`),
  'a changed summary beside the payload': (database) => edit(database, `summary = 'nothing happened'`),
  'a changed time': (database) => edit(database, `started_at = '2001-01-01 00:00:00.000000'`),
  'a changed actor': (database) => edit(database, `actor = 'somebody else'`),
  'a row taken out of the middle': (database) =>
    database.run([`delete from schema_versions where version = ${victim}`]),
  'the first row taken out': (database) => database.run(['delete from schema_versions where version = 1']),
  'two rows with their places swapped': (database) =>
    database.run([
      `update schema_versions set version = 1000 where version = ${victim}`,
      `update schema_versions set version = ${victim} where version = ${victim + 1}`,
      `update schema_versions set version = ${victim + 1} where version = 1000`,
    ]),
  'a payload changed together with its own hash': (database, rows) => {
    const row = rows[victim - 1];
    const payload = row?.payload.replace('"summary":"', '"summary":"not ') ?? '';
    const hash = sha256(`${row?.prevHash}\n${payload}`);
    const summary = `not ${row?.summary}`;
    const sqlText = (value: string): string => text(value, database);
    return edit(database, `payload = ${sqlText(payload)}, summary = ${sqlText(summary)}, hash = '${hash}'`);
  },
};

describe.each(databaseKinds)('%s', (kind) => {
  let database: TestDatabase;
  let head: RunReport['head'];

  beforeAll(async () => {
    database = await createDatabase(kind, { name: 'tamper' });
    head = (await migrateDatabase(database)).report.head;
    await database.run(['create table untouched as select * from schema_versions']);
  });

  beforeEach(() =>
    database.run(['delete from schema_versions', 'insert into schema_versions select * from untouched']),
  );

  afterAll(() => database?.drop());

  test.each(Object.keys(tamperings))('%s is seen', async (name) => {
    const rows = await readEvents(database);
    expect(rows.length).toBeGreaterThan(victim + 2);
    expect(findDamage(rows)).toBeUndefined();
    await tamperings[name]?.(database, rows);
    expect(findDamage(await readEvents(database))).toBeDefined();
  });

  test('a cut-off tail is seen against the head that an earlier run printed', async () => {
    await database.run([`delete from schema_versions where version = ${head?.version}`]);
    const rows = await readEvents(database);
    expect(findDamage(rows)).toBeUndefined();
    expect(rows.at(-1)?.hash).not.toBe(head?.hash);
  });
});

function edit(database: TestDatabase, change: string, otherwise = change): Promise<void> {
  return database.run([
    `update schema_versions set ${isMySql(database) ? change : otherwise} where version = ${victim}`,
  ]);
}

function text(value: string, database: TestDatabase): string {
  const escaped = isMySql(database) ? value.replaceAll('\\', '\\\\') : value;
  return `'${escaped.replaceAll("'", "''")}'`;
}

function isMySql({ kind }: TestDatabase): boolean {
  return kind === 'mysql' || kind === 'mariadb';
}
