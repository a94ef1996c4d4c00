import type { Operation } from '../../../../src/operations/index.ts';
import { buildPlan } from '../../../../src/plan/build.ts';
import { applyPlan } from '../../../../src/stages/apply-plan.ts';
import { beginRun, openContext } from '../../../../src/stages/begin-run.ts';
import { ensureLog } from '../../../../src/stages/ensure-log.ts';
import { withRun } from '../../../../src/stages/open-run.ts';
import type { Run } from '../../../../src/stages/run.ts';
import { survey } from '../../../../src/stages/survey.ts';
import type { TestDatabase } from '../../../support/databases.ts';
import { withTestJob, type MigrateSettings } from '../../../support/migrate.ts';

/** Runs operations of a file by the stages of the real pipeline; throws where one cannot run. */
export function runOperations(
  database: TestDatabase,
  operations: readonly Operation[],
  settings: MigrateSettings = {},
): Promise<void> {
  return withTestJob(database, settings, [], (job) => withRun(job, (run) => runOn(run, operations)));
}

async function runOn(run: Run, operations: readonly Operation[]): Promise<void> {
  const seen = await survey(run);
  const plan = buildPlan({
    dialect: run.dialect,
    server: seen.plan.server,
    database: seen.plan.database,
    release: seen.plan.release,
    desired: seen.desired.rest,
    actual: seen.actual,
    difference: { changes: operations, notOurs: [], unverified: [], questions: [], possibleRenames: [] },
    estimates: {},
    backfillFor: () => undefined,
    hasRows: () => false,
    withhold: () => undefined,
    problems: [],
  });
  if (plan.blocked.length > 0) throw new Error(plan.blocked.map(({ message }) => message).join('; '));
  await ensureLog(run, seen.desired.own, seen.logSchema);
  const context = await openContext(run, seen);
  await beginRun(run, { ...seen, plan }, context);
  await applyPlan(plan, context, { ...run, lock: { isHeld: () => Promise.resolve(true) } });
}
