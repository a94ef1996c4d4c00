import { openJournal } from '../../src/apply/journal.ts';
import { clockFrom } from '../../src/apply/clock.ts';
import { runStep, type StepContext } from '../../src/apply/run-step.ts';
import { writeOperation } from '../../src/dialects/dialect.ts';
import { compareSchemas } from '../../src/diff/compare.ts';
import { describeObject } from '../../src/diff/index.ts';
import { findDamage } from '../../src/history/chain.ts';
import type { EventPayload, Source } from '../../src/history/event.ts';
import { readPayload } from '../../src/history/state.ts';
import { asFound } from '../../src/operations/as-found.ts';
import { applyOperation, describeOperation, type Operation } from '../../src/operations/index.ts';
import { buildPlan } from '../../src/plan/build.ts';
import type { PlanFile, PlanStep } from '../../src/plan/plan-file.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { ensureLog } from '../../src/stages/ensure-log.ts';
import { withRun } from '../../src/stages/open-run.ts';
import { inspectApplication, splitLogTables } from '../../src/stages/read-state.ts';
import type { Run } from '../../src/stages/run.ts';
import type { TestDatabase } from '../support/databases.ts';
import { withTestJob } from '../support/migrate.ts';
import { readOracle, type OracleDocument } from '../support/oracle/index.ts';
import { readRows } from '../support/rows.ts';
import { undoSteps } from '../support/undo-steps.ts';
import type { NumberedCase } from './cases/index.ts';
import { fill, placeOf, tablesOf, type Place } from './place.ts';

/** What the database was at one moment: by its own programs, by our inspection, and its rows. */
export interface Moment {
  readonly oracle: OracleDocument;
  readonly schema: Schema;
  readonly rows: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  readonly indexNames: Readonly<Record<string, readonly string[]>>;
  readonly answers: Readonly<Record<string, readonly (readonly unknown[])[]>>;
}

/** What happened to one case. */
export interface CaseLife {
  readonly item: NumberedCase;
  readonly place: Place;
  /** The first thing that went wrong, with the moment it did. */
  error?: string;
  plan?: PlanFile;
  /** The touched part as the operations should have made it. */
  expected?: Schema;
  events?: readonly EventPayload[];
  restores?: 'everything' | 'structure' | 'nothing';
}

/** All cases, gone through side by side: each phase for all of them, then one look at the whole database. */
export interface Lives {
  readonly cases: readonly CaseLife[];
  readonly start: Moment;
  readonly applied: Moment;
  readonly undone: Moment;
  readonly again: Moment;
  /** What the tool's own comparison still finds after the first phase. */
  readonly differences: readonly string[];
  readonly damage: ReturnType<typeof findDamage>;
}

/** Applies each case by the real path with a real log, takes it back by what the log says, and applies it again. */
export async function runCycles(database: TestDatabase, items: readonly NumberedCase[]): Promise<Lives> {
  const config = { entities: [], discovery: { warnWhenNoEntities: false } };
  return withTestJob(database, { config }, [], (job) => withRun(job, (run) => runAll(run, database, items)));
}

async function runAll(run: Run, database: TestDatabase, items: readonly NumberedCase[]): Promise<Lives> {
  const cases = items.map((item): CaseLife => ({ item, place: placeOf(database.kind, item.number) }));
  await beQuick(run, database);
  await ensureLog(run, splitLogTables(run.desired.schema, run.log.tables).own, emptySchema);
  for (const life of cases) await guard(life, 'given', () => makeCase(run, database, life));
  const context = await openContext(run);
  const lookAgain = async (): Promise<Moment> => {
    const moment = await look(run, database, cases);
    context.schema = moment.schema;
    return moment;
  };
  const start = await lookAgain();
  for (const life of cases) await guard(life, 'apply', () => apply(life, context, 'models'));
  const applied = await lookAgain();
  const differences = await compare(run, cases, applied.schema);
  const log = (await run.events.readRows()).map(readPayload);
  for (const life of cases) await guard(life, 'undo', () => undo(life, context, log));
  const undone = await lookAgain();
  for (const life of cases) await guard(life, 'apply again', () => apply(life, context, 'repair'));
  const again = await lookAgain();
  return { cases, start, applied, undone, again, differences, damage: findDamage(await run.events.readRows()) };
}

/** Nothing here is about surviving a power cut. */
async function beQuick({ session }: Run, database: TestDatabase): Promise<void> {
  if (database.kind !== 'sqlite') return;
  await session.run('pragma synchronous = off');
  await database.query('pragma synchronous = off');
}

async function guard(life: CaseLife, phase: string, work: () => Promise<void>): Promise<void> {
  if (life.error !== undefined) return;
  try {
    await work();
  } catch (error) {
    life.error = `${phase}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The base tables with their rows, then what the case itself needs; straight by the writer, without a log. */
export async function makeCase(
  { session, dialect }: Pick<Run, 'session' | 'dialect'>,
  database: TestDatabase,
  { item, place }: Pick<CaseLife, 'item' | 'place'>,
): Promise<void> {
  let schema: Schema = emptySchema;
  const perform = async (operation: Operation): Promise<void> => {
    if (dialect.traits.transactionalDdl) await session.run(dialect.traits.begin);
    try {
      for (const { text, parameters } of writeOperation(dialect, operation, schema))
        await session.run(text, parameters);
    } catch (error) {
      if (dialect.traits.transactionalDdl) await session.run(dialect.traits.rollback);
      throw error;
    }
    if (dialect.traits.transactionalDdl) await session.run(dialect.traits.commit);
    schema = applyOperation(schema, operation);
  };
  for (const table of tablesOf(place)) await perform({ kind: 'createTable', table });
  await fill(database, place);
  for (const step of item.given?.(place) ?? []) await (typeof step === 'string' ? database.query(step) : perform(step));
}

async function openContext(run: Run): Promise<StepContext> {
  const { session, dialect, events, emit, identity } = run;
  const journal = openJournal(
    events,
    { ...identity, run: `life-cycles-${dialect.name}`, release: 'test' },
    clockFrom(await events.now()),
    await events.readHead(),
  );
  return {
    session,
    dialect,
    log: events,
    journal,
    emit,
    source: 'models',
    inspectAll: () => inspectApplication(run),
    signal: run.signal,
    schema: emptySchema,
    spellings: [],
  };
}

/** Plans one operation and runs the plan's steps. */
async function apply(life: CaseLife, context: StepContext, source: Source): Promise<void> {
  const { dialect } = context;
  const actual = context.schema;
  const operation = asFound(life.item.operation(life.place), actual);
  const plan = planOf([operation, ...(life.item.with?.(life.place) ?? [])], actual, dialect);
  if (plan.blocked.length > 0) throw new Error(plan.blocked.map(({ message }) => message).join('; '));
  life.plan ??= plan;
  await runSteps(plan.steps, context, `${source} ${life.item.number}`);
  const expected = plan.steps.reduce((schema, step) => applyOperation(schema, step.operation), actual);
  // What raw SQL does to the schema is known only by looking.
  const found = operation.kind === 'rawSql' ? context.schema : respelled(expected, operation);
  life.expected ??= sliceOf(found, life.place.table);
}

/** The database respells expressions and programs that name what was renamed; here such a name can mean nothing else. */
function respelled(schema: Schema, operation: Operation): Schema {
  if (operation.kind !== 'renameColumn' && operation.kind !== 'renameTable') return schema;
  const { from, to } = operation;
  const spelled = new Set(['expression', 'where', 'definition']);
  const rename = (key: string, value: unknown): unknown =>
    spelled.has(key) && typeof value === 'string' ? value.replaceAll(new RegExp(`\\b${from}\\b`, 'gu'), to) : value;
  return JSON.parse(JSON.stringify(schema, rename)) as Schema;
}

async function runSteps(steps: readonly PlanStep[], context: StepContext, migration: string): Promise<void> {
  for (const [at, step] of steps.entries()) await runStep({ ...step, migration }, at + 1, context);
}

/** The plan of these operations, and of nothing else. */
export function planOf(operations: readonly Operation[], actual: Schema, dialect: Run['dialect']): PlanFile {
  return buildPlan({
    dialect,
    server: 'test',
    database: 'test',
    release: 'test',
    desired: operations.reduce(applyOperation, actual),
    actual,
    difference: { changes: operations, notOurs: [], unverified: [], questions: [], possibleRenames: [] },
    estimates: {},
    backfillFor: () => undefined,
    hasRows: () => true,
    withhold: () => undefined,
    problems: [],
  });
}

/** Takes the case's events back, last one first, by nothing but what the log says. */
async function undo(life: CaseLife, context: StepContext, log: readonly EventPayload[]): Promise<void> {
  const events = log.filter(
    ({ migration, event }) => migration === `models ${life.item.number}` && event === 'applied',
  );
  life.events = events;
  const kinds = events.map((event) => event.undo?.restores ?? 'nothing');
  life.restores = kinds.includes('nothing') ? 'nothing' : kinds.includes('structure') ? 'structure' : 'everything';
  if (life.restores === 'nothing') return;
  const migration = `rollback ${life.item.number}`;
  await runSteps(undoSteps(events, migration), context, migration);
}

/** The objects whose names begin with the case's. */
export function sliceOf(schema: Schema, prefix: string): Schema {
  const pick = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => belongs(name, prefix)));
  return { tables: pick(schema.tables), views: pick(schema.views), enums: pick(schema.enums) };
}

/** True for `c7`, `c7_parent`, `C7`, and what the oracle calls them. */
export function belongs(name: string, prefix: string): boolean {
  return new RegExp(`(^|[ ."])${prefix}(?![0-9])`, 'iu').test(name);
}

async function look(run: Run, database: TestDatabase, cases: readonly CaseLife[]): Promise<Moment> {
  const schema = await inspectApplication(run);
  const rows: Record<string, Record<string, unknown>[]> = {};
  for (const name of Object.keys(schema.tables)) rows[name] = await readRows(database, name);
  const answers: Record<string, (readonly unknown[])[]> = {};
  for (const { item, place } of cases) {
    for (const [sql] of item.asks?.(place) ?? []) {
      const found = await database
        .query(sql)
        .catch((error: unknown) => [{ error: error instanceof Error ? error.message : String(error) }]);
      answers[sql] = found.map((row) => Object.values(row));
    }
  }
  return { oracle: await readOracle(database), schema, rows, answers, indexNames: await readIndexNames(database) };
}

const indexNames = {
  sqlite: `select tbl_name as "table", name as "index" from sqlite_master where type = 'index'`,
  postgresql: `select tablename as "table", indexname as "index" from pg_indexes where schemaname = 'public'`,
  mysql:
    'select distinct table_name as `table`, index_name as `index` from information_schema.statistics where table_schema = database()',
};

async function readIndexNames(database: TestDatabase): Promise<Record<string, string[]>> {
  const names: Record<string, string[]> = {};
  const sql = indexNames[database.kind === 'mariadb' ? 'mysql' : database.kind];
  for (const row of await database.query(sql)) (names[String(row['table'])] ??= []).push(String(row['index']));
  return Object.fromEntries(Object.entries(names).map(([table, list]) => [table, list.toSorted()]));
}

/** What the pipeline's own comparison, without any memory, finds between what was expected and what is there. */
async function compare({ session, dialect }: Run, cases: readonly CaseLife[], actual: Schema): Promise<string[]> {
  const slices = cases
    .filter(({ error }) => error === undefined)
    .map((life) => [life, life.expected ?? emptySchema] as const);
  const join = <K extends keyof Schema>(key: K, parts: readonly Schema[]): Schema[K] =>
    Object.assign({}, ...parts.map((part) => part[key])) as Schema[K];
  const whole = (parts: readonly Schema[]): Schema => ({
    tables: join('tables', parts),
    views: join('views', parts),
    enums: join('enums', parts),
  });
  const desired = whole(slices.map(([, expected]) => expected));
  const found = whole(slices.map(([{ place }]) => sliceOf(actual, place.table)));
  const { difference } = await compareSchemas({
    session,
    dialect,
    desired,
    actual: found,
    spellings: [],
    isOurs: () => true,
    renames: { tables: {}, columns: {} },
  });
  return [
    ...difference.changes.map(describeOperation),
    ...difference.notOurs.map(describeObject),
    ...difference.questions,
  ];
}
