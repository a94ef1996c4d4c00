import { posix } from 'node:path';
import { dialectNames } from '../../dialects/index.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import type { MigrationFile } from '../migration-file.ts';
import type { Format, FormatContext, FoundFile } from './format.ts';
import { pairFiles, type FilePair, type FilePart } from './pair-files.ts';
import { sqlMigration } from './sql-migration.ts';

const databases = dialectNames.join('|');
const pattern = new RegExp(`^(.*?)(?:\\.(up|down))?\\.(${databases})(?:\\.(up|down))?\\.sql$`, 'su');

/**
 * `NAME.mysql.sql`, `NAME.postgresql.sql` …: one migration, of which each database runs its own text. A way back may be in
 * `NAME.mysql.down.sql` (or `NAME.down.mysql.sql`).
 */
export const sqlByDatabase: Format = {
  name: 'sql-by-database',
  owns: ({ base }) => pattern.test(base),
  read(files, context) {
    const groups = Map.groupBy(pairFiles(files, partOf), ({ up }) => migrationKey(up));
    return [...groups.values()].map((pairs) => readGroup(pairs, context));
  },
};

function partOf(file: FoundFile): FilePart {
  const [, name = '', before, database = '', after] = pattern.exec(file.base) ?? [];
  return { name, key: `${migrationKey(file)}.${database}`, isDown: (before ?? after) === 'down' };
}

function migrationKey({ base, path }: FoundFile): string {
  return posix.join(posix.dirname(path), pattern.exec(base)?.[1] ?? '');
}

function readGroup(pairs: readonly FilePair[], context: FormatContext): MigrationFile {
  const byDatabase = Object.fromEntries(pairs.map(({ up }) => [pattern.exec(up.base)?.[3], up.path]));
  const path = sqlFor(context.dialect.name, byDatabase);
  const own = pairs.find(({ up }) => up.path === path);
  if (own) return sqlMigration({ format: 'sql-by-database', ...own }, context);
  return nothingHere(pairs as readonly [FilePair], Object.keys(byDatabase));
}

/** A migration that is meant for other databases: it runs, does nothing, and is done. */
function nothingHere([{ name, up }]: readonly [FilePair], databases: readonly string[]): MigrationFile {
  const description = `nothing to do on this database: it has SQL for ${databases.toSorted().join(', ')} only`;
  return {
    name,
    format: 'sql-by-database',
    path: up.path,
    file: up.file,
    text: '',
    semantics: () => Promise.resolve(''),
    load: () => Promise.resolve({ source: 'legacy', description, transaction: true, steps: [] }),
  };
}
