import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeOperation, type Dialect, type Statement } from '../../src/dialects/dialect.ts';
import { loadDialect } from '../../src/dialects/index.ts';
import { expectedLock, type LockAround } from '../../src/dialects/expected-locks.ts';
import { asFound } from '../../src/operations/as-found.ts';
import type { ExpectedLock } from '../../src/operations/expected-lock.ts';
import { applyOperation, type Operation } from '../../src/operations/index.ts';
import { entryOf } from '../../src/schema/entry-of.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { sqlFor } from '../../src/schema/sql-by-dialect.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { openMysql } from '../support/connections/mysql.ts';
import { openSqlite, sqlitePath } from '../support/connections/sqlite.ts';
import { openPostgres } from '../support/connections/postgres.ts';
import { withSession } from '../support/open-session.ts';
import { proof } from '../support/proof.ts';
import type { NumberedCase } from '../operations/cases/index.ts';
import { placeOf, type Place } from '../operations/place.ts';
import { makeCase, planOf, sliceOf } from '../operations/run-cycles.ts';
import { watchMysql } from './support/watch-mysql.ts';
import { watchSqlite } from './support/watch-sqlite.ts';
import { lockCases } from './support/lock-cases.ts';
import { watchPostgres } from './support/watch-postgres.ts';
import type { WatchedStep } from './support/watched-step.ts';

type Watcher = Pick<WatchedStep, 'session' | 'dialect' | 'other'>;

const watchStep = (step: WatchedStep): Promise<ExpectedLock> =>
  step.dialect.name === 'postgresql' ? watchPostgres(step) : watchMysql(step);

interface Watched {
  readonly step: string;
  readonly expected: ExpectedLock | undefined;
  readonly seen: ExpectedLock;
}

describe.each(databaseKinds.filter((kind) => kind !== 'sqlite'))('what each step blocks on %s', (kind) => {
  const cases = lockCases(kind);
  const watched = new Map<number, readonly Watched[] | Error>();
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase(kind, { name: 'locks' });
    const dialect = await loadDialect(kind);
    const schema = await makeCases(cases, database, dialect);
    const queue = [...cases];
    // MySQL waits for a second at least, which costs nobody anything.
    await Promise.all(Array.from({ length: 16 }, () => watchLane(queue, { database, dialect, schema, watched })));
  }, 500_000);
  afterAll(() => database?.drop());

  test.each(cases)('$title', ({ number }) => {
    const steps = watched.get(number);
    if (!steps || steps instanceof Error) throw steps ?? new Error('the case was not run');
    expectSeen(steps);
    proof('expected lock', kind);
  });
});

const sqliteCases = databaseKinds.includes('sqlite') ? lockCases('sqlite') : [];
const journals = databaseKinds.includes('sqlite') ? ['wal', 'delete'] : [];

describe.each(journals)('what each step blocks on sqlite with the journal %s', (journal) => {
  test.each(sqliteCases)('$title', async (item) => {
    const database = await createDatabase('sqlite', { name: 'locks' });
    await database.query(`pragma journal_mode = ${journal}`);
    const dialect = await loadDialect('sqlite');
    const schema = await makeCases([item], database, dialect);
    await multiply(database, placeOf('sqlite', item.number), schema);
    const other = openSqlite(database.url);
    const steps = await withSession(database, async (session) => {
      await dialect.prepareSession(session);
      const around = { schema, server: await dialect.readServer(session) };
      const watch = (step: WatchedStep): Promise<ExpectedLock> => watchSqlite(step, sqlitePath(database.url));
      return watchCase(item, {
        place: placeOf('sqlite', item.number),
        around,
        watcher: { dialect, session, other },
        watch,
      });
    });
    expectSeen(steps);
    await other.close();
    await database.drop();
    proof('expected lock', 'sqlite');
  });

  test('a reader waits for what does not fit into memory only without a write-ahead log', async () => {
    const database = await createDatabase('sqlite', { name: 'locks' });
    await database.run([
      `pragma journal_mode = ${journal}`,
      'create table item (id integer primary key, text text)',
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < 40000)
       insert into item (text) select hex(zeroblob(400)) from n`,
    ]);
    const other = openSqlite(database.url);
    await other.query('pragma busy_timeout = 0');
    await withSession(database, async (session) => {
      await session.run('begin immediate');
      await session.run('create table copy as select * from item');
      const reading = other.query('select count(*) as n from item');
      if (journal === 'wal') await expect(reading).resolves.toEqual([{ n: 40_000 }]);
      else await expect(reading).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
      await session.run('rollback');
    });
    await other.close();
    await database.drop();
  });
});

function expectSeen(steps: readonly Watched[]): void {
  expect(steps).not.toEqual([]);
  expect(steps.map(({ step, expected }) => [step, expected])).toEqual(steps.map(({ step, seen }) => [step, seen]));
}

/** So many rows that to write them is more than to write the catalog. */
async function multiply(database: TestDatabase, { table, child, name }: Place, { tables }: Schema): Promise<void> {
  const numbers = 'with recursive n(i) as (select 100 union all select i + 1 from n where i < 10000)';
  await database.run([
    'pragma foreign_keys = off',
    `${numbers} insert into ${table} (id, name, code, n, digits, note, a) select i, 'x', 'r' || i, 1, i, 'y', i % 90 + 1 from n`,
    `${numbers} insert into ${child} (id, owner) select i, i from n`,
    ...(tables[name('keyless')] ? [`${numbers} insert into ${name('keyless')} (a, b) select i, 'y' from n`] : []),
  ]);
}

async function makeCases(cases: readonly NumberedCase[], database: TestDatabase, dialect: Dialect): Promise<Schema> {
  return withSession(database, async (session) => {
    await dialect.prepareSession(session);
    for (const item of cases)
      await makeCase({ session, dialect }, database, { item, place: placeOf(database.kind, item.number) });
    return dialect.inspect(session, {});
  });
}

interface Lane {
  readonly database: TestDatabase;
  readonly dialect: Dialect;
  readonly schema: Schema;
  readonly watched: Map<number, readonly Watched[] | Error>;
}

/** One case after the other, until none is left. */
async function watchLane(queue: NumberedCase[], { database, dialect, schema, watched }: Lane): Promise<void> {
  const other = database.kind === 'postgresql' ? openPostgres(database.url) : openMysql(database.url);
  await withSession(database, async (session) => {
    await dialect.prepareSession(session);
    const server = await dialect.readServer(session);
    for (let item = queue.shift(); item; item = queue.shift()) {
      const place = placeOf(database.kind, item.number);
      const around = { schema: sliceOf(schema, place.table), server };
      const watcher = { dialect, session, other };
      const result = await watchCase(item, { place, around, watcher, watch: watchStep }).catch((error: unknown) =>
        error instanceof Error ? error : new Error(String(error)),
      );
      watched.set(item.number, result);
    }
  });
  await other.close();
}

async function watchCase(
  item: NumberedCase,
  {
    place,
    around,
    watcher,
    watch,
  }: {
    readonly place: Place;
    readonly around: LockAround;
    readonly watcher: Watcher;
    readonly watch: (step: WatchedStep) => Promise<ExpectedLock>;
  },
): Promise<readonly Watched[]> {
  const { dialect } = watcher;
  const operation = asFound(item.operation(place), around.schema);
  const { steps, blocked } = planOf([operation, ...(item.with?.(place) ?? [])], around.schema, dialect);
  if (blocked.length > 0) throw new Error(blocked.map(({ message }) => message).join('; '));
  const watched: Watched[] = [];
  let { schema } = around;
  for (const step of steps) {
    const expected = expectedLock(dialect, step.operation, { ...around, schema });
    const seen = await watch({
      ...watcher,
      statements: statementsOf(step.operation, schema, dialect),
      objects: objectsOf(schema, place.quote),
    });
    watched.push({ step: step.summary, expected, seen: step.operation.kind === 'backfill' ? oneBatch(seen) : seen });
    schema = applyOperation(schema, step.operation);
  }
  return watched;
}

function statementsOf(operation: Operation, schema: Schema, dialect: Dialect): readonly Statement[] {
  if (operation.kind !== 'backfill') return writeOperation(dialect, operation, schema);
  const table = entryOf(schema.tables, operation.table);
  const column = entryOf(table?.columns, operation.column);
  if (!table || !column) throw new Error('the column is not there');
  const { set } = operation;
  const value = 'value' in set ? set : { sql: sqlFor(dialect.name, set.sql) ?? '' };
  return [dialect.queries.backfillBatch(table, column, value, 1)];
}

/** Each batch commits by itself, however many follow. */
const oneBatch = ({ blocks }: ExpectedLock): ExpectedLock => ({ blocks, lasts: 'a moment' });

function objectsOf({ tables, views }: Schema, quote: (name: string) => string): WatchedStep['objects'] {
  return [
    ...Object.values(tables).map(({ name, columns }) => {
      const column = Object.values(columns).find(({ generated }) => !generated)?.name ?? '';
      return { name: quote(name), column: quote(column) };
    }),
    ...Object.keys(views).map((name) => ({ name: quote(name) })),
  ];
}
