import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect, HeldLock, LockTarget } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import { MigrateError } from '../errors.ts';
import type { Emit } from '../events/emitter.ts';

export interface LockWait {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly target: LockTarget;
  readonly timeoutMs: number;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Who holds it and how far they are, where the lock table tells. */
  describeHolder(): Promise<string | undefined>;
}

/** Polls for the lock with jitter until it is ours; LOCK_TIMEOUT after `timeoutMs`. Says every few seconds whom it waits for. */
export async function waitForLock({
  session,
  dialect,
  target,
  timeoutMs,
  emit,
  signal,
  describeHolder,
}: LockWait): Promise<HeldLock> {
  const start = performance.now();
  let told = start;
  for (let attempt = 0; ; attempt += 1) {
    const held = await dialect.lock.tryAcquire(session, target);
    const ms = performance.now() - start;
    if (held) {
      emit({ kind: 'locked', ms });
      return held;
    }
    if (signal.aborted) throw new MigrateError('INTERRUPTED', { signal: String(signal.reason) });
    const waited = `${(ms / 1000).toFixed(1)}s`;
    if (ms > timeoutMs) throw new MigrateError('LOCK_TIMEOUT', { waited, ...named(await describeHolder()) });
    if (attempt === 0 || performance.now() - told > 5000) {
      told = performance.now();
      const detail = await describeHolder();
      emit({ kind: 'waited', for: 'lock', target: target.database, ms, ...(detail !== undefined && { detail }) });
    }
    await sleep(Math.min(20 * 1.5 ** attempt, 250) * (0.5 + Math.random()));
  }
}

const named = (holder: string | undefined): { holder?: string } => (holder === undefined ? {} : { holder });
