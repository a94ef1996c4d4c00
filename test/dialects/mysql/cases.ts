import { expect } from 'vitest';
import type { Dialect } from '../../../src/dialects/dialect.ts';
import type { Session } from '../../../src/dialects/session.ts';
import { writeOperation } from '../../../src/dialects/dialect.ts';
import { applyOperation, type Operation } from '../../../src/operations/index.ts';
import { canonicalJson } from '../../../src/schema/canonical.ts';
import { emptySchema, type Schema, type Table } from '../../../src/schema/schema.ts';
import { createDatabase, type TestDatabase } from '../../support/databases.ts';
import { withSession } from '../../support/open-session.ts';

export interface Place {
  readonly session: Session;
  readonly database: TestDatabase;
}

/** Runs `work` in an empty database of its own, on one prepared session. */
export async function inDatabase(dialect: Dialect, work: (place: Place) => Promise<void>): Promise<void> {
  const database = await createDatabase(dialect.name);
  try {
    await withSession(database, async (session) => {
      await dialect.prepareSession(session);
      await work({ session, database });
    });
  } finally {
    await database.drop();
  }
}

/** Runs an operation against what the database holds now; fails unless it is one statement. Gives the schema expected after it. */
export async function applyOne(dialect: Dialect, session: Session, operation: Operation): Promise<Schema> {
  const before = await dialect.inspect(session, {});
  const statements = writeOperation(dialect, operation, before);
  expect(statements).toHaveLength(1);
  for (const { text, parameters } of statements) await session.run(text, parameters);
  return applyOperation(before, operation);
}

export async function createAll(dialect: Dialect, session: Session, tables: readonly Table[]): Promise<void> {
  for (const table of tables) await applyOne(dialect, session, { kind: 'createTable', table });
}

/** The tables as data without what is never compared, lists in the order of their names. */
export function comparable(schema: Schema): unknown {
  const list = <Item extends { readonly name: string }>(items: readonly Item[]): Item[] =>
    items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const tables = Object.entries(schema.tables).map(([name, { storage: _, ...table }]) => [
    name,
    {
      ...table,
      indexes: list(table.indexes),
      foreignKeys: list(table.foreignKeys),
      checks: list(table.checks),
      columns: Object.values(table.columns),
    },
  ]);
  return JSON.parse(canonicalJson({ ...schema, tables }), (key, value: unknown) =>
    key === 'storage' ? undefined : value,
  );
}

export function schemaOf(tables: readonly Table[]): Schema {
  return {
    ...emptySchema,
    tables: Object.fromEntries(
      tables.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((table) => [table.name, table]),
    ),
  };
}
