import type { TestDatabase } from '../support/databases.ts';
import { readRows } from '../support/rows.ts';

/** The rows of some tables, by table. */
export type Rows = Readonly<Record<string, readonly Record<string, unknown>[]>>;

/** All rows of the tables, exactly. */
export async function readTables(database: TestDatabase, tables: readonly string[]): Promise<Rows> {
  const rows: Record<string, readonly Record<string, unknown>[]> = {};
  for (const table of tables) rows[table] = await readRows(database, table);
  return rows;
}
