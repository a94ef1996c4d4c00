import { realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { HeldLock, Lock } from '../dialect.ts';
import { classifyError } from './errors.ts';

/**
 * An exclusive transaction on a file beside the database: a lock of the kernel, free as soon as its holder is gone. The
 * file stays, because who deletes it could delete the one that another has just locked.
 */
export const lock: Lock = {
  async tryAcquire(_session, { file }) {
    // A database in memory is this process's own.
    if (file === undefined) return { isHeld: async () => true, release: async () => {} };
    return acquire(`${resolve(file)}.migrate-lock`);
  },
};

function acquire(path: string): HeldLock | undefined {
  const connection = new (loadDriver())(path, { timeout: 0 });
  try {
    connection.exec('begin exclusive');
  } catch (error) {
    connection.close();
    if (classifyError(error)?.code === 'ALREADY_LOCKED') return undefined;
    throw error;
  }
  const inode = inodeOf(path);
  return {
    // A file that was deleted or replaced keeps nobody else out.
    isHeld: async () => connection.inTransaction && inodeOf(path) === inode,
    release: async () => {
      connection.close();
    },
  };
}

/** The driver that MikroORM uses, so that this package needs none of its own. */
function loadDriver(): typeof Database {
  const own = createRequire(import.meta.url);
  const mikroOrm = own.resolve('@mikro-orm/sqlite', {
    paths: [import.meta.dirname, join(process.cwd(), 'node_modules')],
  });
  return createRequire(mikroOrm)('better-sqlite3') as typeof Database;
}

// Two names of one database are one lock.
function resolve(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
