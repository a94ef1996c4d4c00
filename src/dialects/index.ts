import type { DialectName } from '../schema/sql-by-dialect.ts';
import type { Dialect } from './dialect.ts';

/** One line per database; a folder is loaded only when its database is met. */
const folders: { readonly [name in DialectName]: () => Promise<Dialect> } = {
  sqlite: async () => (await import('./sqlite/index.ts')).sqlite,
  postgresql: async () => (await import('./postgres/index.ts')).postgres,
  mysql: async () => (await import('./mysql/index.ts')).mysql,
  mariadb: async () => (await import('./mariadb/index.ts')).mariadb,
};

/** Every database there is a folder for, in alphabetical order. */
export const dialectNames = (Object.keys(folders) as DialectName[]).toSorted();

/** Everything that is particular to one database. */
export function loadDialect(name: DialectName): Promise<Dialect> {
  return folders[name]();
}
