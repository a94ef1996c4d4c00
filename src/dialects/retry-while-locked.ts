import { setTimeout as sleep } from 'node:timers/promises';
import { MigrateError } from '../errors.ts';
import type { Emit } from '../events/emitter.ts';
import type { Dialect } from './dialect.ts';
import type { Session } from './session.ts';

export interface LockedWork {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Milliseconds after which it is given up. */
  readonly budget: number;
  /** Keys of the tables that are worked on. */
  readonly tables: readonly string[];
  /** What is waited for, in words. */
  readonly target: string;
}

/**
 * Tries again, with jitter, what the server refused because others use a table: a waiting DDL statement holds up all
 * who come after it, so sessions wait briefly and often. Only for work that leaves nothing when it is refused. Says
 * every few seconds who is in the way. Throws TABLE_BUSY when the budget is used up, INTERRUPTED when asked to stop.
 */
export async function retryWhileLocked<Result>(work: () => Promise<Result>, given: LockedWork): Promise<Result> {
  const { dialect, emit, signal, budget, target } = given;
  const start = performance.now();
  let told = -Infinity;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const code = dialect.classifyError(error)?.code;
      if (code !== 'ALREADY_LOCKED' && code !== 'DEADLOCK') throw error;
      const ms = performance.now() - start;
      if (signal.aborted) throw new MigrateError('INTERRUPTED', { signal: String(signal.reason) }, { cause: error });
      if (ms > budget)
        throw new MigrateError(
          'TABLE_BUSY',
          { target, waited: `${(ms / 1000).toFixed(1)} s`, ...(await whoUses(given)) },
          { cause: error },
        );
      if (performance.now() - told > 5_000) {
        told = performance.now();
        const { holder } = await whoUses(given);
        emit({ kind: 'waited', for: 'table', target, ms, ...(holder !== undefined && { detail: holder }) });
      }
      await sleep(Math.min(50 * 2 ** attempt, 1000) * (0.5 + Math.random()));
    }
  }
}

/** Who has the tables, where the server tells this user. */
async function whoUses({ session, dialect, tables }: LockedWork): Promise<{ readonly holder?: string }> {
  const statement = tables.length === 0 ? undefined : dialect.queries.lockHolders(tables);
  if (!statement) return {};
  const rows = await session.query<{ holder: string }>(statement.text, statement.parameters).catch(() => []);
  return rows.length === 0 ? {} : { holder: rows.map(({ holder }) => String(holder)).join(', ') };
}
