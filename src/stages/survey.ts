import { estimateSizes, findFilledTables } from '../check/estimate.ts';
import { preCheck } from '../check/pre-check.ts';
import { compareSchemas, type Comparison } from '../diff/compare.ts';
import type { Renames } from '../diff/index.ts';
import { retryWhileLocked } from '../dialects/retry-while-locked.ts';
import { ownership } from '../history/ownership.ts';
import { compareReleases, currentRelease, type Standing } from '../history/release.ts';
import { isKeptByHash } from '../inspect/desired-problems.ts';
import { tablesOf } from '../operations/index.ts';
import { buildPlan } from '../plan/build.ts';
import type { BackfillSource } from '../plan/expand.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { defaultDecisions, withholdReason, type Policy } from '../review/policy.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import { sqlFor } from '../schema/sql-by-dialect.ts';
import { readState, splitLogTables, type DatabaseState } from './read-state.ts';
import type { Run } from './run.ts';
import { entryOf } from '../schema/entry-of.ts';

/** Everything a look at the database tells: its state, how this release stands to it, and the plan. Writes nothing. */
export interface Survey extends DatabaseState {
  readonly desired: ReturnType<typeof splitLogTables>;
  readonly standing: Standing;
  readonly comparison: Comparison;
  readonly plan: PlanFile;
}

/** Inspect → diff → plan → check. Tries again where others keep a table for themselves. */
export function survey(run: Run): Promise<Survey> {
  const { session, dialect, emit, signal, options } = run;
  return retryWhileLocked(() => look(run), {
    session,
    dialect,
    emit,
    signal,
    budget: options.lock.statementWait,
    tables: [],
    target: 'the tables to look at',
  });
}

async function look(run: Run): Promise<Survey> {
  const { session, dialect, options } = run;
  const state = await readState(run);
  const desired = splitLogTables(run.desired.schema, run.log.tables);
  const release = currentRelease(run.lockFile, dialect.name, fingerprint(desired.rest));
  const standing = compareReleases(release, state.log, run.lockFile);
  const isOurs = ownership(state.log.owned);
  const comparison = await compareSchemas({
    session,
    dialect,
    desired: desired.rest,
    actual: state.actual,
    spellings: state.log.spellings,
    isOurs,
    renames: renamesOf(run),
  });
  const { changes } = comparison.difference;
  const estimates = await estimateSizes(session, dialect, changes, state.actual);
  const filled = await findFilledTables(session, dialect, changes, state.actual);
  const policy: Policy = {
    decisions: { ...defaultDecisions, ...options.policy },
    rebuildBelow: options.rebuildBelow,
    allowDestructive: run.flags.allowDestructive === true,
  };
  const plan = buildPlan({
    dialect,
    server: run.connection.describe.server,
    database: run.connection.describe.database,
    release: release.id,
    desired: desired.rest,
    actual: state.actual,
    difference: comparison.difference,
    estimates,
    backfillFor: backfillsOf(run),
    hasRows: (table) => filled.has(table),
    withhold: ({ operation, class: changeClass }) => {
      const rewrites =
        changeClass === 'rebuilding' || dialect.traits.rebuilds.has(operation.kind) || rewritesRows(run, operation);
      return withholdReason({ operation, class: changeClass, rewrites }, policy, estimates);
    },
    problems: run.desired.problems
      .filter((problem) => !isKeptByHash(problem, state.actual))
      .map(({ code, message }) => ({ code, message })),
  });
  const violations = await preCheck(session, dialect, plan.steps, state.actual);
  return { ...state, desired, standing, comparison, plan: { ...plan, blocked: [...plan.blocked, ...violations] } };
}

/** True when nothing is left to do: no step, nothing blocked, nothing in doubt, and the last run for this release ended well. */
export function isSettled({ plan, log, standing }: Survey): boolean {
  if (log.lastEvent !== 'verified') return false;
  return plan.steps.length === 0 && plan.blocked.length === 0 && log.open.length === 0 && standing.kind === 'same';
}

function rewritesRows({ dialect }: Run, operation: PlanFile['steps'][number]['operation']): boolean {
  return (
    operation.kind === 'changeType' &&
    tablesOf(operation).length > 0 &&
    dialect.types.change(operation.from, operation.to).rewrites
  );
}

/** The renames that the options declare. */
export function renamesOf({ options }: Pick<Run, 'options'>): Renames {
  const tables = Object.entries(options.tables).flatMap(([name, { renamedFrom }]) =>
    renamedFrom === undefined ? [] : [[name, renamedFrom] as const],
  );
  const columns = Object.entries(options.tables).map(([name, table]) => {
    const renamed = Object.entries(table.columns ?? {}).flatMap(([column, { renamedFrom }]) =>
      renamedFrom === undefined ? [] : [[column, renamedFrom] as const],
    );
    return [name, Object.fromEntries(renamed)] as const;
  });
  return { tables: Object.fromEntries(tables), columns: Object.fromEntries(columns) };
}

/** What the options say a NULL is to become on a database. */
export function backfillsOf({
  options,
  dialect,
}: Pick<Run, 'options'> & { readonly dialect: Pick<Run['dialect'], 'name'> }): BackfillSource {
  return (table, column) => {
    const source = entryOf(entryOf(options.tables, table)?.columns, column)?.backfill;
    if (!source) return undefined;
    if ('value' in source)
      return { value: typeof source.value === 'object' ? JSON.stringify(source.value) : source.value };
    const sql = sqlFor(dialect.name, source.sql);
    return sql === undefined ? undefined : { sql };
  };
}
