import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDamage } from '../../src/history/chain.ts';
import type { EventRow } from '../../src/history/event.ts';
import { readPayload } from '../../src/history/state.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { connectTo, migrateDatabase, planDatabase, type JobConnection } from '../support/migrate.ts';
import { compareOracles, readOracle, type OracleDocument } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { describeExpected, describeNamed } from './describe-not-ours.ts';
import { expectRowsKept } from './expect-rows-kept.ts';
import { insertThroughModels } from './model-insert.ts';
import { migrateAsOlderRelease, migrationNames } from './older-release.ts';
import { readTables } from './read-tables.ts';
import { copyStates } from './states/copy-states.ts';
import { stateNames, type BuiltState, type StateName } from './states/index.ts';
import { withoutNotOurs } from './without-not-ours.ts';

/** After how many files an older release may have ended: anywhere from A, at every second from D and H, else before or behind all. */
const anywhere = [...migrationNames.keys(), migrationNames.length];
const everySecond = anywhere.filter((count) => count % 2 === 0);
const thorough: { readonly [state in StateName]?: readonly number[] } = { A: anywhere, D: everySecond, H: everySecond };

const combinations = stateNames.flatMap((state) =>
  (thorough[state] ?? [0, migrationNames.length]).map((count) => ({ state, count })),
);

describe.each(databaseKinds)('on %s', (kind) => {
  // Rows of every kind; that all 5,000 are kept is in upgrade.test.ts.
  const states = copyStates(kind, { inmates: 1_200 });
  let fresh: OracleDocument;

  beforeAll(async () => {
    fresh = await readFresh(kind);
  });

  afterAll(() => states.drop());

  test.each(combinations)('state $state after the first $count files comes to the same end', async (found) => {
    const { database, built } = await states.copy(found.state);
    try {
      const before = await readTables(database, built.tables);
      if (found.count > 0) await migrateAsOlderRelease(database, found.count);
      const connection = await connectTo(database);
      try {
        if (found.count > 0) expect(await completedFiles(database)).toEqual(migrationNames.slice(0, found.count));
        const { report } = await migrateDatabase(database, { connection });
        expect(report).toMatchObject({ status: 'done', verification: { verdict: 'PASSED', failed: [] } });
        await expectRowsKept(database, before);
        await expectSameEnd(database, fresh, built);
        await expectEveryFileOnce(database);
        await expectNothingLeft(database, built, connection);
      } finally {
        await connection.close();
      }
      await insertThroughModels(database);
      proof('upgrade: state comes up whichever files have run', kind);
    } finally {
      await database.drop();
    }
  });
});

async function readFresh(kind: DatabaseKind): Promise<OracleDocument> {
  const database = await createDatabase(kind);
  try {
    await migrateDatabase(database);
    return await readOracle(database);
  } finally {
    await database.drop();
  }
}

async function expectSameEnd(database: TestDatabase, fresh: OracleDocument, { expected }: BuiltState): Promise<void> {
  const documents = withoutNotOurs({ fresh, upgraded: await readOracle(database) }, expected.notOurs);
  expect(compareOracles(documents.fresh, documents.upgraded)).toEqual([]);
}

async function expectEveryFileOnce(database: TestDatabase): Promise<void> {
  const events = await readEvents(database);
  expect(completedIn(events)).toEqual(migrationNames);
  expect(findDamage(events)).toBeUndefined();
}

async function completedFiles(database: TestDatabase): Promise<readonly string[]> {
  return completedIn(await readEvents(database));
}

/** The migrations that the log says are done, in the order in which they were. */
function completedIn(events: readonly EventRow[]): readonly string[] {
  return events
    .map(readPayload)
    .filter(({ file }) => file !== undefined)
    .map(({ migration }) => migration);
}

/** A second run does nothing, and what is left alone is what the state is expected to have of its own. */
async function expectNothingLeft(
  database: TestDatabase,
  { expected }: BuiltState,
  connection: JobConnection,
): Promise<void> {
  const { plan, actual } = await planDatabase(database, { connection });
  expect(plan).toMatchObject({ steps: [], blocked: [], withheld: [], unverified: [] });
  expect(plan.notOurs.map((object) => describeNamed(object, actual, database.kind)).toSorted()).toEqual(
    expected.notOurs.map((found) => describeExpected(found, database.kind)).toSorted(),
  );
  const { report } = await migrateDatabase(database, { connection });
  expect(report).toMatchObject({ status: 'nothing', applied: 0 });
}
