import type { StepContext } from '../../apply/run-step.ts';
import { inTransaction } from '../../apply/transaction.ts';
import { retryWhileLocked } from '../../dialects/retry-while-locked.ts';
import type { Fact } from '../../events/facts.ts';
import { lockedWork } from '../apply-plan.ts';
import type { OpenedFile } from './apply-file.ts';

/**
 * Runs statements of a file in one transaction, again where a lock refused it. What was told as applied, and is rolled back
 * with it, is told to be. Within a transaction that others share, in that.
 */
export async function inFileTransaction<Input extends OpenedFile, Result>(
  input: Input,
  context: StepContext,
  work: (input: Input) => Promise<Result>,
): Promise<Result> {
  if (context.isInTransaction) return work(input);
  const { run, file } = input;
  const attempt = async (): Promise<Result> => {
    const summaries: string[] = [];
    const emit = (fact: Fact): void => {
      if (fact.kind === 'operationApplied') summaries.push(fact.summary);
      run.emit(fact);
    };
    try {
      return await inTransaction(context, () => work({ ...input, run: { ...run, emit } }));
    } catch (error) {
      if (summaries.length > 0) run.emit({ kind: 'transactionRolledBack', path: file.path, summaries });
      throw error;
    }
  };
  return retryWhileLocked(attempt, lockedWork([], run));
}
