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
  if (conflictMark.test(text))
    throw new MigrateError('LOCK_FILE_INVALID', {
      file,
      message: 'it holds a git conflict: two branches changed the schema',
    });
  const data = parse(file, text);
  if (!isLockFile(data))
    throw new MigrateError('LOCK_FILE_INVALID', { file, message: 'it has no id, parents and fingerprints' });
  return { ...data, ancestors: data.ancestors ?? data.parents, nonce: data.nonce ?? '' };
}

const conflictMark = /^(?:<{7}|={7}|>{7})(?:\s|$)/mu;

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MigrateError('LOCK_FILE_INVALID', { file, message: (error as Error).message }, { cause: error });
  }
}

type Written = Pick<LockFile, 'id' | 'parents' | 'fingerprints'> & Partial<LockFile>;

function isLockFile(data: unknown): data is Written {
  const { id, parents, ancestors = [], fingerprints } = (data ?? {}) as { readonly [K in keyof LockFile]?: unknown };
  const areTexts = (list: unknown): boolean => Array.isArray(list) && list.every((text) => typeof text === 'string');
  const isRecord = typeof fingerprints === 'object' && fingerprints !== null && areTexts(Object.values(fingerprints));
  return typeof id === 'string' && areTexts(parents) && areTexts(ancestors) && isRecord;
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
