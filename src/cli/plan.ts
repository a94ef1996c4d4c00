import { planOnly } from '../pipeline.ts';
import { describeAhead } from '../stages/refuse.ts';
import { planMarkdown, planSql, planText } from '../report/plan-text.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';
import { pendingExitCode } from './pending-exit-code.ts';
import { progressFor } from './reader.ts';

/** `migrate plan`: what would run. With `--exit-code` 2 when changes are pending, 3 when the plan is blocked. */
export async function runPlan(context: CommandContext): Promise<number> {
  const { plan, standing } = await withJob(context, progressFor(context), planOnly);
  const { options } = context;
  if (standing.kind === 'ahead') context.writeErr(describeAhead(standing.release.id));
  if (options.json) context.writeOut(JSON.stringify(plan, null, 2));
  else if (options.sql) context.writeOut(planSql(plan));
  else if (options.markdown) context.writeOut(planMarkdown(plan));
  else context.writeOut(planText(plan, { sql: options.verbose === true }));
  return options.exitCode ? pendingExitCode({ plan, standing }) : 0;
}
