import type { Dialect } from '../dialect.ts';
import { digestSql } from './digest.ts';
import { echo } from './echo.ts';
import { classifyError } from './errors.ts';
import { inspect } from './inspect.ts';
import { lock } from './lock.ts';
import { expectedLocks } from './expected-locks.ts';
import { placeOfError } from './place-of-error.ts';
import { queries } from './queries.ts';
import { literal, quote } from './quote.ts';
import { readServer } from './read-server.ts';
import { prepareSession, restoreSession } from './session.ts';
import { sql } from './sql.ts';
import { lexis, traits } from './traits.ts';
import { types } from './types.ts';

/** PostgreSQL 12 and newer. */
export const postgres: Dialect = {
  name: 'postgresql',
  traits,
  types,
  lexis,
  sql,
  queries,
  expectedLocks,
  lock,
  prepareSession,
  restoreSession,
  inspect,
  warmLooks: (session) => inspect(session, { tables: [] }),
  echo,
  digestSql,
  readServer,
  classifyError,
  placeOfError,
  quote,
  literal,
};
