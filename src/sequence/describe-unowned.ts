import { dirname } from 'node:path/posix';
import { codeName } from './formats/code-name.ts';
import type { FoundFile } from './formats/format.ts';

/**
 * The paths of files that look like migrations but are of no format: SQL and code that is directly in a migrations folder.
 * What lies deeper, and tests, declarations and indexes, may be anything.
 */
export function describeUnowned(files: readonly FoundFile[], unowned: readonly FoundFile[]): readonly string[] {
  const folders = new Set(files.map(({ path }) => dirname(path)));
  return unowned
    .filter(({ path, base }) => looksLikeMigration(base) && !isWithin(dirname(path), folders))
    .map(({ path }) => path);
}

function looksLikeMigration(base: string): boolean {
  return base.endsWith('.sql') || codeName(base) !== undefined;
}

/** True for a folder that is in another one of them. */
function isWithin(folder: string, folders: ReadonlySet<string>): boolean {
  for (let parent = dirname(folder); parent !== '.' && parent !== '/'; parent = dirname(parent))
    if (folders.has(parent)) return true;
  return false;
}
