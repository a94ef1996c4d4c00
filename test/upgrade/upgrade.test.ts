import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDamage } from '../../src/history/chain.ts';
import { readPayload } from '../../src/history/state.ts';
import { describeOperation, type Operation } from '../../src/operations/index.ts';
import type { RunReport } from '../../src/pipeline.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import {
  connectTo,
  migrateDatabase,
  planDatabase,
  readSchemaAt,
  type JobConnection,
  type MigrateSettings,
} from '../support/migrate.ts';
import { readEvents } from '../support/read-events.ts';
import { makeModelsAlone } from '../support/models-alone.ts';
import { compareOracles, readOracle, type OracleDocument } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { countRows } from '../support/rows.ts';
import { jsonOf, runCli, startCli } from '../support/run-cli.ts';
import { describeExpected, describeNamed } from './describe-not-ours.ts';
import { expectRowsKept } from './expect-rows-kept.ts';
import { insertThroughModels } from './model-insert.ts';
import { readTables, type Rows } from './read-tables.ts';
import { buildState, stateNames, type BuiltState, type StateName } from './states/index.ts';
import { withoutNotOurs } from './without-not-ours.ts';

/** These go through the command line in a process of its own; the others through the same pipeline in this one. */
const byCommandLine: ReadonlySet<StateName> = new Set(['A', 'F']);

/** The models alone bring all of them up; what the migration files do before them is in prefixes.test.ts. */
const project = makeModelsAlone();
const alone = { root: project.folder };

afterAll(() => project.remove());

describe.each(databaseKinds)('on %s', (kind) => {
  let fresh: OracleDocument;

  beforeAll(async () => {
    fresh = await readFresh(kind);
  });

  describe.each(stateNames)('state %s', (name) => {
    let database: TestDatabase;
    let connection: JobConnection;
    let settings: MigrateSettings;
    let built: BuiltState;
    let before: Rows;
    let planned: Awaited<ReturnType<typeof planDatabase>>;
    let report: RunReport;

    beforeAll(async () => {
      database = await createDatabase(kind);
      built = await buildState(name, database);
      before = await readTables(database, built.tables);
      connection = await connectTo(database, alone);
      settings = { ...alone, connection };
      planned = await planDatabase(database, settings);
      report = byCommandLine.has(name)
        ? await migrateByCommandLine(database)
        : (await migrateDatabase(database, settings)).report;
    });

    afterAll(async () => {
      await connection?.close();
      await database?.drop();
    });

    test('comes up as planned, with every critical query', () => {
      expect(report.status).toBe('done');
      expect(report.applied).toBe(planned.plan.steps.length);
      expect(report.plan.steps).toEqual(planned.plan.steps);
      expect(report.verification).toMatchObject({ verdict: 'PASSED', failed: [] });
    });

    test('keeps every row to the bit', async () => {
      expect(built.tables.reduce((sum, table) => sum + (built.counts[table] ?? 0), 0)).toBe(
        Object.values(before).flat().length,
      );
      await expectRowsKept(database, before);
    });

    test('names all that it leaves alone, and nothing else', () => {
      const named = report.plan.notOurs.map((object) => describeNamed(object, planned.actual, kind));
      expect(named.toSorted()).toEqual(built.expected.notOurs.map((found) => describeExpected(found, kind)).toSorted());
      expect(report.plan).toMatchObject({ withheld: [], blocked: [], unverified: [] });
      expect(report.plan.steps.flatMap(({ operation }) => relaxedBy(operation))).toEqual(built.expected.relaxed);
    });

    test('looks like a fresh database but for that', async () => {
      const documents = withoutNotOurs({ fresh, upgraded: await readOracle(database) }, built.expected.notOurs);
      expect(compareOracles(documents.fresh, documents.upgraded)).toEqual([]);
    });

    test('is changed by no second run', async () => {
      const looked = await readOracle(database);
      const events = await countRows(database, 'schema_versions');
      const second = byCommandLine.has(name)
        ? await migrateByCommandLine(database)
        : (await migrateDatabase(database, settings)).report;
      expect(second).toMatchObject({ status: 'nothing', applied: 0, head: report.head });
      expect(await countRows(database, 'schema_versions')).toBe(events);
      expect(compareOracles(looked, await readOracle(database))).toEqual([]);
      await expectNothingPlanned(database, name, settings);
    });

    test('tells in schema_versions what was done', () => expectLog(database, report, settings));

    test('takes the inserts of the application', async () => {
      await insertThroughModels(database);
      proof(
        name.length === 1
          ? 'upgrade: state comes up with its rows'
          : 'upgrade: half-applied state comes up with its rows',
        kind,
      );
    });
  });
});

/** The columns that an operation makes nullable. */
function relaxedBy(operation: Operation): readonly string[] {
  if (operation.kind === 'alterTable') return operation.changes.flatMap(relaxedBy);
  return operation.kind === 'setNullability' && operation.nullable ? [`${operation.table}.${operation.column}`] : [];
}

async function readFresh(kind: DatabaseKind): Promise<OracleDocument> {
  const database = await createDatabase(kind);
  try {
    const { report } = await migrateDatabase(database, alone);
    expect(report).toMatchObject({ status: 'done', applied: 9 });
    await insertThroughModels(database);
    return await readOracle(database);
  } finally {
    await database.drop();
  }
}

async function migrateByCommandLine(database: TestDatabase): Promise<RunReport> {
  const run = await startCli(database, ['--ci', '--json'], { cwd: project.folder }).ended;
  expect(run).toMatchObject({ exit: 0, stderr: '' });
  return jsonOf(run).find((line) => line['kind'] === 'result') as unknown as RunReport;
}

async function expectNothingPlanned(database: TestDatabase, name: StateName, settings: MigrateSettings): Promise<void> {
  const { plan } = await planDatabase(database, settings);
  expect(plan).toMatchObject({ steps: [], blocked: [], withheld: [] });
  if (byCommandLine.has(name))
    expect(await runCli(database, ['plan', '--exit-code'], { cwd: project.folder })).toMatchObject({
      exit: 0,
      // It has Alembic's table, of which nothing was taken over.
      stderr: name === 'F' ? expect.stringMatching(/^ℹ️ {2}alembic_version is the history of alembic.*\n$/u) : '',
    });
}

/** One `applied` event for each step, behind a `run` and a `baseline` event, in an unbroken chain. */
async function expectLog(database: TestDatabase, { plan, head }: RunReport, settings: MigrateSettings): Promise<void> {
  const events = await readEvents(database);
  expect(findDamage(events)).toBeUndefined();
  expect(events.at(-1)).toMatchObject(head ?? {});
  const payloads = events.map(readPayload);
  expect(payloads.slice(0, 2).map(({ event }) => event)).toEqual(['run', 'baseline']);
  expect(payloads.at(-1)?.event).toBe('verified');
  const done = payloads.slice(2, -1).filter(({ event }) => event !== 'started');
  expect(done.map(({ event, step, migration, operation }) => ({ event, step, migration, operation }))).toEqual(
    plan.steps.map(({ operation, migration }, at) => ({ event: 'applied', step: at + 1, migration, operation })),
  );
  for (const { operation, summary, undo } of done) {
    expect(operation && describeOperation(operation)).toBe(summary);
    expect(undo?.restores).toMatch(/^(?:everything|structure|nothing)$/);
  }
  const started = payloads.filter(({ event }) => event === 'started').map(({ version }) => version);
  expect(done.flatMap(({ ref }) => ref ?? [])).toEqual(started);
  const schema = await readSchemaAt(database, events.length, settings);
  expect(Object.keys(schema.tables)).toEqual(expect.arrayContaining(['inmates', 'monitors', 'users', 'sessions']));
}
