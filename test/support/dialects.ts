import type { Dialect } from '../../src/dialects/dialect.ts';
import { loadDialect } from '../../src/dialects/index.ts';
import type { DatabaseKind } from './databases.ts';

/** Every dialect, loaded. */
export const dialects: { readonly [kind in DatabaseKind]: Dialect } = {
  sqlite: await loadDialect('sqlite'),
  postgresql: await loadDialect('postgresql'),
  mariadb: await loadDialect('mariadb'),
  mysql: await loadDialect('mysql'),
};
