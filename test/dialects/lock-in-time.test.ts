import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeOperation, type Dialect } from '../../src/dialects/dialect.ts';
import { loadDialect } from '../../src/dialects/index.ts';
import { expectedLock } from '../../src/dialects/expected-locks.ts';
import type { Operation } from '../../src/operations/index.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { openMysql } from '../support/connections/mysql.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { withSession } from '../support/open-session.ts';
import { bigint, column, int, schemaOf, string, tableOf } from '../support/table-of.ts';

// What PostgreSQL and SQLite block is seen with the transaction open; here it must be seen while the statement runs.
const kinds = databaseKinds.filter((kind) => kind === 'mysql' || kind === 'mariadb');

const before: Schema = schemaOf([
  tableOf(
    'item',
    [column('id', int, { nullable: false, autoIncrement: true }), column('n', int), column('t', string(200))],
    {
      primaryKey: { columns: ['id'] },
    },
  ),
]);

const operations: readonly Operation[] = [
  { kind: 'addIndex', table: 'item', index: { name: 'online', parts: [{ column: 't' }], unique: false } },
  { kind: 'changeType', table: 'item', column: 'n', from: int, to: bigint, change: 'widening' },
];

const twice = "insert into item (n, t) select n, concat(rand(), repeat('x', 160)) from item";

describe.each(kinds)('a large table on %s', (kind) => {
  let database: TestDatabase;
  let dialect: Dialect;

  beforeAll(async () => {
    dialect = await loadDialect(kind);
    database = await createDatabase(kind, { name: 'long' });
    const create = writeOperation(
      dialect,
      { kind: 'createTable', table: before.tables['item'] ?? fail() },
      schemaOf([]),
    );
    await database.run([
      ...create.map(({ text }) => text),
      "insert into item (n, t) values (1, repeat('x', 200))",
      ...Array.from({ length: 17 }, () => twice),
    ]);
    for (let time = 0; (await timeOfIndex(database)) < 1000 && time < 4; time += 1) await database.run([twice]);
  });
  afterAll(() => database?.drop());

  test.each(operations)('keeps out whom it is said to, as long as it is said: $kind', async (operation) => {
    const readers = watchStalls(database, 'select n from item where id = 1');
    const writers = watchStalls(database, 'update item set n = n + 1 where id = 1');
    const { ms, expected } = await withSession(database, async (session) => {
      await dialect.prepareSession(session);
      const around = { schema: before, server: await dialect.readServer(session) };
      const start = performance.now();
      for (const { text } of writeOperation(dialect, operation, before)) await session.run(text);
      return { ms: performance.now() - start, expected: expectedLock(dialect, operation, around) };
    });
    const isLong = (stall: number): boolean => stall > ms / 2;
    const [read, written] = [await readers.stop(), await writers.stop()];
    const isThroughout = expected?.lasts === 'while it runs';
    expect([ms > 300, isLong(read), isLong(written)], JSON.stringify({ ms, read, written })).toEqual([
      true,
      isThroughout && expected.blocks === 'everybody',
      isThroughout && expected.blocks !== 'nobody',
    ]);
  });
});

/** Milliseconds that an index takes: on a fast machine it takes more rows for a statement that others are seen to wait for. */
async function timeOfIndex(database: TestDatabase): Promise<number> {
  const start = performance.now();
  await database.run(['create index probe on item (t)']);
  const ms = performance.now() - start;
  await database.run(['drop index probe on item']);
  return ms;
}

function fail(): never {
  throw new Error('the table is not there');
}

/** Runs a statement over and over, and keeps the longest time that it took in milliseconds. */
function watchStalls({ url }: TestDatabase, sql: string): { stop(): Promise<number> } {
  const connection = openMysql(url);
  const stop = new AbortController();
  let longest = 0;
  const watch = async (): Promise<void> => {
    await connection.query('select 1');
    while (!stop.signal.aborted) {
      const start = performance.now();
      await connection.query(sql);
      longest = Math.max(longest, performance.now() - start);
      await sleep(10);
    }
    await connection.close();
  };
  const watching = watch();
  return {
    stop: async () => {
      stop.abort();
      await watching;
      return longest;
    },
  };
}
