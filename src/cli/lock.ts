import { randomBytes } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { idsInLockFile, readLockFile, writeLockFile } from '../config/lock-file.ts';
import { MigrateError } from '../errors.ts';
import type { LockFile } from '../history/release.ts';
import { readFingerprints } from '../inspect/fingerprints.ts';
import { canonicalJson, isSameData } from '../schema/canonical.ts';
import { sha256 } from '../schema/fingerprint.ts';
import type { CommandContext } from './context.ts';

/** `migrate lock`: writes the release that the models are, child of what the file named; of both sides of a git conflict. */
export async function runLock(context: CommandContext): Promise<number> {
  const { options, cwd, env } = context;
  const config = await loadConfig({ cwd, file: options.config, context: options.context, env });
  const name = config.migrate.migrations.lockFile;
  const file = resolve(dirname(config.file), name);
  const fingerprints = await readFingerprints(config);
  const known = soundLockFile(file);
  const isCurrent = known !== undefined && isSameData(known.fingerprints, fingerprints);
  const lock = isCurrent ? known : childRelease(file, fingerprints);
  if (!isCurrent) writeLockFile(file, lock);
  const text = isCurrent ? `🔒 The models are release ${lock.id}; nothing to write` : `🔒 Release ${lock.id} written to ${name}`;
  context.writeOut(options.json ? JSON.stringify({ id: lock.id, parents: lock.parents, changed: !isCurrent }) : text);
  return 0;
}

/** The file as it is, `undefined` where it is missing or holds a git conflict. */
function soundLockFile(file: string): LockFile | undefined {
  try {
    return readLockFile(file);
  } catch (error) {
    if (error instanceof MigrateError && error.code === 'LOCK_FILE_INVALID') return undefined;
    throw error;
  }
}

function childRelease(file: string, fingerprints: LockFile['fingerprints']): LockFile {
  const { ids: parents, ancestors } = idsInLockFile(file);
  const nonce = randomBytes(8).toString('hex');
  return { id: sha256(canonicalJson({ parents, fingerprints, nonce })), parents, ancestors, fingerprints, nonce };
}
