import { randomBytes } from 'node:crypto';
import { dirname, join, relative, resolve } from 'node:path';
import { checkVersions } from '../config/check-versions.ts';
import { loadConfig, type LoadedConfig } from '../config/load-config.ts';
import { idsInLockFile, readLockFile, writeLockFile, type LockFile } from '../config/lock-file.ts';
import { readIdleDigests } from '../config/read-idle-digests.ts';
import type { OrmOptions } from '../config/target.ts';
import { watchReads, type Reads } from '../config/watch-reads.ts';
import { MigrateError } from '../errors.ts';
import { findFiles } from '../sequence/read-files.ts';
import { logTables } from '../history/log-tables.ts';
import { readDesiredEverywhere, type DesiredOn } from '../inspect/desired-everywhere.ts';
import { fingerprintsOf } from '../inspect/fingerprints.ts';
import { canonicalJson, isSameData } from '../schema/canonical.ts';
import { sha256 } from '../schema/sha256.ts';
import type { CommandContext } from './context.ts';

/** `migrate lock`: writes the release that the models are, child of what the file named; of both sides of a git conflict. */
export async function runLock(context: CommandContext): Promise<number> {
  const { lock, changed, name } = await writeLock(context, await readModels(context));
  const text = changed
    ? `🔒 Release ${lock.id} written to ${name}`
    : `🔒 The models are release ${lock.id}; nothing to write`;
  context.writeOut(context.options.json ? JSON.stringify({ id: lock.id, parents: lock.parents, changed }) : text);
  return 0;
}

/** The config and what the models want everywhere, with all that was read on the way. */
export interface Models {
  readonly config: LoadedConfig;
  readonly everywhere: readonly DesiredOn[];
  readonly reads: Reads;
}

/** Loads config and models. Must come before anything else loads them: what is loaded already is not read again. */
export async function readModels(context: CommandContext): Promise<Models> {
  const { result, reads } = await watchReads(context.cwd, async () => {
    const config = await load(context);
    return { config, everywhere: await readDesiredEverywhere(config) };
  });
  return { ...result, reads };
}

/** What became of the lock file. */
export interface WrittenLock {
  readonly lock: LockFile;
  readonly changed: boolean;
  /** As the options name it. */
  readonly name: string;
}

/** Brings `schema.lock.json` to the models; changes nothing where they are the release that it names. */
export async function writeLock(context: CommandContext, { config, everywhere, reads }: Models): Promise<WrittenLock> {
  const fingerprints = fingerprintsOf(everywhere);
  const name = config.migrate.migrations.lockFile;
  const file = resolve(dirname(config.file), name);
  const known = soundLockFile(file);
  const isCurrent = known !== undefined && isSameData(known.fingerprints, fingerprints);
  const release = isCurrent ? known : childRelease(file, fingerprints);
  const idle = await readIdleDigests({
    config,
    root: context.cwd,
    reads,
    version: checkVersions(config.file),
    log: logNames(config),
    migrationFolders: await migrationFolders(config, context.cwd),
    evaluate: (url) => evaluateWith(url, context),
  });
  const { idle: _, ...rest } = release;
  const lock: LockFile = { ...rest, ...(idle && { idle }) };
  const changed = !isSameData(known, lock);
  if (changed) writeLockFile(file, lock);
  return { lock, changed, name };
}

/** Where migration files lie, and where the first of them would. */
async function migrationFolders({ file, migrate }: LoadedConfig, root: string): Promise<readonly string[]> {
  const project = dirname(file);
  const found = await findFiles({ root: project, globs: migrate.migrations.glob });
  const folders = [...found.map((item) => dirname(item.file)), join(project, 'migrations')];
  return [...new Set(folders.map((folder) => relative(root, folder)))].toSorted();
}

function load({ options, cwd, env }: CommandContext): Promise<LoadedConfig> {
  return loadConfig({ cwd, file: options.config, context: options.context, env });
}

/** The config as it would be under another DATABASE_URL. */
async function evaluateWith(url: string | undefined, context: CommandContext): Promise<OrmOptions> {
  const before = process.env['DATABASE_URL'];
  setUrl(url);
  try {
    return (await load(context)).options;
  } finally {
    setUrl(before);
  }
}

function setUrl(url: string | undefined): void {
  if (url === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = url;
}

function logNames({ migrate }: LoadedConfig) {
  const { versions, lock, schema } = logTables(migrate.log);
  return { versions, lock, ...(schema !== undefined && { schema }) };
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
