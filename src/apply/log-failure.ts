import { redact } from '../config/secret.ts';
import { MigrateError, type ErrorCode } from '../errors.ts';
import type { JournalEntry } from './journal.ts';
import { messageOf, type StepContext } from './run-step.ts';

export type FailedChange = Pick<JournalEntry, 'migration' | 'step' | 'class' | 'operation' | 'object' | 'summary'>;

/** Logs that a change failed and left nothing, where that is so and the log does not say it yet. The error itself is thrown by others. */
export async function logFailure(error: unknown, change: FailedChange, context: StepContext): Promise<void> {
  const { journal, source, isInTransaction } = context;
  if (!(error instanceof MigrateError) || !loggedCodes.has(error.code)) return;
  const last = journal.last()?.event;
  // What was begun and not answered is settled by the next run.
  if (isInTransaction === true || last === 'failed' || last === 'started') return;
  const { code, cause = error } = error;
  const event = { ...change, source, event: 'failed' as const, sql: [], finishedAt: journal.clock.now() };
  try {
    await journal.append({ ...event, error: { code, message: redact(messageOf(cause)) } });
  } catch (unwritten) {
    // Where the log cannot be written now, what failed before is what a person has to know.
    if (!(unwritten instanceof MigrateError) && !context.dialect.classifyError(unwritten)) throw unwritten;
  }
}

/** Of the others nobody knows what they left, or they are no fault of the change. */
const loggedCodes: ReadonlySet<ErrorCode> = new Set([
  'OPERATION_FAILED',
  'MIGRATION_FAILED',
  'EXPECTATION_FAILED',
  'RIGHT_MISSING',
]);
