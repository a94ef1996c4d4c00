import { settleOpenSteps } from '../../apply/settle.ts';
import type { HeldLock } from '../../dialects/dialect.ts';
import { MigrateError } from '../../errors.ts';
import type { Head } from '../../history/chain.ts';
import { interruptedRollback } from '../../history/interrupted-rollback.ts';
import { readPayload } from '../../history/state.ts';
import { notBroughtBack, type RollbackPlan } from '../../plan/rollback-plan.ts';
import { summarizeRollback } from '../../plan/summarize-rollback.ts';
import { tellLateStop } from '../end-run.ts';
import { withRunId } from '../explain-failure.ts';
import { readState } from '../read-state.ts';
import type { Run } from '../run.ts';
import { schemaBeforeFrom } from '../schema-before.ts';
import { beginRollback, openRollback } from './begin-rollback.ts';
import { compareWithLog } from './compare-with-log.ts';
import { planRollback, type RollbackSurvey } from './plan-rollback.ts';
import { leaveOf, refuseChanged, refuseImpossible, refuseOther, refuseUnapproved } from './refuse-rollback.ts';
import type { RollbackAsk } from './rollback-ask.ts';
import { takeBack } from './take-back.ts';

/** What a rollback did and left. */
export interface RollbackReport {
  readonly status: 'planned' | 'rolledBack';
  readonly takenBack: number;
  readonly plan: RollbackPlan;
  readonly head?: Head;
  /** Absent where it wrote nothing to the log. */
  readonly runId?: string;
}

type LockedRun = Run & { readonly lock: HeldLock };

/** Settles what a crash left open, plans again, and takes back. `early` is the plan that was shown. */
export async function rollBackUnderLock(
  run: LockedRun,
  early: RollbackSurvey,
  request: RollbackAsk,
): Promise<RollbackReport> {
  const seen = await planSettled(run, request);
  if (!seen) return finish(run, { plan: { ...early.plan, changes: [] }, takenBack: 0 });
  const { plan, restored } = seen;
  if (plan.hash !== early.plan.hash) run.emit({ kind: 'rollbackPlanned', plan: summarizeRollback(plan) });
  refuseOther(plan, request);
  refuseImpossible(plan);
  refuseChanged(seen, early, request);
  refuseUnapproved(plan, leaveOf(request));
  const context = await openRollback(run, seen, restored.release?.id);
  await beginRollback(run, seen, context);
  const { run: runId } = context.journal.identity;
  return withRunId(run, runId, async () => {
    const takenBack = await takeBack(seen, context, run);
    await tellDifferences(run, seen);
    tellLateStop(run);
    return finish(run, { plan, takenBack, runId });
  });
}

/** The plan once nothing is in doubt; `undefined` where settling has shown that all of it is taken back. */
async function planSettled(run: Run, { selection }: RollbackAsk): Promise<RollbackSurvey | undefined> {
  const state = await readState(run);
  const { open, release } = state.log;
  const schemaBefore = schemaBeforeFrom(state.rows, run.events);
  if (open.length > 0) await settleOpenSteps(open, { ...(await openRollback(run, state, release?.id)), schemaBefore });
  if (open.some(({ source }) => source === 'rollback') && selection.kind === 'steps' && (await isFinished(run)))
    return undefined;
  try {
    return await planRollback(run, selection);
  } catch (error) {
    if (open.length > 0 && error instanceof MigrateError && error.code === 'NOTHING_TO_ROLL_BACK') return undefined;
    throw error;
  }
}

/** What was interrupted had been done: the steps that were asked for are those that it took back. */
async function isFinished({ events }: Run): Promise<boolean> {
  return interruptedRollback((await events.readRows()).map(readPayload)) === undefined;
}

async function tellDifferences(run: Run, seen: RollbackSurvey): Promise<void> {
  const differences = await compareWithLog(run, seen);
  if (differences.length === 0) return;
  const text = `the database differs from version ${seen.plan.target} of the log: ${differences.join('; ')}`;
  run.emit({ kind: 'noticed', level: 'warning', text });
}

async function finish(run: Run, done: Pick<RollbackReport, 'plan' | 'takenBack' | 'runId'>): Promise<RollbackReport> {
  const head = await run.events.readHead();
  await run.events.writeLock({ holder: null, progress: null });
  const ms = performance.now() - run.startedAt;
  const left = notBroughtBack(done.plan);
  const outcome = {
    status: 'rolledBack' as const,
    applied: done.takenBack,
    ms,
    ...(left.length > 0 && { notBroughtBack: left }),
    ...(head && { head }),
  };
  run.emit({ kind: 'runFinished', outcome });
  return { status: 'rolledBack', ...done, ...(head && { head }) };
}
