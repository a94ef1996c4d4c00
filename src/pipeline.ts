import type { StepContext } from './apply/run-step.ts';
import type { HeldLock } from './dialects/dialect.ts';
import { MigrateError } from './errors.ts';
import { countChanges, type PlanFile } from './plan/plan-file.ts';
import { summarizePlan } from './plan/summarize.ts';
import { applyPlan } from './stages/apply-plan.ts';
import { beginRun, openContext } from './stages/begin-run.ts';
import { endRun, logVerified, tellLateStop, type RunReport } from './stages/end-run.ts';
import { ensureLog } from './stages/ensure-log.ts';
import { openBatches, type Batches } from './stages/files/apply-batch.ts';
import { applyFiles, applyRepairs, skipFiles } from './stages/files/apply-files.ts';
import { sortPending, type PendingFiles } from './stages/files/plan-pending.ts';
import { refuseFiles } from './stages/files/refuse-files.ts';
import { countLosses } from './stages/count-losses.ts';
import { explainSteps } from './stages/explain-steps.ts';
import { withRunId, withState } from './stages/explain-failure.ts';
import { tellStart, withRun } from './stages/open-run.ts';
import { readLockHolders } from './stages/lock-holders.ts';
import {
  refuseBlindLook,
  refuseIfBlocked,
  refuseIfStrict,
  refuseUnreviewed,
  refuseUnfitServer,
  standsBack,
} from './stages/refuse.ts';
import { refuseOtherPlan, refuseUnseenSteps } from './stages/review.ts';
import type { Job, Run } from './stages/run.ts';
import { glance, isSettled, survey, surveyFrom, type Survey } from './stages/survey.ts';
import { tellOfStrangers } from './stages/tell-of-strangers.ts';
import { surveySettled } from './stages/survey-settled.ts';
import { withLock } from './stages/take-lock.ts';
import { verifyRun } from './stages/verify-run.ts';
import type { Verification } from './verify/queries.ts';

export type { RunReport } from './stages/end-run.ts';
export type { Flags, Job } from './stages/run.ts';

/** Brings the database to the models: survey → lock → settle → survey again → apply → verify. */
export async function migrate(job: Job): Promise<RunReport> {
  return withRun(job, async (run) => {
    tellStart(run);
    // While another process is at work a look may fail; under the lock it may not.
    const early = await lookEarly(run).catch(() => undefined);
    if (early) await tellOfStrangers(run, early);
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
  return mayRun && seen.sequence.pending.length > 0 && !seen.isFresh ? undefined : surveyFrom(run, seen);
}

/** The plan for a database, and everything that was seen while making it. Writes nothing, takes no lock. */
export async function planOnly(job: Job, how: Parameters<typeof survey>[1] = {}): Promise<Survey> {
  return withRun(job, async (run) => {
    await refuseBlindLook(run);
    const seen = await survey(run, how);
    await tellOfStrangers(run, seen);
    return seen;
  });
}

/** The same with what only a person wants to know: ways back and locks, who else is at work, where in the models a table comes from. */
export async function overview(job: Job): Promise<OverviewReport> {
  return withRun(job, async (run) => {
    await refuseBlindLook(run);
    const seen = await survey(run);
    await tellOfStrangers(run, seen);
    const holders = await readLockHolders(run, seen);
    const server = await run.dialect.readServer(run.session);
    const explained = explainSteps(seen.plan, { ...seen, dialect: run.dialect, server });
    const plan = await countLosses(run, explained, seen.actual);
    return { survey: { ...seen, plan }, origin: run.desired.origin, ...(holders && { holders }) };
  });
}

export interface OverviewReport {
  readonly survey: Survey;
  readonly origin: Run['desired']['origin'];
  /** Other sessions that hold locks, in words; absent where the server does not tell. */
  readonly holders?: readonly string[];
}

/** Paths of migration files that are still to run. Writes nothing. */
export async function pendingFiles(job: Job): Promise<readonly string[]> {
  return withRun(job, async (run) => (await glance(run)).sequence.pending.map(({ path }) => path));
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
  refuseOtherPlan(run, seen);
  refuseIfBlocked(seen.plan);
  const pending = await sortPending(seen);
  if (pending.before.length === 0) refuseUnreviewed(run, seen.plan);
  run.emit({ kind: 'planned', plan: summarizePlan(seen.plan) });
  const untouched = `0 of ${countChanges(seen.plan)} changes applied; nothing half-done`;
  const planned = { run: { ...run, lock }, seen, pending };
  const { context, batches } = await withState(run, untouched, () => startRun(planned));
  return withRunId(run, context.journal.identity.run, () => runPlan({ ...planned, batches }, context));
}

interface Planned {
  readonly run: Run & { readonly lock: HeldLock };
  readonly seen: Survey;
  readonly pending: PendingFiles;
}

/** Repairs, files, models, files that wait for them; then the proof that nothing is left. */
async function runPlan(
  { run, seen, pending, batches }: Planned & { readonly batches: Batches },
  context: StepContext,
): Promise<RunReport> {
  const work = { run, seen };
  const repaired = await applyRepairs(seen.repairs, work, context);
  const files = await applyFiles({ ...work, files: pending.before, batches }, context);
  const next =
    pending.before.length + seen.repairs.length === 0
      ? seen
      : await withState(run, `${files} changes of migration files applied; nothing half-done`, () =>
          surveyAgain(run, { shown: seen.plan, applied: repaired + files }, context),
        );
  const done = repaired + files;
  const within = { done, total: done + countChanges(next.plan) };
  const models = await applyPlan(next.plan, context, { ...run, within });
  const after = await applyFiles({ ...work, files: pending.after }, context);
  const applied = repaired + files + models + after;
  // A look under the lock tells for as long as nothing is done.
  const isSeen = next !== seen && models + pending.after.length === 0;
  return withState(run, `${applied} of ${applied} changes applied; nothing half-done`, async () =>
    proveDone(run, { plan: next.plan, applied, after: isSeen ? next : await survey(run) }, context),
  );
}

/** What the models ask for once the files have run: their plan was provisional until now. */
async function surveyAgain(
  run: Run,
  { shown, applied }: { readonly shown: PlanFile; readonly applied: number },
  context: StepContext,
): Promise<Survey> {
  const seen = await survey(run);
  refuseUnseenSteps(run, { shown, plan: seen.plan, applied });
  refuseIfBlocked(seen.plan);
  refuseUnreviewed(run, seen.plan);
  context.schema = seen.actual;
  context.spellings = [...context.spellings, ...seen.comparison.learned];
  if (seen.plan.steps.length > 0) run.emit({ kind: 'planned', plan: summarizePlan(seen.plan) });
  return seen;
}

/** The log's tables, and the first events of the run in them. */
async function startRun({ run, seen, pending }: Planned): Promise<{
  readonly context: StepContext;
  readonly batches: Batches;
}> {
  const { before, built, after } = pending;
  const context = await openContext(run, seen);
  const batches = openBatches({ files: before, run, seen }, context);
  // While the database makes them.
  batches.begin();
  await ensureLog(run, seen.desired.own, seen.logSchema);
  await beginRun(run, { ...seen, deferred: seen.isFresh ? after.map(({ name }) => name) : [] }, context);
  await skipFiles(built, 'the models build the database', context);
  return { context, batches };
}

/** The next plan is empty and the critical queries work. */
async function proveDone(
  run: Run,
  { plan, applied, after }: { readonly plan: PlanFile; readonly applied: number; readonly after: Survey },
  context: StepContext,
): Promise<RunReport> {
  if (after.plan.steps.length > 0)
    throw new MigrateError('NOT_CONVERGED', { left: after.plan.steps.map(({ summary }) => summary) });
  const verification = await verifyRun(run, after);
  const head = await logVerified(run, after, verification, context.journal);
  refuseIfStrict(run, verification);
  tellLateStop(run);
  const { run: runId } = context.journal.identity;
  return endRun(run, after, { status: 'done', applied, plan, verification, runId, ...(head && { head }) });
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
