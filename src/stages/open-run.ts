import { openLog } from '../history/log.ts';
import { openDesired } from '../inspect/desired.ts';
import { openFiles } from './files/read-sequence.ts';
import { explainFailure } from './explain-failure.ts';
import type { Job, Run } from './run.ts';

/** Pins a session for a job, prepares it, and puts it back as the application would find it. */
export async function withRun<Result>(job: Job, work: (run: Run) => Promise<Result>): Promise<Result> {
  const { connection, dialect, emit, options, log } = job;
  const startedAt = performance.now();
  const desired = openDesired(connection.orm, dialect, options);
  return connection.withSession(
    ({ sql, ms, rows, isRefused }) =>
      emit(
        isRefused
          ? { kind: 'statementRefused', sql }
          : { kind: 'statementRan', sql, ms, ...(rows !== undefined && { rows }) },
      ),
    async (session, context) => {
      await dialect.prepareSession(session);
      try {
        const events = openLog(connection.orm.em, context, session, dialect, log.entities);
        return await work({ ...job, startedAt, session, events, desired, files: openFiles(job) });
      } catch (error) {
        throw await explainFailure(error, { ...job, session });
      } finally {
        await dialect.restoreSession(session).catch(() => undefined);
      }
    },
  );
}

/** Tells that a run begins, and where. */
export function tellStart({ emit, connection }: Job): void {
  const { server, database } = connection.describe;
  emit({ kind: 'runStarted', server, database });
}
