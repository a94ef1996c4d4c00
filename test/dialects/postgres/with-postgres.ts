import { writeOperation } from '../../../src/dialects/dialect.ts';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import type { Session } from '../../../src/dialects/session.ts';
import { applyOperation, undoOperation, type Operation } from '../../../src/operations/index.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import { createDatabase, type TestDatabase } from '../../support/databases.ts';
import { withSession } from '../../support/open-session.ts';

export { column, tableOf } from '../../support/table-of.ts';

/** Runs `work` on a prepared session of a new database. */
export async function withPostgres<Result>(
  work: (session: Session, database: TestDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await createDatabase('postgresql');
  try {
    return await withSession(database, async (session) => {
      await postgres.prepareSession(session);
      return work(session, database);
    });
  } finally {
    await database.drop();
  }
}

/** Applies one operation in a transaction, as the pipeline does, and returns the schema that it should have made. */
export async function apply(session: Session, operation: Operation, schema: Schema): Promise<Schema> {
  const statements = writeOperation(postgres, operation, schema);
  await session.run(postgres.traits.begin);
  try {
    for (const { text, parameters } of statements) await session.run(text, parameters ?? []);
    await session.run(postgres.traits.commit);
  } catch (error) {
    await session.run(postgres.traits.rollback);
    throw error;
  }
  return applyOperation(schema, operation);
}

/** The operation that takes another back. */
export function undoOf(operation: Operation): Operation {
  const undo = undoOperation(operation);
  if (undo.restores === 'nothing') throw new Error(undo.because);
  return undo.operation;
}

/** Names that are legal in PostgreSQL and break careless quoting. */
export const hostileNames = [
  `a"b'c`,
  'select',
  'dot.ted',
  'per%cent %s $1 ?',
  'back\\slash',
  'new\nline',
  'schlüssel ☃',
  ' Space Case ',
  '$$',
  ';--',
  '__proto__',
  'constructor',
  '"quoted"."pair"',
];
