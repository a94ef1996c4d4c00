import { runStep, type StepContext } from '../../src/apply/run-step.ts';
import type { MigrateOptions } from '../../src/config/options.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { EventPayload } from '../../src/history/event.ts';
import { readPayload } from '../../src/history/state.ts';
import { findCollisions, findProblems } from '../../src/inspect/desired-problems.ts';
import type { PlanFile } from '../../src/plan/plan-file.ts';
import { applyPlan } from '../../src/stages/apply-plan.ts';
import { beginRun, openContext } from '../../src/stages/begin-run.ts';
import { ensureLog } from '../../src/stages/ensure-log.ts';
import { withRun } from '../../src/stages/open-run.ts';
import { splitLogTables } from '../../src/stages/read-state.ts';
import type { Run } from '../../src/stages/run.ts';
import { survey, type Survey } from '../../src/stages/survey.ts';
import { quoteName } from './connections/quote.ts';
import type { TestDatabase } from './databases.ts';
import { withTestJob } from './migrate.ts';
import { logTables } from './oracle/index.ts';
import { undoSteps } from './undo-steps.ts';

/** A schema that a test wants, as models would, and what the options say besides. */
export interface Wish {
  readonly schema: Schema;
  readonly tables?: MigrateOptions['tables'];
}

/** A database that is brought to one schema after another on one session, by the stages of the real pipeline. */
export interface SchemaBench {
  readonly database: TestDatabase;
  readonly dialect: Run['dialect'];
  /** The plan and all that was seen while making it; writes nothing. */
  plan(wish: Wish): Promise<Survey>;
  /** Applies the plan of a survey; throws where a step fails. The events of its steps. */
  apply(wish: Wish, seen: Survey): Promise<readonly EventPayload[]>;
  /** Takes events back, last one first, by nothing but the undo that they carry. */
  undo(events: readonly EventPayload[]): Promise<void>;
  /** Removes everything, the log's rows too. */
  clear(): Promise<void>;
}

/** Opens a database of one's own for schemas that no entity describes. */
export async function withSchemaBench<Result>(
  database: TestDatabase,
  work: (bench: SchemaBench) => Promise<Result>,
): Promise<Result> {
  const config = { entities: [], discovery: { warnWhenNoEntities: false } };
  const flags = { allowDestructive: true };
  return withTestJob(database, { config, flags }, [], (job) =>
    withRun(job, async (run) => {
      await beQuick(run, database);
      return work(benchOf(run, database));
    }),
  );
}

function benchOf(run: Run, database: TestDatabase): SchemaBench {
  return {
    database,
    dialect: run.dialect,
    plan: (wish) => survey(wanting(run, wish)),
    apply: (wish, seen) => apply(wanting(run, wish), seen),
    undo: (events) => undo(run, events),
    clear: () => clear(run, database),
  };
}

/** The run as it would be if the entities described the wish. */
function wanting(run: Run, { schema, tables }: Wish): Run {
  const own = splitLogTables(run.desired.schema, run.log.tables).own;
  const desired = { ...schema, tables: { ...schema.tables, ...own.tables } };
  const problems = [...findProblems(schema, run.dialect), ...findCollisions(schema, run.dialect)];
  return {
    ...run,
    desired: { ...run.desired, schema: desired, problems },
    options: { ...run.options, ...(tables && { tables }) },
  };
}

async function apply(run: Run, seen: Survey): Promise<EventPayload[]> {
  await ensureLog(run, seen.desired.own, seen.logSchema);
  const context = await openContext(run, seen);
  await beginRun(run, seen, context);
  const start = context.journal.head()?.version ?? 0;
  await applyPlan(seen.plan, context, { ...run, lock: { isHeld: () => Promise.resolve(true) } });
  const payloads = (await run.events.readRows()).map(readPayload);
  return payloads.filter(({ version, event }) => version > start && event === 'applied');
}

async function undo(run: Run, events: readonly EventPayload[]): Promise<void> {
  const seen = await survey(run);
  const context: StepContext = { ...(await openContext(run, seen)), source: 'rollback' };
  for (const [at, step] of undoSteps(events, 'rollback').entries()) {
    try {
      await runStep(step, at, context);
    } catch (error) {
      throw new Error(`undo: ${step.summary}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}

/** Plans and applies; throws where the plan is blocked. */
export async function migrateSchema(
  bench: SchemaBench,
  wish: Wish,
): Promise<{ plan: PlanFile; events: readonly EventPayload[] }> {
  const seen = await bench.plan(wish);
  if (seen.plan.blocked.length > 0)
    throw new Error(`blocked: ${seen.plan.blocked.map(({ message }) => message).join('; ')}`);
  return { plan: seen.plan, events: await bench.apply(wish, seen) };
}

/** Nothing here is about surviving a power cut. */
async function beQuick({ session }: Run, database: TestDatabase): Promise<void> {
  if (database.kind !== 'sqlite') return;
  await session.run('pragma synchronous = off');
  await database.query('pragma synchronous = off');
}

async function clear(run: Run, database: TestDatabase): Promise<void> {
  await removers[database.kind](run);
  const { own } = splitLogTables(await run.dialect.inspect(run.session, {}), run.log.tables);
  for (const name of Object.keys(own.tables)) await run.session.run(`delete from ${quoteName(database.kind, name)}`);
}

const removers: { readonly [K in TestDatabase['kind']]: (run: Run) => Promise<void> } = {
  sqlite: async ({ session }) => {
    const [before] = await session.query<{ foreign_keys: number }>('pragma foreign_keys');
    await session.run('pragma foreign_keys = off');
    const rows = await session.query<{ type: string; name: string }>(
      "select type, name from sqlite_master where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by type desc",
    );
    for (const { type, name } of rows.filter(({ name }) => !logTables.includes(name)))
      await session.run(`drop ${type} ${quoteName('sqlite', name)}`);
    await session.run(`pragma foreign_keys = ${before?.foreign_keys ?? 0}`);
  },
  postgresql: async ({ session }) => {
    const rows = await session.query<{ name: string; kind: string }>(
      "select relname as name, relkind as kind from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')",
    );
    const types = await session.query<{ name: string }>(
      "select typname as name from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'",
    );
    const mine = rows.filter(({ name }) => !logTables.includes(name));
    for (const { name, kind } of mine.toSorted((a, b) => (a.kind < b.kind ? 1 : -1)))
      await session.run(`drop ${kind === 'v' ? 'view' : 'table'} if exists ${quoteName('postgresql', name)} cascade`);
    for (const { name } of types) await session.run(`drop type ${quoteName('postgresql', name)} cascade`);
  },
  mariadb: removeMysql,
  mysql: removeMysql,
};

async function removeMysql({ session }: Run): Promise<void> {
  const rows = await session.query<{ name: string; type: string }>(
    'select table_name as name, table_type as type from information_schema.tables where table_schema = database()',
  );
  const mine = rows.filter(({ name }) => !logTables.includes(name));
  const names = (type: string) =>
    mine
      .filter((row) => row.type === type)
      .map(({ name }) => quoteName('mysql', name))
      .join(', ');
  await session.run('set foreign_key_checks = 0');
  if (names('VIEW')) await session.run(`drop view ${names('VIEW')}`);
  if (names('BASE TABLE')) await session.run(`drop table ${names('BASE TABLE')}`);
  await session.run('set foreign_key_checks = 1');
}
