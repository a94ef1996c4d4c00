import type { EventPayload } from './event.ts';

/** A rollback that was the last run: what it was to take back, and what of that it has not. */
export interface LastRollback {
  readonly takes: readonly number[];
  /** Oldest first. */
  readonly left: readonly number[];
}

/** The last run where it was a rollback that has something left to take back. Pure. */
export function interruptedRollback(payloads: readonly EventPayload[]): LastRollback | undefined {
  const takes = payloads.findLast(({ event }) => event === 'run')?.takes ?? [];
  const taken = new Set(payloads.flatMap(({ event, ref }) => (event === 'rolled_back' ? [ref] : [])));
  const left = takes.filter((version) => !taken.has(version)).toSorted((a, b) => a - b);
  return left.length === 0 ? undefined : { takes, left };
}
