import { MigrateError } from '../errors.ts';
import { describeOperation, type OperationOf } from '../operations/index.ts';
import { sqlFor } from '../schema/sql-by-dialect.ts';
import { refuseIfStopped } from './refuse-if-stopped.ts';
import type { StepContext } from './run-step.ts';
import { entryOf } from '../schema/entry-of.ts';

/** Rows that one batch fills: short enough that writers wait for milliseconds, not seconds. */
const batchSize = 5_000;

/** Fills NULLs batch by batch, each in a transaction of its own; a crash redoes at most one batch. Stops between two. */
export async function runBackfill(
  operation: OperationOf<'backfill'>,
  context: Pick<StepContext, 'session' | 'dialect' | 'schema' | 'emit' | 'signal'>,
): Promise<{ text: string; ms: number; rows: number }[]> {
  const { session, dialect, schema, emit, signal } = context;
  const table = entryOf(schema.tables, operation.table);
  const column = entryOf(table?.columns, operation.column);
  if (!table || !column)
    throw new MigrateError('OPERATION_FAILED', {
      operation: describeOperation(operation),
      message: 'the column does not exist',
      applied: 0,
      total: 1,
    });
  const { text, parameters } = dialect.queries.backfillBatch(
    table,
    column,
    resolve(operation.set, dialect.name),
    batchSize,
  );
  const start = performance.now();
  let rows = 0;
  for (;;) {
    const filled = (await session.run(text, parameters)).rows ?? 0;
    rows += filled;
    if (filled > 0) emit({ kind: 'progressed', summary: describeOperation(operation), done: rows });
    if (filled < batchSize) return [{ text, ms: Math.round(performance.now() - start), rows }];
    await refuseIfStopped(signal);
  }
}

function resolve(
  set: OperationOf<'backfill'>['set'],
  dialect: Parameters<typeof sqlFor>[0],
): { value: string | number | boolean } | { sql: string } {
  if ('value' in set) return set;
  const sql = sqlFor(dialect, set.sql);
  if (sql === undefined) throw new MigrateError('USAGE', { message: `the backfill has no SQL for ${dialect}` });
  return { sql };
}
