import { waitForLock } from '../apply/wait-for-lock.ts';
import type { HeldLock } from '../dialects/dialect.ts';
import { failpoint } from '../events/failpoint.ts';
import type { Run } from './run.ts';

/** Waits for the migration lock of this database, telling who holds it and how far they are. Throws LOCK_TIMEOUT. */
export function takeLock(run: Run): Promise<HeldLock> {
  const { session, dialect, connection, log, flags, emit, signal } = run;
  const target = {
    database: connection.describe.database,
    table: log.tables.versions,
    ...(connection.file !== undefined && { file: connection.file }),
  };
  return waitForLock({
    session,
    dialect,
    target,
    timeoutMs: flags.lockTimeoutMs,
    emit,
    signal,
    describeHolder: () => describeHolder(run),
  });
}

async function describeHolder({ events }: Run): Promise<string | undefined> {
  // There may be no lock table yet.
  const row = await events.readLock().catch(() => undefined);
  if (!row?.holder) return undefined;
  return row.progress ? `${row.holder}: ${row.progress}` : row.holder;
}

/** Does `work` under the migration lock, and gives it back whatever happens. */
export async function withLock<Result>(run: Run, work: (lock: HeldLock) => Promise<Result>): Promise<Result> {
  const lock = await takeLock(run);
  try {
    await failpoint('locked');
    return await work(lock);
  } finally {
    await lock.release().catch(() => undefined);
  }
}
