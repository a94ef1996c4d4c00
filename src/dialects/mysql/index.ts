import type { Dialect } from '../dialect.ts';
import { mysqlCatalog } from './mysql-catalog.ts';
import { mysqlDigestSql } from './digest.ts';
import { echo } from './echo.ts';
import { classifyError } from './errors.ts';
import { inspect } from './inspect.ts';
import { lock } from './lock.ts';
import { createExpectedLocks } from './expected-locks.ts';
import { placeOfError } from './place-of-error.ts';
import { createQueries } from './queries.ts';
import { lexis, literal, quote } from './quote.ts';
import { readServer } from './read-server.ts';
import { renameInView } from './rename-in-view.ts';
import { prepareSession, restoreSession } from './session.ts';
import { createSqlWriter } from './sql.ts';
import { mysqlTraits } from './traits.ts';

/** MySQL 8.0 and later. */
export const mysql: Dialect = {
  name: 'mysql',
  traits: mysqlTraits,
  types: mysqlCatalog.types,
  lexis,
  sql: createSqlWriter(mysqlCatalog),
  queries: createQueries(mysqlCatalog),
  expectedLocks: createExpectedLocks(mysqlCatalog),
  lock,
  prepareSession,
  restoreSession,
  inspect: (session, scope) => inspect(mysqlCatalog, session, scope),
  echo: (session, table) => echo(mysqlCatalog, session, table),
  digestSql: mysqlDigestSql,
  readServer,
  classifyError,
  placeOfError,
  renameInView,
  quote,
  literal,
};
