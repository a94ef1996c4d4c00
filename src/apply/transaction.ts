import { MigrateError } from '../errors.ts';
import { failpoint } from '../events/failpoint.ts';
import type { StepContext } from './run-step.ts';

/**
 * Runs `work` in one transaction that begins by looking whether the log went on without us; within one already, in that.
 * On any error it is rolled back, and what `work` noted of schema and log is forgotten. Throws LOCK_LOST.
 */
export async function inTransaction<Result>(context: StepContext, work: () => Promise<Result>): Promise<Result> {
  if (context.isInTransaction) return work();
  const { session, dialect, journal, log, schema, spellings } = context;
  const start = journal.head();
  await session.run(dialect.traits.begin);
  context.isInTransaction = true;
  try {
    const head = await log.readHead();
    if (head?.version !== start?.version)
      throw new MigrateError('LOCK_LOST', { message: `the log went on to version ${head?.version ?? 0} meanwhile` });
    const result = await work();
    await failpoint('before-commit');
    await session.run(dialect.traits.commit);
    return result;
  } catch (error) {
    journal.rewind(start);
    Object.assign(context, { schema, spellings });
    await session.run(dialect.traits.rollback).catch(() => undefined);
    throw error;
  } finally {
    context.isInTransaction = false;
  }
}
