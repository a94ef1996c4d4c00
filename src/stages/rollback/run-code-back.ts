import type { StepContext } from '../../apply/run-step.ts';
import type { EventPayload } from '../../history/event.ts';
import type { OperationOf } from '../../operations/index.ts';
import type { RollbackChange } from '../../plan/rollback-plan.ts';
import { refuseToGoOn, type ApplyRun } from '../apply-plan.ts';
import { runCode } from '../files/run-code.ts';
import type { CodeBack } from './find-code.ts';

export interface CodeToTakeBack extends CodeBack {
  /** What of it has run before a crash. */
  readonly done: readonly EventPayload[];
  /** Its place among the steps of the rollback, from 1. */
  readonly at: number;
  readonly total: number;
}

/** Runs the code that takes a file back, each statement journalled as those of files are. */
export async function runCodeBack(
  { migration, undoes }: RollbackChange,
  { file, script, calls, done, at, total }: CodeToTakeBack,
  context: StepContext,
  run: ApplyRun,
): Promise<void> {
  const state = `${at - 1} of ${total} changes applied; nothing half-done`;
  await refuseToGoOn(run, state);
  const { session, dialect } = context;
  const isWhole = script.transaction && dialect.traits.transactionalDdl;
  const summary = `take back ${migration} by the code of ${file.path}`;
  const operation: OperationOf<'rawSql'> = { kind: 'rawSql', summary, up: '', declared: 'destructive' };
  const work = { step: at, total, operation, summary };
  const start = performance.now();
  run.emit({ kind: 'operationStarted', ...work });
  await runCode({ migration, file, calls, isWhole, summary, start: 1, done, undoes }, run, context);
  run.emit({ kind: 'operationApplied', ...work, ms: performance.now() - start });
  // What it sets of the session ends with it.
  await dialect.restoreSession(session);
  await dialect.prepareSession(session);
}
