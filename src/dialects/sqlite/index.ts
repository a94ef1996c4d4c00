import type { Dialect } from '../dialect.ts';
import { digestSql } from './digest.ts';
import { classifyError } from './errors.ts';
import { inspect } from './inspect.ts';
import { lexis } from './lexis.ts';
import { lock } from './lock.ts';
import { expectedLocks } from './expected-locks.ts';
import { placeOfError } from './place-of-error.ts';
import { queries } from './queries.ts';
import { literal, quote } from './quote.ts';
import { readServer } from './read-server.ts';
import { prepareSession, restoreSession } from './session.ts';
import { sql } from './sql.ts';
import { traits } from './traits.ts';
import { types } from './types.ts';

/** SQLite 3.35 and later. */
export const sqlite: Dialect = {
  name: 'sqlite',
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
  // SQLite keeps every text as it was written.
  echo: async (_session, table) => table,
  digestSql,
  readServer,
  classifyError,
  placeOfError,
  quote,
  literal,
};
