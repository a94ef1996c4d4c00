import type { StepContext } from '../../apply/run-step.ts';
import type { OperationOf } from '../../operations/index.ts';
import type { CallStep } from '../../sequence/script.ts';
import { MigrateError } from '../../errors.ts';
import { tellFailure } from '../apply-plan.ts';
import { letBeSeen } from '../let-be-seen.ts';
import type { OpenedFile, Segment, SegmentDone } from './apply-file.ts';
import { runCode } from './run-code.ts';

/** Runs what a file does as code. What a crash left of it in doubt, and was then settled as done, is done. */
export async function runCall(
  { steps, start, record }: Segment<CallStep>,
  input: OpenedFile,
  context: StepContext,
): Promise<SegmentDone> {
  const { script, run, file, seen } = input;
  const done = seen.log.begun.get(file.name) ?? [];
  if (done.some(({ code }) => code === 'rest')) return { applied: 0, isComplete: false };
  const summary = script.description ?? file.path;
  const operation: OperationOf<'rawSql'> = { kind: 'rawSql', summary, up: '', declared: 'dataDependent' };
  const work = { step: start, total: script.steps.length, operation, summary };
  const after = steps.at(-1)?.after;
  run.emit({ kind: 'operationStarted', ...work });
  await letBeSeen(run);
  const began = performance.now();
  const isWhole = script.transaction && run.dialect.traits.transactionalDdl;
  const calls = steps.map((step) => step.run);
  const ends = { ...(record && { record }), ...(after && { after }) };
  const code = { migration: file.name, file, calls, isWhole, summary, start, done, ...ends };
  try {
    await runCode(code, run, context);
  } catch (error) {
    if (error instanceof MigrateError) tellFailure(error, { operation, summary }, run);
    throw error;
  }
  run.emit({ kind: 'operationApplied', ...work, ms: performance.now() - began });
  return { applied: 1, isComplete: record !== undefined };
}
