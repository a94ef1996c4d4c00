import type { StepContext } from './apply/run-step.ts';
import { settleOpenSteps } from './apply/settle.ts';
import type { HeldLock } from './dialects/dialect.ts';
import { MigrateError } from './errors.ts';
import { failpoint } from './events/failpoint.ts';
import type { PlanFile } from './plan/plan-file.ts';
import { summarizeRollback } from './plan/summarize-rollback.ts';
import { summarizePlan } from './plan/summarize.ts';
import { applyPlan } from './stages/apply-plan.ts';
import { beginRun, openContext } from './stages/begin-run.ts';
import { endRun, logVerified, type RunReport } from './stages/end-run.ts';
import { ensureLog } from './stages/ensure-log.ts';
import { withState } from './stages/explain-failure.ts';
import { withRun } from './stages/open-run.ts';
import { readRows } from './stages/read-history.ts';
import { splitLogTables } from './stages/read-state.ts';
import {
  refuseBlindLook,
  refuseIfBlocked,
  refuseIfStrict,
  refuseUnreviewed,
  refuseUnfitServer,
  standsBack,
  warnOfDamage,
} from './stages/refuse.ts';
import { independentOfModels } from './stages/rollback/independent-of-models.ts';
import { planRollback } from './stages/rollback/plan-rollback.ts';
import { refuseEarly, warnOfDoubt } from './stages/rollback/refuse-rollback.ts';
import { rollBackUnderLock, type RollbackReport } from './stages/rollback/roll-back.ts';
import type { RollbackAsk } from './stages/rollback/rollback-ask.ts';
import type { Job, Run } from './stages/run.ts';
import { isSettled, survey, type Survey } from './stages/survey.ts';
import { takeLock } from './stages/take-lock.ts';
import { verifyRun } from './stages/verify-run.ts';
import type { Verification } from './verify/queries.ts';

export type { RunReport } from './stages/end-run.ts';
export type { RollbackReport } from './stages/rollback/roll-back.ts';
export type { RollbackAsk } from './stages/rollback/rollback-ask.ts';
export type { Flags, Job } from './stages/run.ts';

/** Brings the database to the models: survey → lock → settle → survey again → apply → verify. */
export async function migrate(job: Job): Promise<RunReport> {
  return withRun(job, async (run) => {
    run.emit({ kind: 'runStarted', ...run.connection.describe });
    // While another process is at work a look may fail; under the lock it may not.
    const early = await survey(run).catch(() => undefined);
    // What a killed rollback left open is settled under the lock, even where nothing else is done.
    const isInDoubt = early?.standing.kind === 'ahead' && early.log.open.length > 0;
    const end = early && !isInDoubt && (await endEarly(run, early));
    if (end) return end;
    await refuseUnfitServer(run);
    const lock = await takeLock(run);
    try {
      await failpoint('locked');
      return await migrateUnderLock(run, lock);
    } finally {
      await lock.release().catch(() => undefined);
    }
  });
}

/** The plan for a database, and everything that was seen while making it. Writes nothing, takes no lock. */
export async function planOnly(job: Job): Promise<Survey> {
  return withRun(job, async (run) => {
    await refuseBlindLook(run);
    return survey(run);
  });
}

/** Takes back what the log says was done, by the log alone: plan → lock → settle → plan again → take back → compare. */
export async function rollback(job: Job, request: RollbackAsk): Promise<RollbackReport> {
  return withRun(job, async (opened) => {
    const run = independentOfModels(opened, await readRows(opened));
    run.emit({ kind: 'runStarted', ...run.connection.describe });
    const early = await planRollback(run, request.selection);
    warnOfDamage(run, early);
    warnOfDoubt(run, early);
    run.emit({ kind: 'rollbackPlanned', plan: summarizeRollback(early.plan) });
    if (!request.yes) return { status: 'planned', takenBack: 0, plan: early.plan };
    refuseEarly(early, request);
    await refuseUnfitServer(run);
    const lock = await takeLock(run);
    try {
      await failpoint('locked');
      await ensureLog(run, splitLogTables(opened.desired.schema, run.log.tables).own, early.logSchema);
      return await rollBackUnderLock({ ...run, lock }, early, request);
    } finally {
      await lock.release().catch(() => undefined);
    }
  });
}

/** Is the next plan empty, do the critical queries work, is the log intact? Writes nothing. */
export async function verifyOnly(job: Job): Promise<{ readonly survey: Survey; readonly verification: Verification }> {
  return withRun(job, async (run) => {
    await refuseBlindLook(run);
    const seen = await survey(run);
    const verification = await verifyRun(run, seen);
    refuseIfStrict(run, verification);
    return { survey: seen, verification };
  });
}

async function migrateUnderLock(run: Run, lock: HeldLock): Promise<RunReport> {
  const seen = await surveySettled(run);
  const end = await endEarly(run, seen);
  if (end) return end;
  const { plan } = seen;
  refuseIfBlocked(plan);
  refuseUnreviewed(run, plan);
  run.emit({ kind: 'planned', plan: summarizePlan(plan) });
  const context = await withState(run, `0 of ${plan.steps.length} changes applied; nothing half-done`, () =>
    startRun(run, seen),
  );
  const applied = await applyPlan(plan, context, { ...run, lock });
  return withState(run, `${applied} of ${applied} changes applied; nothing half-done`, () =>
    proveDone(run, plan, context),
  );
}

/** The log's tables, and the first events of the run in them. */
async function startRun(run: Run, seen: Survey): Promise<StepContext> {
  await ensureLog(run, seen.desired.own, seen.logSchema);
  const context = await openContext(run, seen);
  await beginRun(run, seen, context);
  return context;
}

/** The next plan is empty and the critical queries work. */
async function proveDone(run: Run, plan: PlanFile, context: StepContext): Promise<RunReport> {
  const after = await survey(run);
  if (after.plan.steps.length > 0)
    throw new MigrateError('NOT_CONVERGED', { left: after.plan.steps.map(({ summary }) => summary) });
  const verification = await verifyRun(run, after);
  const head = await logVerified(run, after, verification, context.journal);
  refuseIfStrict(run, verification);
  return endRun(run, after, { status: 'done', applied: plan.steps.length, plan, verification, ...(head && { head }) });
}

/** What is seen once the steps that a crash left open are settled. */
async function surveySettled(run: Run): Promise<Survey> {
  const seen = await survey(run);
  warnOfDamage(run, seen);
  if (seen.log.open.length === 0) return seen;
  await settleOpenSteps(seen.log.open, await openContext(run, seen));
  return survey(run);
}

/** Ends a run that has nothing to do, or no business here; `undefined` where there is work. */
async function endEarly(run: Run, seen: Survey): Promise<RunReport | undefined> {
  const { plan } = seen;
  const back = standsBack(run, seen);
  if (back) return endRun(run, seen, { status: back, applied: 0, plan });
  if (!isSettled(seen)) return undefined;
  if (plan.withheld.length + plan.notOurs.length > 0) run.emit({ kind: 'planned', plan: summarizePlan(plan) });
  const verification = run.flags.strict ? await verifyRun(run, seen) : undefined;
  if (verification) refuseIfStrict(run, verification);
  return endRun(run, seen, { status: 'nothing', applied: 0, plan, ...(verification && { verification }) });
}
