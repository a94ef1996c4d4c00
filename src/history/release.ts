import type { LockFile } from '../config/lock-file.ts';
import type { LogState, ReleaseState } from './state.ts';

/** What this release is, and how it stands to the one the database is at. */
export type Standing =
  | { readonly kind: 'same' | 'newer' | 'first'; readonly release: ReleaseState }
  /** Its work was rolled back: it is not done again by itself. */
  | { readonly kind: 'ahead'; readonly release: ReleaseState; readonly head?: string }
  | { readonly kind: 'older' | 'diverged' | 'unlocked'; readonly release: ReleaseState; readonly head: string };

/** The release that these models are: the lock file's, or an unlocked child of it. */
export function currentRelease(lockFile: LockFile | undefined, dialect: string, fingerprint: string): ReleaseState {
  if (!lockFile) return { id: developmentId(fingerprint), parents: [], ancestors: [] };
  const { id, parents, ancestors } = lockFile;
  if (lockFile.fingerprints[dialect] === fingerprint) return { id, parents, ancestors };
  return { id: developmentId(fingerprint), parents: [id], ancestors: [...ancestors, id] };
}

/** Compares ids only: no clock, no live fingerprint, no file order. */
export function compareReleases(release: ReleaseState, log: LogState, lockFile: LockFile | undefined): Standing {
  const standing = compareWithHead(release, log, lockFile);
  if (!log.withdrawn.has(release.id) || standing.kind === 'diverged') return standing;
  // What came after it stands; without a lock file nothing tells what came after what.
  if (standing.kind === 'older' && lockFile) return standing;
  return { kind: 'ahead', release, ...(log.release && { head: log.release.id }) };
}

function compareWithHead(release: ReleaseState, log: LogState, lockFile: LockFile | undefined): Standing {
  const head = log.release;
  if (!head) return { kind: 'first', release };
  if (head.id === release.id) return { kind: 'same', release };
  if (release.ancestors.includes(head.id)) return { kind: 'newer', release };
  if (head.ancestors.includes(release.id)) return { kind: 'older', release, head: head.id };
  if (!lockFile) return withoutLockFile(release, log, head);
  // Unlocked models are a draft of what is locked next: whatever descends from what they were a draft of may follow them.
  const isDraft = isDevelopment(head.id) && head.parents.every((parent) => release.ancestors.includes(parent));
  if (isDraft) return { kind: 'newer', release };
  return { kind: 'diverged', release, head: head.id };
}

/** True for models that were changed since the lock file was written, or that have none. */
export function isDevelopment(id: string): boolean {
  return id.startsWith('dev-');
}

function withoutLockFile(release: ReleaseState, log: LogState, head: ReleaseState): Standing {
  if (!isDevelopment(head.id)) return { kind: 'older', release, head: head.id };
  return log.releases.includes(release.id) ? { kind: 'older', release, head: head.id } : { kind: 'newer', release };
}

const developmentId = (fingerprint: string): string => `dev-${fingerprint.slice(0, 32)}`;
