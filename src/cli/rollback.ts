import { MigrateError } from '../errors.ts';
import type { RollbackRequest } from '../history/rollback-request.ts';
import type { RollbackReport } from '../stages/rollback/roll-back.ts';
import { rollback } from '../stages/rollback/rollback.ts';
import { needsLeave, problemsOf } from '../plan/rollback-plan.ts';
import { rollbackText } from '../report/rollback-text.ts';
import type { CommandContext, CommandOptions } from './context.ts';
import { withJobOfLog } from './open-job.ts';
import { isForPerson, openTui } from './open-tui.ts';
import { progressFor, readerFor } from './reader.ts';

/** `migrate rollback`: shows what would be taken back; with `--yes` takes it back. Exit code 2 where only shown. On a terminal, asks. */
export async function runRollback(context: CommandContext): Promise<number> {
  const { options } = context;
  if (isForPerson(context)) return openTui(context, { screen: 'rollback', ...chosen(options) });
  const selection = selectionOf(options);
  const yes = options.yes === true && !options.dryRun;
  const approve = options.approve === undefined ? {} : { approve: options.approve };
  const emit = yes ? readerFor(context) : progressFor(context);
  const { runId: _, ...report } = await withJobOfLog(context, emit, (job) =>
    rollback(job, { selection, yes, ...approve }),
  );
  if (!yes) return showPlan(context, report);
  if (options.json) context.writeOut(JSON.stringify({ kind: 'result', ...report }));
  return 0;
}

/** What the options choose; nothing where they leave it to the person. */
function chosen(options: CommandOptions): { readonly selection?: RollbackRequest } {
  const isChosen = [options.to, options.steps, options.run].some((option) => option !== undefined);
  return isChosen ? { selection: selectionOf(options) } : {};
}

function showPlan({ options, writeOut, writeErr }: CommandContext, { plan }: RollbackReport): number {
  writeOut(options.json ? JSON.stringify(plan) : rollbackText(plan, { sql: options.verbose === true }));
  if (plan.blocked.length > 0) throw new MigrateError('ROLLBACK_IMPOSSIBLE', { problems: problemsOf(plan) });
  if (options.dryRun) return 0;
  const leave = needsLeave(plan).length === 0 ? '' : ` --approve ${plan.hash}`;
  writeErr(`Nothing was changed: --yes${leave} takes this back.`);
  return 2;
}

function selectionOf({ to, steps, run }: CommandOptions): RollbackRequest {
  const given = [to, steps, run].filter((option) => option !== undefined);
  if (given.length !== 1)
    throw new MigrateError('USAGE', { message: 'rollback takes one of --to N, --steps N and --run ID' });
  if (to !== undefined) return { kind: 'to', version: wholeNumber(to, { from: 0, option: '--to' }) };
  if (steps !== undefined) return { kind: 'steps', count: wholeNumber(steps, { from: 1, option: '--steps' }) };
  if (!run) throw new MigrateError('USAGE', { message: '--run takes the id of a run, or its beginning' });
  return { kind: 'run', id: run };
}

function wholeNumber(text: string, { from, option }: { readonly from: number; readonly option: string }): number {
  const number = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < from)
    throw new MigrateError('USAGE', { message: `${option} takes a whole number from ${from}, not "${text}"` });
  return number;
}
