import { MigrateError } from '../errors.ts';
import { describeBlocked, hasWork } from '../plan/plan-file.ts';
import { migrate, planOnly, verifyOnly } from '../pipeline.ts';
import { describeAhead } from '../stages/refuse.ts';
import { planText } from '../report/plan-text.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';
import { isForPerson, openTui } from './open-tui.ts';
import { opening } from '../report/opening.ts';
import { progressFor, readerFor } from './reader.ts';
import { reportVerification } from './verify.ts';

/** `migrate` and `migrate --ci`. Without `--ci` and without a terminal the plan is printed and nothing is changed. */
export async function runCi(context: CommandContext): Promise<number> {
  const { options } = context;
  if (options.verifyOnly) return reportVerification(context, await withJob(context, readerFor(context), verifyOnly));
  if (isForPerson(context)) return openTui(context, { screen: 'overview' });
  if (!options.ci || options.dryRun) return showPlan(context);
  const { runId: _, ...report } = await withJob(context, readerFor(context, opening), migrate);
  if (options.json) context.writeOut(JSON.stringify({ kind: 'result', ...report }));
  return 0;
}

async function showPlan(context: CommandContext): Promise<number> {
  const { plan, standing } = await withJob(context, progressFor(context), planOnly);
  const isAhead = standing.kind === 'ahead' && !context.options.redo;
  if (isAhead) context.writeErr(describeAhead(standing.release.id));
  context.writeOut(
    context.options.json ? JSON.stringify(plan) : planText(plan, { sql: context.options.verbose === true }),
  );
  // An unattended run would stand back from it, whatever it is.
  if (isAhead && context.options.ci) return 0;
  if (plan.blocked.length > 0) throw new MigrateError('PLAN_BLOCKED', { problems: plan.blocked.map(describeBlocked) });
  const isPending = hasWork(plan) && !isAhead;
  if (!context.options.ci && isPending) context.writeErr('Nothing was changed: `migrate --ci` applies this plan.');
  return isPending && !context.options.ci ? 2 : 0;
}
