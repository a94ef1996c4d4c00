/** Whom an operation keeps waiting who would use what it changes, and for how long. */
export interface ExpectedLock {
  /** While `writers` wait, readers go on. */
  readonly blocks: 'nobody' | 'writers' | 'everybody';
  /** For a change of the catalogs, or as long as rows are worked on. Where an operation does both, that is what is told. */
  readonly lasts: 'a moment' | 'while it runs';
}

/** An expected lock in a few words. */
export function describeLock({ blocks, lasts }: ExpectedLock): string {
  if (blocks === 'nobody') return 'blocks nobody';
  return `blocks ${blocks} ${lasts === 'a moment' ? 'for a moment' : lasts}`;
}

/** The same where there is little room. */
export function describeLockShortly({ blocks, lasts }: ExpectedLock): string {
  if (blocks === 'nobody') return 'no lock';
  return `${lasts === 'a moment' ? 'brief' : 'long'} ${blocks === 'writers' ? 'write lock' : 'lock'}`;
}
