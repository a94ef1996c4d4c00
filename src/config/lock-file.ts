import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MigrateError } from '../errors.ts';
import type { IdleDigests } from './idle-digests.ts';

/** What `migrations/schema.lock.json` says of the models. */
export interface LockFile {
  readonly id: string;
  readonly parents: readonly string[];
  readonly ancestors: readonly string[];
  /** Desired fingerprint per dialect. */
  readonly fingerprints: Readonly<Record<string, string>>;
  /** Makes ids of equal schemas on two branches differ. */
  readonly nonce: string;
  /** What the idle path compares; absent where the config cannot be known without running it. */
  readonly idle?: IdleDigests;
}

/** What `schema.lock.json` says; `undefined` where there is none yet. Throws LOCK_FILE_INVALID, also for a git conflict. */
export function readLockFile(file: string): LockFile | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  try {
    const data = JSON.parse(text) as Partial<LockFile>;
    if (typeof data.id !== 'string' || !Array.isArray(data.parents) || typeof data.fingerprints !== 'object')
      throw new Error('it has no id, parents and fingerprints');
    return {
      ...data,
      id: data.id,
      parents: data.parents,
      ancestors: data.ancestors ?? data.parents,
      fingerprints: data.fingerprints,
      nonce: data.nonce ?? '',
    };
  } catch (error) {
    throw new MigrateError('LOCK_FILE_INVALID', { file, message: (error as Error).message }, { cause: error });
  }
}

/** Every id that stands in the text of a lock file, also of one with a git conflict: the parents of what comes next. */
export function idsInLockFile(file: string): { readonly ids: string[]; readonly ancestors: string[] } {
  const text = readText(file) ?? '';
  const ids = [...text.matchAll(/"id": "([0-9a-f]{64})"/gu)].map(([, id]) => id ?? '');
  // Ids stand alone on their lines; fingerprints have a dialect before them.
  const listed = [...text.matchAll(/^\s*"([0-9a-f]{64})",?$/gmu)].map(([, id]) => id ?? '');
  return { ids: [...new Set(ids)].toSorted(), ancestors: [...new Set([...ids, ...listed])].toSorted() };
}

/** Writes the lock file with its folder; the same content gives the same bytes. */
export function writeLockFile(file: string, content: LockFile): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new MigrateError('LOCK_FILE_INVALID', { file, message: (error as Error).message }, { cause: error });
  }
}
