import { criticalQueries, runCriticalQueries, type Verification } from '../verify/queries.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** Runs the configured critical queries and those that follow from the models. */
export function verifyRun(
  { session, dialect, emit, signal, options }: Run,
  { desired }: Survey,
): Promise<Verification> {
  const queries = criticalQueries(options.criticalQueries, desired.rest, dialect);
  return runCriticalQueries(queries, {
    session,
    dialect,
    emit,
    signal,
    budget: options.lock.statementWait,
    thresholds: options.verify,
  });
}
