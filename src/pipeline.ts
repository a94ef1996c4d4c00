import { randomUUID } from 'node:crypto';
import { clockFrom } from './apply/clock.ts';
import { openJournal, type Journal } from './apply/journal.ts';
import type { StepContext } from './apply/run-step.ts';
import { settleOpenSteps } from './apply/settle.ts';
import { waitForLock } from './apply/wait-for-lock.ts';
import { describeBlocked } from './check/pre-check.ts';
import { describeObject } from './diff/index.ts';
import type { HeldLock } from './dialects/dialect.ts';
import { MigrateError } from './errors.ts';
import { failpoint } from './events/failpoint.ts';
import { adoptedByModels } from './history/baseline.ts';
import { findDamage } from './history/chain.ts';
import { isDevelopment } from './history/release.ts';
import type { PlanFile } from './plan/plan-file.ts';
import { fingerprint } from './schema/fingerprint.ts';
import { noteSettled } from './stages/note-settled.ts';
import { applyPlan } from './stages/apply-plan.ts';
import { ensureLog } from './stages/ensure-log.ts';
import { withRun } from './stages/open-run.ts';
import { inspectApplication } from './stages/read-state.ts';
import type { Job, Run } from './stages/run.ts';
import { isSettled, survey, type Survey } from './stages/survey.ts';
import { criticalQueries, runCriticalQueries, type Verification } from './verify/queries.ts';

export type { Flags, Job } from './stages/run.ts';

/** What a run did and left. */
export interface RunReport {
  readonly status: 'done' | 'nothing' | 'older';
  readonly applied: number;
  readonly plan: PlanFile;
  readonly verification?: Verification;
  readonly head?: { readonly version: number; readonly hash: string };
}

/** Brings the database to the models: survey → lock → settle → survey again → apply → verify. */
export async function migrate(job: Job): Promise<RunReport> {
  const start = performance.now();
  return withRun(job, async (run) => {
    announce(run);
    // While another process is at work a look may fail; under the lock it may not.
    const early = await survey(run).catch(() => undefined);
    const end = early && (await endEarly(run, early, start));
    if (end) return end;
    const lock = await waitForLock({ ...lockWait(run), describeHolder: () => describeHolder(run) });
    try {
      await failpoint('locked');
      return await migrateUnderLock(run, lock, start);
    } finally {
      await lock.release().catch(() => undefined);
    }
  });
}

/** The plan for a database, and everything that was seen while making it. Writes nothing, takes no lock. */
export async function planOnly(job: Job): Promise<Survey> {
  return withRun(job, survey);
}

/** Is the next plan empty, do the critical queries work, is the log intact? Writes nothing. */
export async function verifyOnly(job: Job): Promise<{ readonly survey: Survey; readonly verification: Verification }> {
  return withRun(job, async (run) => {
    const seen = await survey(run);
    const verification = await verify(run, seen);
    refuseIfStrict(run, verification, 'nothing was changed');
    return { survey: seen, verification };
  });
}

async function migrateUnderLock(run: Run, lock: HeldLock, start: number): Promise<RunReport> {
  let seen = await survey(run);
  warnOfDamage(run, seen);
  if (seen.log.open.length > 0) {
    const context = await openContext(run, seen);
    await settleOpenSteps(seen.log.open, context);
    seen = await survey(run);
  }
  const end = await endEarly(run, seen, start);
  if (end) return end;
  const { plan } = seen;
  refuseIfBlocked(plan);
  run.emit({ kind: 'planned', plan: summarize(plan) });
  await ensureLog(run, seen.desired.own, seen.logSchema);
  const context = await openContext(run, seen);
  await beginRun(run, seen, context.journal);
  const applied = await applyPlan(plan, context, { ...run, lock });
  const after = await survey(run);
  if (after.plan.steps.length > 0) throw new MigrateError('NOT_CONVERGED', { left: after.plan.steps.map(({ summary }) => summary) }, { state: `${applied} of ${applied} changes applied` });
  const verification = await verify(run, after);
  const head = await endRun(run, after, verification, context.journal);
  refuseIfStrict(run, verification, `${applied} of ${applied} changes applied`);
  return finish(run, { status: 'done', applied, plan, survey: after, verification, head }, start);
}

/** Ends a run that has nothing to do, or no business here; `undefined` where there is work. */
async function endEarly(run: Run, seen: Survey, start: number): Promise<RunReport | undefined> {
  const { plan } = seen;
  if (standsBack(run, seen)) return finish(run, { status: 'older', applied: 0, plan, survey: seen }, start);
  if (!isSettled(seen)) return undefined;
  if (plan.withheld.length + plan.notOurs.length > 0) run.emit({ kind: 'planned', plan: summarize(plan) });
  const verification = run.flags.strict ? await verify(run, seen) : undefined;
  if (verification) refuseIfStrict(run, verification, 'nothing was changed');
  return finish(run, { status: 'nothing', applied: 0, plan, survey: seen, ...(verification && { verification }) }, start);
}

function announce({ emit, connection }: Run): void {
  emit({ kind: 'runStarted', run: '', database: connection.describe.database, server: connection.describe.server });
}

/** True when the database belongs to a newer release: nothing is changed. Throws where the two have parted. */
function standsBack(run: Run, { standing }: Survey): boolean {
  if (standing.kind === 'older' && !run.flags.redo) {
    if (run.flags.failIfNewer) throw new MigrateError('DATABASE_NEWER', { mine: standing.release.id, head: standing.head });
    run.emit({ kind: 'noticed', level: 'warning', text: `the database is at the newer release ${standing.head}; this one (${standing.release.id}) changes nothing` });
    return true;
  }
  if (standing.kind === 'diverged') throw new MigrateError('DIVERGED', { mine: standing.release.id, head: standing.head });
  const isUnlocked = run.lockFile !== undefined && isDevelopment(standing.release.id);
  if (isUnlocked && run.options.environment === 'production') throw new MigrateError('RELEASE_UNLOCKED', { lockFile: run.options.migrations.lockFile });
  return false;
}

/** A tampered log is told, not repaired: what it says of the past is still the best there is. */
function warnOfDamage({ emit }: Run, { rows }: Survey): void {
  const damage = findDamage(rows);
  if (damage) emit({ kind: 'noticed', level: 'warning', text: `schema_versions is damaged at version ${damage.version}: ${damage.reason}; \`migrate history verify\` tells more` });
}

function refuseIfBlocked(plan: PlanFile): void {
  if (plan.blocked.length > 0) throw new MigrateError('PLAN_BLOCKED', { problems: plan.blocked.map(describeBlocked) });
}

async function openContext(run: Run, seen: Survey): Promise<StepContext> {
  const identity = { ...run.identity, run: randomUUID(), release: seen.standing.release.id };
  const journal = openJournal(run.events, identity, clockFrom(await run.events.now()), seen.log.head);
  const { session, dialect, events, emit } = run;
  return { session, dialect, log: events, journal, emit, source: 'models', inspectAll: () => inspectApplication(run), schema: seen.actual, spellings: [...seen.log.spellings, ...seen.comparison.learned] };
}

/** The first events of a run: the release with its lineage, and on a first run what is adopted as ours. */
async function beginRun(run: Run, { log, standing, actual, desired, comparison, plan }: Survey, journal: Journal): Promise<void> {
  const { id: _, ...lineage } = standing.release;
  const head = { migration: plan.steps[0]?.migration ?? 'baseline', step: 0, source: 'models', sql: [] } as const;
  await run.events.writeLock({ epoch: (log.head?.version ?? 0) + 1, holder: `${run.identity.actor}@${run.identity.host}, process ${process.pid}`, progress: null, updatedAt: journal.clock.now() });
  await journal.append({ ...head, event: 'run', lineage, summary: `bring ${run.connection.describe.database} to release ${standing.release.id}`, schemaBefore: fingerprint(actual) });
  if (log.head || Object.keys(actual.tables).length === 0) return;
  const context = { dialect: run.dialect, expressions: comparison.expressions, isOurs: () => false, renames: { tables: {}, columns: {} } };
  const adopted = await run.events.saveSnapshot(adoptedByModels(desired.rest, actual, context));
  const found = await run.events.saveSnapshot(actual);
  await journal.append({ ...head, source: 'baseline', event: 'baseline', summary: 'adopt what matches the models', expected: adopted, schemaAfter: found });
}

/** The last event of a run that changed something: what was verified, with the schema as it is now. */
async function endRun(run: Run, after: Survey, verification: Verification, journal: Journal) {
  const schemaAfter = await run.events.saveSnapshot(after.actual);
  const { verdict, passed, total } = verification;
  await journal.append({
    migration: 'verification',
    step: 0,
    source: 'models',
    event: 'verified',
    summary: `${verdict}: ${passed} of ${total} critical queries passed`,
    sql: [],
    schemaAfter,
    finishedAt: journal.clock.now(),
    ...(after.comparison.learned.length > 0 && { expressions: after.comparison.learned }),
  });
  await run.events.writeLock({ holder: null, progress: null, updatedAt: journal.clock.now() });
  return journal.head();
}

async function verify({ session, dialect, emit, options }: Run, { desired }: Survey): Promise<Verification> {
  const queries = criticalQueries(options.criticalQueries, desired.rest, dialect);
  return runCriticalQueries(queries, { session, dialect, emit, thresholds: options.verify });
}

function refuseIfStrict({ flags }: Run, { failed }: Verification, state: string): void {
  if (!flags.strict || failed.length === 0) return;
  throw new MigrateError('VERIFICATION_FAILED', { failed: failed.map(({ name, message }) => `${name} (${message})`) }, { state });
}

async function finish(run: Run, done: Omit<RunReport, 'head'> & { survey: Survey; head?: RunReport['head'] }, start: number): Promise<RunReport> {
  const { survey: seen, head = seen.log.head, ...report } = done;
  if (report.status !== 'older') await noteSettled(run, seen);
  run.emit({ kind: 'runFinished', outcome: { status: report.status, applied: report.applied, ms: performance.now() - start, ...(head && { head }) } });
  return { ...report, ...(head && { head }) };
}

function lockWait({ session, dialect, connection, log, flags, emit, signal }: Run) {
  const target = { database: connection.describe.database, table: log.tables.versions, ...(connection.file !== undefined && { file: connection.file }) };
  return { session, dialect, target, timeoutMs: flags.lockTimeoutMs, emit, signal };
}

async function describeHolder({ events }: Run): Promise<string | undefined> {
  const row = await events.readLock().catch(() => undefined);
  if (!row?.holder) return undefined;
  return row.progress ? `${row.holder}: ${row.progress}` : row.holder;
}

function summarize(plan: PlanFile) {
  return {
    hash: plan.hash,
    steps: plan.steps.map(({ summary }) => summary),
    withheld: plan.withheld.map(({ summary, because }) => `${summary} (${because})`),
    notOurs: plan.notOurs.map(describeObject),
    blocked: plan.blocked.map(describeBlocked),
  };
}
