import { preCheck } from '../../check/pre-check.ts';
import { evaluateRows } from '../../check/rollback-losses.ts';
import { findObstacles } from '../../check/rollback-obstacles.ts';
import { retryWhileLocked } from '../../dialects/retry-while-locked.ts';
import type { EventPayload } from '../../history/event.ts';
import { liveChanges, type LiveChange } from '../../history/live-changes.ts';
import { restoreRelease, type RestoredRelease } from '../../history/restored-release.ts';
import type { RollbackRequest } from '../../history/rollback-request.ts';
import { selectRollback } from '../../history/rollback-selection.ts';
import { readPayload } from '../../history/state.ts';
import { wayBack, type WayBack } from '../../history/way-back.ts';
import { partsOf } from '../../operations/alter-table.ts';
import { tablesOf, undoOperation, type Operation } from '../../operations/index.ts';
import type { Blocked } from '../../plan/plan-file.ts';
import { hashRollback, type RollbackPlan } from '../../plan/rollback-plan.ts';
import { writeRollback, type Undoing } from '../../plan/rollback-steps.ts';
import { readState, type DatabaseState } from '../read-state.ts';
import { describeChange } from './describe-change.ts';
import { findCode, type CodeBack } from './find-code.ts';
import type { Run } from '../run.ts';

/** A rollback evaluated on the database as it is, and everything that was seen while making it. */
export interface RollbackSurvey extends DatabaseState {
  readonly payloads: readonly EventPayload[];
  readonly restored: RestoredRelease;
  readonly plan: RollbackPlan;
  /** Code that takes changes back, and what of it has run before, by the version of the event. */
  readonly codes: ReadonlyMap<number, CodeBack & { readonly done: readonly EventPayload[] }>;
  /** Tables that the plan touches, as far as that is known. */
  readonly tables: readonly string[];
  /** Nothing that came after the target stays: the state of then comes back. */
  readonly reachesTarget: boolean;
}

/** Reads the log, chooses, writes the way back and asks the rows. Writes nothing. Throws NOTHING_TO_ROLL_BACK. */
export function planRollback(run: Run, request: RollbackRequest): Promise<RollbackSurvey> {
  const { session, dialect, emit, signal, options } = run;
  return retryWhileLocked(() => look(run, request), {
    session,
    dialect,
    emit,
    signal,
    budget: options.lock.statementWait,
    tables: [],
    target: 'the tables to look at',
  });
}

async function look(run: Run, request: RollbackRequest): Promise<RollbackSurvey> {
  const state = await readState(run);
  const payloads = state.rows.map(readPayload);
  const { changes, target, problems, choices } = selectRollback(payloads, request);
  const found = await findCode(run, changes, payloads);
  const ways = changes.map((change) => ({ change, way: wayBack(change, found.get(change.event.version)) }));
  const undoings = ways.map(undoingOf);
  const { placed, blocked, unclear } = writeRollback(undoings, state.actual, run.dialect);
  const rows = await evaluateRows(run.session, run.dialect, { placed, actual: state.actual });
  const real = placed.filter(({ presumed }) => !presumed);
  const steps = real.map(({ step }) => step);
  const isReal = ({ step: id }: Blocked): boolean => steps.some((step) => step.id === id);
  const split = splitSteps(payloads, changes);
  const restored = restoreRelease(payloads, { target, ...split });
  const reachesTarget = split.kept.every(({ version }) => version <= target);
  const draft: Omit<RollbackPlan, 'hash'> = {
    format: 1,
    dialect: run.dialect.name,
    server: run.connection.describe.server,
    database: run.connection.describe.database,
    head: state.log.head?.version ?? 0,
    target,
    release: restored.release?.id ?? null,
    releaseNow: state.log.release?.id ?? null,
    withdrawn: restored.withdrawn,
    changes: ways.map(({ change, way }) => describeChange(change, way, { placed, unclear, losses: rows.losses })),
    blocked: [
      ...problems.map((message) => ({ code: 'ROLLBACK_IMPOSSIBLE', message })),
      ...ways.flatMap(impossible),
      ...blocked,
      ...findObstacles(real, run.dialect),
      ...rows.blocked.filter(isReal),
      ...(await preCheck(run.session, run.dialect, steps, state.actual)).blocked,
    ],
    ...(choices.length > 0 && { choices }),
  };
  const touching = undoings.flatMap(({ operations, effects = [] }) => [...operations, ...effects]);
  const tables = touching.flatMap(partsOf).flatMap(tablesOf);
  const plan = { ...draft, hash: hashRollback(draft) };
  return { ...state, payloads, restored, reachesTarget, plan, codes: codesOf(ways, found), tables };
}

function codesOf(ways: readonly Way[], found: Awaited<ReturnType<typeof findCode>>): RollbackSurvey['codes'] {
  const running = ways.flatMap(({ change, way }) => {
    const code = way.kind === 'code' ? found.get(change.event.version)?.code : undefined;
    return code ? [[change.event.version, { ...code, done: change.codeParts }] as const] : [];
  });
  return new Map(running);
}

interface Way {
  readonly change: LiveChange;
  readonly way: WayBack;
}

function undoingOf({ change: { event, steps }, way }: Way): Undoing {
  const operations = way.kind === 'operations' ? way.operations : [];
  const byCode = way.kind === 'code';
  const effects = byCode || operations.some(({ kind }) => kind === 'rawSql') ? derivedUndos(steps) : undefined;
  const undoing = { undoes: event.version, migration: event.migration, operations };
  return { ...undoing, ...(byCode && { byCode }), ...(effects && { effects }) };
}

/** What SQL of an author's is expected to take back: what the SQL before it was seen to do. */
function derivedUndos(steps: readonly EventPayload[]): readonly Operation[] {
  const done = steps.flatMap(({ derived, operation }) => derived ?? (operation ? [operation] : []));
  return done
    .toReversed()
    .map(undoOperation)
    .flatMap((undo) => (undo.restores === 'nothing' ? [] : [undo.operation]));
}

function impossible({ change: { event }, way }: Way): Blocked[] {
  if (way.kind !== 'impossible') return [];
  return [{ code: 'ROLLBACK_IMPOSSIBLE', message: `version ${event.version} ("${event.summary}"): ${way.because}` }];
}

function splitSteps(payloads: readonly EventPayload[], changes: readonly LiveChange[]) {
  const taken = changes.flatMap(({ steps }) => steps);
  const gone = new Set(taken.map(({ version }) => version));
  const kept = liveChanges(payloads).flatMap(({ steps }) => steps.filter(({ version }) => !gone.has(version)));
  return { taken, kept };
}
