import { createHash } from 'node:crypto';
import { MigrateError } from '../../errors.ts';
import type { HeldLock, Lock, LockTarget } from '../dialect.ts';
import type { Session } from '../session.ts';

/** An advisory lock of the session, asked for without waiting: a waiter would hold up `create index concurrently`. */
export const lock: Lock = {
  async tryAcquire(session, target) {
    const key = lockKey(target);
    const [got] = await session.query<Answer>(
      `select pg_catalog.pg_try_advisory_lock($1::bigint) as held, ${backend} as backend`,
      [key],
    );
    if (!got?.held) return undefined;
    const held = heldLock(session, key, got.backend);
    // Through a pooler that hands out a server connection per transaction, the lock stays behind on the first one.
    if (await held.isHeld()) return held;
    throw new MigrateError('POOLED_CONNECTION', {
      message: 'the lock that was just taken is not held by the next statement',
    });
  },
};

interface Answer {
  readonly held: boolean;
  readonly backend: string;
}

const backend = 'pg_catalog.pg_backend_pid()::text';

/** `pg_locks` shows a bigint key in two halves. */
const isInLocks = `exists (select from pg_catalog.pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 1
  and l.pid = pg_catalog.pg_backend_pid() and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
  and (l.classid::bigint << 32) | l.objid::bigint = $1::bigint)`;

function heldLock(session: Session, key: string, owner: string): HeldLock {
  return {
    async isHeld() {
      const [now] = await session.query<Answer>(`select ${isInLocks} as held, ${backend} as backend`, [key]);
      if (now && now.backend !== owner) {
        throw new MigrateError('POOLED_CONNECTION', {
          message: `the server process changed from ${owner} to ${now.backend} between two statements`,
        });
      }
      return now?.held === true;
    },
    async release() {
      await session.query('select pg_catalog.pg_advisory_unlock($1::bigint)', [key]);
    },
  };
}

/** 63 bits of a hash: advisory locks know numbers only. */
function lockKey({ database, table }: LockTarget): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(['mikrate', database, table]))
    .digest();
  return String(hash.readBigUInt64BE() >> 1n);
}
