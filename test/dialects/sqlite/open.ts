import { afterEach } from 'vitest';
import { writeOperation, type Statement } from '../../../src/dialects/dialect.ts';
import type { Session } from '../../../src/dialects/session.ts';
import { sqlite } from '../../../src/dialects/sqlite/index.ts';
import type { Operation } from '../../../src/operations/index.ts';
import type { Schema, Table } from '../../../src/schema/schema.ts';
import { createDatabase, type TestDatabase } from '../../support/databases.ts';
import { withSession } from '../../support/open-session.ts';

const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

/** What a test has in hand: a database file of its own and a prepared session on it. */
export interface Opened {
  readonly database: TestDatabase;
  readonly session: Session;
  inspect(): Promise<Schema>;
  table(name: string): Promise<Table>;
  /** Runs an operation as the pipeline does: in one transaction, with the check of foreign keys before the commit. */
  apply(operation: Operation): Promise<readonly Statement[]>;
}

export async function withSqlite(setUp: readonly string[], work: (opened: Opened) => Promise<void>): Promise<void> {
  const database = await createDatabase('sqlite');
  databases.push(database);
  await database.run(setUp);
  await withSession(database, async (session) => {
    await sqlite.prepareSession(session);
    const inspect = (): Promise<Schema> => sqlite.inspect(session, {});
    await work({
      database,
      session,
      inspect,
      table: async (name) => found(await inspect(), name),
      apply: (operation) => apply(session, operation),
    });
  });
}

function found(schema: Schema, name: string): Table {
  const table = schema.tables[name];
  if (!table) throw new Error(`no table ${name} among ${Object.keys(schema.tables).join(', ')}`);
  return table;
}

async function apply(session: Session, operation: Operation): Promise<readonly Statement[]> {
  const statements = writeOperation(sqlite, operation, await sqlite.inspect(session, {}));
  await session.run(sqlite.traits.begin);
  try {
    for (const { text, parameters, expect } of statements) {
      if (!expect) await session.run(text, parameters);
      else if ((await session.query(text, parameters)).length > 0) throw new Error(`rows for ${text}`);
    }
    await session.run(sqlite.traits.commit);
  } catch (error) {
    await session.run(sqlite.traits.rollback);
    throw error;
  }
  return statements;
}
