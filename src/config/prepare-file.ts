import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MigrateError } from '../errors.ts';
import { redact } from './secret.ts';

/** SQLite makes a file that is not there: a path that is mistyped must be seen. Throws NOT_A_FILE, READ_ONLY, DATABASE_MISSING. */
export function prepareFile(database: string, onNotice?: (text: string) => void): void {
  if (database === ':memory:' || database === '') return;
  const found = lookAt(resolve(database));
  if (found === 'folder') throw new MigrateError('NOT_A_FILE', { path: database });
  makeFolder(database);
  if (found === 'nothing') onNotice?.(`there was no file ${database}: it is a new, empty database`);
}

/** What may not be looked at tells so when it is opened. */
function lookAt(path: string): 'folder' | 'file' | 'nothing' | 'unknown' {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return 'nothing';
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'unknown';
  }
}

function makeFolder(database: string): void {
  try {
    mkdirSync(dirname(resolve(database)), { recursive: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const told = redact(String(message));
    if (forbids.has(code ?? ''))
      throw new MigrateError('READ_ONLY', { target: database, message: told }, { cause: error });
    throw new MigrateError('DATABASE_MISSING', { database, message: told }, { cause: error });
  }
}

const forbids: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);
