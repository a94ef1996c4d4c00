import type { ExpectedLock } from '../../../src/operations/expected-lock.ts';
import { readAndWrite, runAll, type WatchedStep } from './watched-step.ts';

/** While the step's transaction is open, another session reads and writes; what the step read of rows, the server counts. */
export async function watchPostgres(step: WatchedStep): Promise<ExpectedLock> {
  const { session, other } = step;
  await other.query("set lock_timeout = '20ms'");
  await session.run('begin');
  try {
    const before = await readRowCounts(step);
    await runAll(step);
    const after = await readRowCounts(step);
    const blocks = await readAndWrite(step);
    await session.run('commit');
    const hasReadRows = [...after].some(([table, read]) => read - (before.get(table) ?? 0) >= 2);
    return { blocks, lasts: hasReadRows && blocks !== 'nobody' ? 'while it runs' : 'a moment' };
  } catch (error) {
    await session.run('rollback');
    throw error;
  }
}

/** Rows that this transaction has read of each table, one after the other. */
async function readRowCounts({ session }: WatchedStep): Promise<Map<string, number>> {
  const rows = await session.query<{ table: string; read: string }>(
    'select relid::text as "table", seq_tup_read::text as "read" from pg_stat_xact_user_tables',
  );
  return new Map(rows.map(({ table, read }) => [table, Number(read)]));
}
