import { setImmediate as nextTurn } from 'node:timers/promises';
import { estimateSizes, findFilledTables } from '../check/estimate.ts';
import { preCheck, type PreChecked } from '../check/pre-check.ts';
import { tryBackfills } from '../check/try-backfills.ts';
import { compareSchemas, type Comparison } from '../diff/compare.ts';
import type { Renames } from '../diff/index.ts';
import { retryWhileLocked } from '../dialects/retry-while-locked.ts';
import { madeByBegun } from '../history/made-by-begun.ts';
import { ownership } from '../history/ownership.ts';
import { withoutAdditions } from '../history/without-additions.ts';
import { compareReleases, currentRelease, type Standing } from '../history/release.ts';
import { isKeptByHash } from '../inspect/desired-problems.ts';
import { applyOperation, tablesOf } from '../operations/index.ts';
import { asked, buildPlan } from '../plan/build.ts';
import type { Blocked, PlanFile } from '../plan/plan-file.ts';
import { defaultDecisions, withholdReason, type Policy } from '../review/policy.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import type { Schema } from '../schema/schema.ts';
import type { Repair } from '../sequence/find-repairs.ts';
import { noFiles, type SequenceState } from '../sequence/compare-with-log.ts';
import { fileProblems } from './files/refuse-files.ts';
import { planPending } from './files/plan-pending.ts';
import { planRepairs, readRepairs } from './files/read-repairs.ts';
import { readSequence } from './files/read-sequence.ts';
import { backfillsFor } from './backfills.ts';
import { readState, splitLogTables, type DatabaseState } from './read-state.ts';
import type { Run } from './run.ts';

/** What is known before anything is compared. */
export interface Glance extends DatabaseState {
  readonly desired: ReturnType<typeof splitLogTables>;
  readonly standing: Standing;
  readonly sequence: SequenceState;
  /** An empty database without a log: the models build it in one go. */
  readonly isFresh: boolean;
}

/** Everything a look at the database tells: its state, how this release stands to it, and the plan. Writes nothing. */
export interface Survey extends Glance {
  readonly comparison: Comparison;
  readonly plan: PlanFile;
  /** With `--force-sync`: what is missing of files that are done. */
  readonly repairs: readonly Repair[];
}

/**
 * Inspect → diff → plan → check. Tries again where others keep a table for themselves. Without the migration files where
 * they may not be readable yet: those of another tool, before its history is taken over.
 */
export function survey(run: Run, { ignoresFiles = false }: { readonly ignoresFiles?: boolean } = {}): Promise<Survey> {
  return looking(run, async () => compareAndPlan(run, await look(run, ignoresFiles)));
}

/** The same without comparing and planning, which is in vain where files have to run first. */
export function glance(run: Run): Promise<Glance> {
  return looking(run, () => look(run, false));
}

function looking<Result>(run: Run, work: () => Promise<Result>): Promise<Result> {
  const { session, dialect, emit, signal, options } = run;
  const waiting = { budget: options.lock.statementWait, tables: [], target: 'the tables to look at' };
  return retryWhileLocked(work, { session, dialect, emit, signal, ...waiting });
}

async function look(run: Run, ignoresFiles: boolean): Promise<Glance> {
  const reading = readState(run);
  // They are read while the server answers; what goes wrong with them is told when they are asked for.
  if (!ignoresFiles)
    void nextTurn()
      .then(run.files)
      .catch(() => undefined);
  const state = await reading;
  const desired = splitLogTables(run.desired.schema, run.log.tables);
  const release = currentRelease(run.lockFile, run.dialect.name, fingerprint(desired.rest));
  const standing = compareReleases(release, state.log, run.lockFile);
  const sequence = ignoresFiles ? noFiles : await readSequence(run, state.log);
  const isFresh = isBuiltByModels(run, state, desired.rest);
  return { ...state, desired, standing, sequence, isFresh };
}

/** Diff → plan → check, of what a glance saw. */
export function surveyFrom(run: Run, seen: Glance): Promise<Survey> {
  return looking(run, () => compareAndPlan(run, seen));
}

/** So many files take this process as long as the server takes for its first look at some tables. */
const many = 50;

async function compareAndPlan(run: Run, seen: Glance): Promise<Survey> {
  const { session, dialect, options } = run;
  const { desired, standing, sequence, isFresh, ...state } = seen;
  const { release } = standing;
  const around = { ...state, desired: desired.rest, sequence };
  const repairs = await readRepairs(run, around);
  const repairing = await planRepairs(run, repairs, around);
  if (sequence.pending.length >= many) void dialect.warmLooks?.(session).catch(() => undefined);
  const before = await planPending(run, { ...around, isFresh });
  const isOurs = ownership(
    before.steps.flatMap(({ operation }) => withoutAdditions(operation)).reduce(applyOperation, state.log.owned),
  );
  const comparison = await compareSchemas({
    session,
    dialect,
    desired: desired.rest,
    actual: before.schema,
    spellings: state.log.spellings,
    isOurs,
    renames: { ...renamesOf(run), asksOfStrangers: run.flags.isAttended === true },
  });
  const { changes } = comparison.difference;
  const estimates = await estimateSizes(
    session,
    dialect,
    [...before.steps.map(({ operation }) => operation), ...changes],
    state.actual,
  );
  const filled = await findFilledTables(session, dialect, changes, state.actual);
  const policy: Policy = {
    decisions: { ...defaultDecisions, ...options.policy },
    rebuildBelow: options.rebuildBelow,
    allowDestructive: run.flags.allowDestructive === true,
    leftOut: new Set(run.flags.leftOut),
    included: new Set(run.flags.included),
  };
  const plan = buildPlan({
    dialect,
    server: run.connection.describe.server,
    database: run.connection.describe.database,
    release: release.id,
    desired: desired.rest,
    actual: before.schema,
    difference: comparison.difference,
    estimates,
    backfillFor: backfillsFor(run, desired.rest),
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
  const isBegun = madeByBegun(state.log);
  const steps = [...before.steps, ...plan.steps];
  // Rows cannot be asked about a schema that nobody knows yet.
  const isAsked = !before.provisional && before.blocked.length === 0;
  const violations = isAsked ? await preCheck(session, dialect, steps, state.actual) : unasked;
  const unfit = isAsked ? await tryBackfills(session, dialect, steps, state.actual) : unasked;
  const questions = [...before.questions, ...(plan.questions ?? []), ...violations.questions, ...unfit.questions];
  return {
    ...seen,
    comparison,
    repairs,
    plan: {
      ...plan,
      notOurs: plan.notOurs.filter((object) => !isBegun(object)),
      ...(before.provisional && { provisional: true as const }),
      ...(repairing.length + before.files.length > 0 && { files: [...repairing, ...before.files] }),
      blocked: [
        ...sequenceProblems(standing, sequence, run.flags),
        ...before.blocked,
        ...plan.blocked,
        ...violations.blocked,
        ...unfit.blocked,
      ],
      ...asked(questions),
    },
  };
}

const unasked: PreChecked = { blocked: [], questions: [] };

/** Files that must be seen to before anything runs; a newer database may know files that this release does not have. */
function sequenceProblems({ kind }: Standing, sequence: SequenceState, flags: Run['flags']): readonly Blocked[] {
  return kind === 'older' ? [] : fileProblems(sequence, flags).map(({ code, message }) => ({ code, message }));
}

/** Nobody has made anything yet, and the models may make everything. */
function isBuiltByModels({ options }: Run, { actual, rows }: DatabaseState, desired: Schema): boolean {
  const isEmpty = Object.keys(actual.tables).length + Object.keys(actual.views).length === 0;
  // A run that was killed while it noted the files, or whose first change failed, has made nothing either.
  const isUntouched = rows.every(({ event }) => event === 'run' || event === 'skipped' || event === 'failed');
  return isUntouched && isEmpty && options.models === 'apply' && Object.keys(desired.tables).length > 0;
}

/** True when nothing is left to do: no step, nothing blocked, nothing in doubt, and the last run for this release ended well. */
export function isSettled({ plan, log, standing, sequence, repairs }: Survey): boolean {
  const left = sequence.pending.length + sequence.repeating.length + repairs.length;
  if (log.lastEvent !== 'verified' || left > 0) return false;
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
