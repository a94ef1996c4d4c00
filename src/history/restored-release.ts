import type { EventPayload } from './event.ts';
import { releaseOf, type ReleaseState } from './state.ts';

/** What a rollback does to the releases. */
export interface RestoredRelease {
  /** The release that the database is at afterwards; absent where none is left. */
  readonly release?: ReleaseState;
  /** Those whose work is taken back: they do not run again by themselves. */
  readonly withdrawn: readonly string[];
}

/**
 * The last release up to `target` of which something is left, and those whose work goes. `taken` are the steps that are
 * taken back, `kept` those that stay. Pure.
 */
export function restoreRelease(
  payloads: readonly EventPayload[],
  { target, taken, kept }: { target: number; taken: readonly EventPayload[]; kept: readonly EventPayload[] },
): RestoredRelease {
  const runs = payloads.filter(({ event, release }) => event === 'run' && release !== undefined);
  const later = runs.filter(({ version, source }) => version > target && source !== 'rollback');
  const withdrawn = new Set([...later, ...taken].flatMap(({ release }) => release ?? []));
  const isLeft = ({ release = '' }: EventPayload): boolean =>
    !withdrawn.has(release) || kept.some((step) => step.release === release);
  const restored = runs.findLast((run) => run.version <= target && isLeft(run));
  return { ...(restored && { release: releaseOf(restored) }), withdrawn: [...withdrawn] };
}
