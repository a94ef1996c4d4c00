import { hasWork } from '../plan/plan-file.ts';
import { planOnly } from '../pipeline.ts';
import { describeAhead } from '../stages/refuse.ts';
import { planMarkdown, planSql, planText } from '../report/plan-text.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';
import { progressFor } from './reader.ts';

/** `migrate plan`: what would run. With `--exit-code` 2 when changes are pending, 3 when the plan is blocked. */
export async function runPlan(context: CommandContext): Promise<number> {
  const { plan, standing } = await withJob(context, progressFor(context), planOnly);
  const { options } = context;
  const isAhead = standing.kind === 'ahead';
  if (isAhead) context.writeErr(describeAhead(standing.release.id));
  if (options.json) context.writeOut(JSON.stringify(plan, null, 2));
  else if (options.sql) context.writeOut(planSql(plan));
  else if (options.markdown) context.writeOut(planMarkdown(plan));
  else context.writeOut(planText(plan, { sql: options.verbose === true }));
  if (!options.exitCode) return 0;
  if (plan.blocked.length > 0) return 3;
  return hasWork(plan) && !isAhead ? 2 : 0;
}
