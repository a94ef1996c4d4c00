import { MigrateError } from '../errors.ts';
import { repair } from '../stages/repair.ts';
import { safeText } from '../report/safe-text.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';
import { progressFor } from './reader.ts';

/** `migrate repair`: accepts edited, renamed and missing files as they are, and says what became of statements in doubt. */
export async function runRepair(context: CommandContext): Promise<number> {
  const { options } = context;
  if (options.applied && options.notApplied)
    throw new MigrateError('USAGE', { message: '--applied and --not-applied say opposite things' });
  const inDoubt = options.applied ? 'applied' : options.notApplied ? 'not applied' : undefined;
  const report = await withJob(context, progressFor(context), (job) => repair(job, { ...(inDoubt && { inDoubt }) }));
  const { repaired } = report;
  const lines = repaired.length === 0 ? ['🎉 Nothing to repair'] : repaired.map((line) => `🩹 ${line}`);
  context.writeOut(options.json ? JSON.stringify(report) : safeText(lines.join('\n')));
  return 0;
}
