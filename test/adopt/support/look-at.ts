import type { TestDatabase } from '../../support/databases.ts';
import { quoteName } from '../../support/connections/quote.ts';
import { readOracle, type OracleDocument } from '../../support/oracle/index.ts';

/** A table, or one of a namespace on PostgreSQL. */
export type TableName = string | readonly [namespace: string, table: string];

/** All that others have in a database: its schema as the database's own programs tell it, and the rows of tables. */
export async function lookAt(
  database: TestDatabase,
  tables: readonly TableName[],
): Promise<{ readonly schema: OracleDocument; readonly rows: readonly unknown[] }> {
  const rows: unknown[] = [];
  for (const table of tables) rows.push(await database.query(`select * from ${quoteTable(database, table)}`));
  return { schema: await readOracle(database), rows };
}

/** The table's name as the database wants it. */
export function quoteTable({ kind }: TestDatabase, table: TableName): string {
  return (typeof table === 'string' ? [table] : table).map((part) => quoteName(kind, part)).join('.');
}
