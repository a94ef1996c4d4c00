import type { StepContext } from './apply/run-step.ts';
import { settleOpenSteps } from './apply/settle.ts';
import type { HeldLock } from './dialects/dialect.ts';
import { MigrateError } from './errors.ts';
import type { PlanFile } from './plan/plan-file.ts';
import { summarizeRollback } from './plan/summarize-rollback.ts';
import { summarizePlan } from './plan/summarize.ts';
import { applyPlan } from './stages/apply-plan.ts';
import { applyAdoption, previewAdoption, type AdoptReport } from './stages/apply-adoption.ts';
import { planAdoption, type AdoptRequest } from './stages/plan-adoption.ts';
import { beginRun, openContext } from './stages/begin-run.ts';
import { endRun, logVerified, type RunReport } from './stages/end-run.ts';
import { ensureLog } from './stages/ensure-log.ts';
import { applyFiles, applyRepairs, skipFiles } from './stages/files/apply-files.ts';
import { sortPending, type PendingFiles } from './stages/files/plan-pending.ts';
import { refuseFiles } from './stages/files/refuse-files.ts';
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
import { repairLog, type RepairReport, type RepairRequest } from './stages/repair.ts';
import { independentOfModels } from './stages/rollback/independent-of-models.ts';
import { planRollback } from './stages/rollback/plan-rollback.ts';
import { refuseEarly, warnOfDoubt } from './stages/rollback/refuse-rollback.ts';
import { rollBackUnderLock, type RollbackReport } from './stages/rollback/roll-back.ts';
import type { RollbackAsk } from './stages/rollback/rollback-ask.ts';
import type { Job, Run } from './stages/run.ts';
import { compareAndPlan, glance, isSettled, survey, type Survey } from './stages/survey.ts';
import { withLock } from './stages/take-lock.ts';
import { verifyRun } from './stages/verify-run.ts';
import type { Verification } from './verify/queries.ts';

export type { AdoptReport } from './stages/apply-adoption.ts';
export type { AdoptRequest } from './stages/plan-adoption.ts';
export type { RunReport } from './stages/end-run.ts';
export type { RollbackReport } from './stages/rollback/roll-back.ts';
export type { RollbackAsk } from './stages/rollback/rollback-ask.ts';
export type { Flags, Job } from './stages/run.ts';

/** Brings the database to the models: survey → lock → settle → survey again → apply → verify. */
export async function migrate(job: Job): Promise<RunReport> {
  return withRun(job, async (run) => {
    run.emit({ kind: 'runStarted', ...run.connection.describe });
    // While another process is at work a look may fail; under the lock it may not.
    const early = await lookEarly(run).catch(() => undefined);
    // What a killed rollback left open is settled under the lock, even where nothing else is done.
    const isInDoubt = early?.standing.kind === 'ahead' && early.log.open.length > 0;
    const end = early && !isInDoubt && (await endEarly(run, early));
    if (end) return end;
    await refuseUnfitServer(run);
    return withLock(run, (lock) => migrateUnderLock(run, lock));
  });
}

/** A survey, but where files have to run first: those are planned under the lock, once. */
async function lookEarly(run: Run): Promise<Survey | undefined> {
  const seen = await glance(run);
  const mayRun = seen.standing.kind !== 'older' && seen.standing.kind !== 'ahead';
  return mayRun && seen.sequence.pending.length > 0 && !seen.isFresh ? undefined : compareAndPlan(run, seen);
}

/** Appends to the log what a person decided about files that changed and statements in doubt. Changes nothing else. */
export async function repair(job: Job, request: RepairRequest): Promise<RepairReport> {
  return withRun(job, (run) => repairLog(run, request));
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
    return withLock(run, async (lock) => {
      await ensureLog(run, splitLogTables(opened.desired.schema, run.log.tables).own, early.logSchema);
      return rollBackUnderLock({ ...run, lock }, early, request);
    });
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
    if (request.dryRun)
      return previewAdoption(await planAdoption(run, await survey(run, { ignoresFiles: true }), request));
    await refuseUnfitServer(run);
    return withLock(run, async () => {
      const seen = await surveySettled(run, { ignoresFiles: true });
      return applyAdoption(run, seen, await planAdoption(run, seen, request));
    });
  });
}

async function migrateUnderLock(run: Run, lock: HeldLock): Promise<RunReport> {
  const seen = await surveySettled(run);
  const end = await endEarly(run, seen);
  if (end) return end;
  refuseIfBlocked(seen.plan);
  const pending = await sortPending(seen);
  if (pending.before.length === 0) refuseUnreviewed(run, seen.plan);
  run.emit({ kind: 'planned', plan: summarizePlan(seen.plan) });
  const untouched = `0 of ${seen.plan.steps.length} changes applied; nothing half-done`;
  const context = await withState(run, untouched, () => startRun(run, seen, pending));
  const work = { run: { ...run, lock }, seen };
  const repaired = await applyRepairs(seen.repairs, work, context);
  const files = await applyFiles({ ...work, files: pending.before }, context);
  const next =
    pending.before.length + seen.repairs.length === 0
      ? seen
      : await withState(run, `${files} changes of migration files applied; nothing half-done`, () =>
          surveyAgain(run, context),
        );
  const models = await applyPlan(next.plan, context, work.run);
  const applied = repaired + files + models + (await applyFiles({ ...work, files: pending.after }, context));
  return withState(run, `${applied} of ${applied} changes applied; nothing half-done`, () =>
    proveDone(run, { plan: next.plan, applied }, context),
  );
}

/** What the models ask for once the files have run: their plan was provisional until now. */
async function surveyAgain(run: Run, context: StepContext): Promise<Survey> {
  const seen = await survey(run);
  refuseIfBlocked(seen.plan);
  refuseUnreviewed(run, seen.plan);
  context.schema = seen.actual;
  context.spellings = [...context.spellings, ...seen.comparison.learned];
  if (seen.plan.steps.length > 0) run.emit({ kind: 'planned', plan: summarizePlan(seen.plan) });
  return seen;
}

/** The log's tables, and the first events of the run in them. */
async function startRun(run: Run, seen: Survey, { built, after }: PendingFiles): Promise<StepContext> {
  await ensureLog(run, seen.desired.own, seen.logSchema);
  const context = await openContext(run, seen);
  await beginRun(run, { ...seen, deferred: seen.isFresh ? after.map(({ name }) => name) : [] }, context);
  await skipFiles(built, 'the models build the database', context);
  return context;
}

/** The next plan is empty and the critical queries work. */
async function proveDone(
  run: Run,
  { plan, applied }: { readonly plan: PlanFile; readonly applied: number },
  context: StepContext,
): Promise<RunReport> {
  const after = await survey(run);
  if (after.plan.steps.length > 0)
    throw new MigrateError('NOT_CONVERGED', { left: after.plan.steps.map(({ summary }) => summary) });
  const verification = await verifyRun(run, after);
  const head = await logVerified(run, after, verification, context.journal);
  refuseIfStrict(run, verification);
  return endRun(run, after, { status: 'done', applied, plan, verification, ...(head && { head }) });
}

/** What is seen once the steps that a crash left open are settled. */
async function surveySettled(run: Run, how: Parameters<typeof survey>[1] = {}): Promise<Survey> {
  const seen = await survey(run, how);
  warnOfDamage(run, seen);
  if (seen.log.open.length === 0) return seen;
  await settleOpenSteps(seen.log.open, await openContext(run, seen));
  return survey(run, how);
}

/** Ends a run that has nothing to do, or no business here; `undefined` where there is work. */
async function endEarly(run: Run, seen: Survey): Promise<RunReport | undefined> {
  const { plan } = seen;
  const back = standsBack(run, seen);
  if (back) return endRun(run, seen, { status: back, applied: 0, plan });
  refuseFiles(run, seen.sequence);
  if (!isSettled(seen)) return undefined;
  if (plan.withheld.length + plan.notOurs.length > 0) run.emit({ kind: 'planned', plan: summarizePlan(plan) });
  const verification = run.flags.strict ? await verifyRun(run, seen) : undefined;
  if (verification) refuseIfStrict(run, verification);
  return endRun(run, seen, { status: 'nothing', applied: 0, plan, ...(verification && { verification }) });
}
