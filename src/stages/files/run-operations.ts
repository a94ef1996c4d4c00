import { refuseIfStopped } from '../../apply/refuse-if-stopped.ts';
import { preCheck } from '../../check/pre-check.ts';
import type { StepContext } from '../../apply/run-step.ts';
import { MigrateError } from '../../errors.ts';
import { describeOperation, objectOf } from '../../operations/index.ts';
import { describeBlocked } from '../../plan/plan-file.ts';
import type { OperationStep } from '../../sequence/script.ts';
import { applyStep, refuseToGoOn } from '../apply-plan.ts';
import type { OpenedFile, Segment, SegmentDone } from './apply-file.ts';
import { planOperations } from './plan-files.ts';

/** Runs the typed operations of a file that this database still needs, each step logged. */
export async function runOperations(
  { steps, start, record }: Segment<OperationStep>,
  { file, script, run, seen, at: place, total: files }: OpenedFile,
  context: StepContext,
): Promise<SegmentDone> {
  const { schema, spellings } = context;
  const log = { begun: seen.log.begun, spellings };
  const planned = await planOperations(run, steps, { file, script, schema, log, desired: seen.desired.rest });
  const { blocked: violations } = await preCheck(run.session, run.dialect, planned.steps, schema);
  const blocked = [...planned.blocked, ...violations];
  if (blocked.length > 0)
    throw new MigrateError('PLAN_BLOCKED', {
      problems: blocked.map((item) => `${file.path}: ${describeBlocked(item)}`),
    });
  const total = planned.steps.length;
  for (const { operation, because } of planned.skipped) {
    run.emit({ kind: 'operationSkipped', operation, summary: describeOperation(operation), because });
    if (total > 0) await logSkipped({ file, operation, because, step: start }, context);
  }
  for (const [at, step] of planned.steps.entries()) {
    const within = at === 0 ? '' : `, and ${at} of the ${total} changes of ${file.path}`;
    const state = `${place - 1} of ${files} migration files applied${within}; nothing half-done`;
    // A transaction ends with the session that holds the lock.
    if (!context.draft) await (context.isInTransaction ? refuseIfStopped(run.signal, state) : refuseToGoOn(run, state));
    const isLast = at === total - 1 && record !== undefined;
    await applyStep(isLast ? { ...step, file: record } : step, { at: at + 1, step: start + at, total }, context, run);
  }
  return { applied: total, isComplete: record !== undefined && total > 0 };
}

interface Skipped {
  readonly file: OpenedFile['file'];
  readonly operation: OperationStep['operation'];
  readonly because: string;
  readonly step: number;
}

async function logSkipped(
  { file, operation, because, step }: Skipped,
  { journal, source }: StepContext,
): Promise<void> {
  await journal.append({
    migration: file.name,
    step,
    source,
    event: 'skipped',
    object: objectOf(operation),
    summary: `${describeOperation(operation)}: ${because}`,
    sql: [],
    finishedAt: journal.clock.now(),
  });
}
