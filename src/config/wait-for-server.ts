import { setTimeout as sleep } from 'node:timers/promises';
import { MigrateError } from '../errors.ts';
import type { ConnectionFailure } from './connection-failure.ts';

export interface WaitOptions {
  /** `host:port` or a file: what is waited for. */
  readonly target: string;
  /** Milliseconds in all; 0 tries once. */
  readonly wait: number;
  /** Told before each pause. */
  readonly onWait?: ((waiting: Waiting) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Added to the message of an error. */
  readonly hint?: string | undefined;
}

/** What is waited for: never with user or password. */
export interface Waiting {
  readonly target: string;
  readonly ms: number;
  readonly message: string;
}

export type Attempt<Result> =
  | { readonly ok: Result }
  | { readonly failure: ConnectionFailure; readonly error: unknown };

/** Tries until it works or the time is over. Only an unreachable server is tried again. Throws SERVER_UNREACHABLE. */
export async function waitForServer<Result>(
  attempt: () => Promise<Attempt<Result>>,
  options: WaitOptions,
): Promise<Attempt<Result>> {
  const start = performance.now();
  for (let tries = 0; ; tries += 1) {
    const result = await attempt();
    if ('ok' in result || result.failure.kind !== 'unreachable') return result;
    const waited = performance.now() - start;
    if (waited >= options.wait) throw unreachable(result, options);
    options.onWait?.({ target: options.target, ms: waited, message: result.failure.message });
    await pause(Math.min(pauseAfter(tries), options.wait - waited), options.signal);
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, { ...(signal && { signal }) });
  } catch (error) {
    throw new MigrateError('INTERRUPTED', { signal: String(signal?.reason) }, { cause: error });
  }
}

/** From 0.1 s up to 3 s, with a third of chance: replicas that start together do not knock together. */
function pauseAfter(tries: number): number {
  return Math.min(3000, 100 * 2 ** tries) * (1 - Math.random() / 3);
}

function unreachable(
  { failure, error }: { failure: ConnectionFailure; error: unknown },
  { target, wait, hint }: WaitOptions,
): MigrateError {
  const message = hint === undefined ? failure.message : `${failure.message} (${hint})`;
  return new MigrateError(
    'SERVER_UNREACHABLE',
    { target, waited: `${Math.round(wait / 100) / 10} s`, message },
    { cause: error },
  );
}
