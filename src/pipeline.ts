import type { StepContext } from './apply/run-step.ts';
import { settleOpenSteps } from './apply/settle.ts';
import type { HeldLock } from './dialects/dialect.ts';
import { MigrateError } from './errors.ts';
import { failpoint } from './events/failpoint.ts';
import type { PlanFile } from './plan/plan-file.ts';
import { summarizePlan } from './plan/summarize.ts';
import { applyPlan } from './stages/apply-plan.ts';
import { applyAdoption, previewAdoption, type AdoptReport } from './stages/apply-adoption.ts';
import { planAdoption, type AdoptRequest } from './stages/plan-adoption.ts';
import { beginRun, openContext } from './stages/begin-run.ts';
import { endRun, logVerified, type RunReport } from './stages/end-run.ts';
import { ensureLog } from './stages/ensure-log.ts';
import { withState } from './stages/explain-failure.ts';
import { withRun } from './stages/open-run.ts';
import {
  refuseBlindLook,
  refuseIfBlocked,
  refuseIfStrict,
  refuseUnreviewed,
  refuseUnfitServer,
  standsBack,
  warnOfDamage,
} from './stages/refuse.ts';
import type { Job, Run } from './stages/run.ts';
import { isSettled, survey, type Survey } from './stages/survey.ts';
import { takeLock } from './stages/take-lock.ts';
import { verifyRun } from './stages/verify-run.ts';
import type { Verification } from './verify/queries.ts';

export type { AdoptReport } from './stages/apply-adoption.ts';
export type { AdoptRequest } from './stages/plan-adoption.ts';
export type { RunReport } from './stages/end-run.ts';
export type { Flags, Job } from './stages/run.ts';

/** Brings the database to the models: survey → lock → settle → survey again → apply → verify. */
export async function migrate(job: Job): Promise<RunReport> {
  return withRun(job, async (run) => {
    run.emit({ kind: 'runStarted', ...run.connection.describe });
    // While another process is at work a look may fail; under the lock it may not.
    const early = await survey(run).catch(() => undefined);
    const end = early && (await endEarly(run, early));
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

/** Takes over an existing database: says which part of it is ours, and imports the history of another tool. */
export async function adopt(job: Job, request: AdoptRequest): Promise<AdoptReport> {
  return withRun(job, async (run) => {
    run.emit({ kind: 'runStarted', ...run.connection.describe });
    await refuseBlindLook(run);
    if (request.dryRun) return previewAdoption(await planAdoption(run, await survey(run), request));
    await refuseUnfitServer(run);
    const lock = await takeLock(run);
    try {
      const seen = await surveySettled(run);
      return await applyAdoption(run, seen, await planAdoption(run, seen, request));
    } finally {
      await lock.release().catch(() => undefined);
    }
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
  if (standsBack(run, seen)) return endRun(run, seen, { status: 'older', applied: 0, plan });
  if (!isSettled(seen)) return undefined;
  if (plan.withheld.length + plan.notOurs.length > 0) run.emit({ kind: 'planned', plan: summarizePlan(plan) });
  const verification = run.flags.strict ? await verifyRun(run, seen) : undefined;
  if (verification) refuseIfStrict(run, verification);
  return endRun(run, seen, { status: 'nothing', applied: 0, plan, ...(verification && { verification }) });
}
