import { describeObject } from '../diff/index.ts';
import { describeFile } from '../plan/plan-file.ts';
import { planOnly } from '../pipeline.ts';
import { safeText } from '../report/safe-text.ts';
import { isDrifted } from '../stages/is-drifted.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';
import { pendingExitCode } from './pending-exit-code.ts';
import { progressFor } from './reader.ts';

/**
 * `migrate status`: where the database stands to the models and to its log. With `--exit-code` 2 when changes are pending,
 * 3 when they are blocked.
 */
export async function runStatus(context: CommandContext): Promise<number> {
  const { plan, log, standing, actual } = await withJob(context, progressFor(context), planOnly);
  const status = {
    database: plan.database,
    server: plan.server,
    head: log.head ?? null,
    release: { mine: standing.release.id, database: log.release?.id ?? null, standing: standing.kind },
    files: { applied: log.migrations.size, pending: (plan.files ?? []).map(describeFile) },
    pending: standing.kind === 'ahead' ? [] : plan.steps.map(({ summary }) => summary),
    ahead: standing.kind === 'ahead' ? plan.steps.map(({ summary }) => summary) : [],
    withheld: plan.withheld.map(({ summary }) => summary),
    blocked: plan.blocked.map(({ message }) => message),
    notOurs: plan.notOurs.map(describeObject),
    interrupted: log.open.map(({ summary }) => summary),
    drift: isDrifted({ log, actual }),
  };
  context.writeOut(context.options.json ? JSON.stringify(status, null, 2) : safeText(statusLines(status).join('\n')));
  return context.options.exitCode ? pendingExitCode({ plan, standing }) : 0;
}

interface Status {
  readonly database: string;
  readonly server: string;
  readonly head: { readonly version: number; readonly hash: string } | null;
  readonly release: { readonly mine: string; readonly database: string | null; readonly standing: string };
  readonly files: { readonly applied: number; readonly pending: readonly string[] };
  readonly pending: readonly string[];
  /** Rolled back, and not done again without --redo. */
  readonly ahead: readonly string[];
  readonly withheld: readonly string[];
  readonly blocked: readonly string[];
  readonly notOurs: readonly string[];
  readonly interrupted: readonly string[];
  readonly drift: boolean;
}

function statusLines(status: Status): string[] {
  return [
    `database    ${status.database} (${status.server})`,
    `head        ${status.head ? `version ${status.head.version}, hash ${status.head.hash}` : 'no log yet'}`,
    `release     ${status.release.mine} (${status.release.standing}${status.release.database ? `; the database is at ${status.release.database}` : ''})`,
    `drift       ${status.drift ? 'yes: the schema was changed by something else since the last event' : 'no'}`,
    `files       ${status.files.applied} done`,
    ...list('new files', status.files.pending),
    ...list('pending', status.pending),
    ...(status.ahead.length === 0 ? [] : list('rolled back', status.ahead)),
    ...list('blocked', status.blocked),
    ...list('withheld', status.withheld),
    ...list('not ours', status.notOurs),
    ...list('interrupted', status.interrupted),
  ];
}

function list(title: string, lines: readonly string[]): string[] {
  return [
    `${title.padEnd(11)} ${lines.length === 0 ? 'none' : lines.length}`,
    ...lines.map((line) => `            - ${line}`),
  ];
}
