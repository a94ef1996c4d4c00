import { setImmediate as nextTurn } from 'node:timers/promises';
import { MigrateError } from '../errors.ts';

/** Throws INTERRUPTED where somebody asks to stop; `state` says what that leaves of what is under way. */
export async function refuseIfStopped(signal: AbortSignal, state?: string): Promise<void> {
  // A database in this process answers without a turn of the event loop, in which alone a signal or a key is heard.
  // What arrived while it worked is fetched in the turn after the one that is under way.
  await nextTurn();
  await nextTurn();
  if (!signal.aborted) return;
  throw new MigrateError('INTERRUPTED', { signal: String(signal.reason) }, state === undefined ? {} : { state });
}
