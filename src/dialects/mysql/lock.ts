import { sha256 } from '../../schema/sha256.ts';
import type { HeldLock, Lock, LockTarget } from '../dialect.ts';
import type { Session } from '../session.ts';
import { literal } from './quote.ts';

/** A named lock of the session. Such locks are of the whole server, so the name holds database and table; it fits into 64 characters. */
export const lock: Lock = {
  async tryAcquire(session: Session, target: LockTarget): Promise<HeldLock | undefined> {
    const name = literal(lockName(target));
    // NULL is an error and 0 is someone else's: only 1 is ours.
    if ((await askNumber(session, `select get_lock(${name}, 0) as n`)) !== 1) return undefined;
    return {
      isHeld: async () => (await askNumber(session, `select is_used_lock(${name}) = connection_id() as n`)) === 1,
      release: async () => void (await session.query(`select release_lock(${name}) as n`)),
    };
  },
};

/** `mikrate:` and 40 hexadecimal digits. */
function lockName({ database, table }: LockTarget): string {
  return `mikrate:${sha256(JSON.stringify([database, table])).slice(0, 40)}`;
}

async function askNumber(session: Session, sql: string): Promise<number | undefined> {
  const [row] = await session.query<{ n: number | string | null }>(sql);
  return row?.n === null || row?.n === undefined ? undefined : Number(row.n);
}
