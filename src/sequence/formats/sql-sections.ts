import { posix } from 'node:path';
import type { Format, FoundFile } from './format.ts';
import { pairFiles } from './pair-files.ts';
import { sqlMigration } from './sql-migration.ts';

/**
 * `NAME.sql`, with sections or all of it `up`; or a folder `NAME` with `migration.sql` as Prisma and Drizzle have it (or
 * `up.sql`), where `down.sql` beside it is the way back.
 */
export const sqlSections: Format = {
  name: 'sql-sections',
  owns: ({ base }) => base.endsWith('.sql'),
  read: (files, context) =>
    pairFiles(files, partOf).map((pair) => sqlMigration({ format: 'sql-sections', ...pair }, context)),
};

function partOf({ base, path }: FoundFile): { readonly name: string; readonly key: string; readonly isDown: boolean } {
  const folder = posix.dirname(path);
  if (!inFolder.has(base)) return { name: base.slice(0, -'.sql'.length), key: path, isDown: false };
  return { name: posix.basename(folder), key: folder, isDown: base === 'down.sql' };
}

const inFolder: ReadonlySet<string> = new Set(['migration.sql', 'up.sql', 'down.sql']);
