import type { Dialect } from '../dialect.ts';
import { echo } from '../mysql/echo.ts';
import { mysql } from '../mysql/index.ts';
import { inspect } from '../mysql/inspect.ts';
import { createExpectedLocks } from '../mysql/expected-locks.ts';
import { createQueries } from '../mysql/queries.ts';
import { createSqlWriter } from '../mysql/sql.ts';
import { mariadbDigestSql } from './digest.ts';
import { mariadbCatalog } from './mariadb-catalog.ts';
import { mariadbTraits } from './traits.ts';

/** MariaDB 10.6 and later: MySQL's quoting, errors, lock and session; a catalog, types and SQL with differences of their own. */
export const mariadb: Dialect = {
  ...mysql,
  name: 'mariadb',
  traits: mariadbTraits,
  digestSql: mariadbDigestSql,
  types: mariadbCatalog.types,
  sql: createSqlWriter(mariadbCatalog),
  expectedLocks: createExpectedLocks(mariadbCatalog),
  queries: createQueries(mariadbCatalog),
  inspect: (session, scope) => inspect(mariadbCatalog, session, scope),
  echo: (session, table) => echo(mariadbCatalog, session, table),
};
