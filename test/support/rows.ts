import { createHash } from 'node:crypto';
import { quoteName } from './connections/quote.ts';
import type { Row } from './connections/connection.ts';
import type { TestDatabase } from './databases.ts';

export interface ReadRowsOptions {
  /** Only these columns; all by default. */
  readonly columns?: readonly string[];
}

/**
 * All rows of a table, exactly, in an order that depends on nothing but their values. Bytes are hex text (`0x00ff`).
 * On SQLite a real number without fraction is a text (`1.0`), so that a change of storage class is seen.
 */
export async function readRows(database: TestDatabase, table: string, options: ReadRowsOptions = {}): Promise<Row[]> {
  const list = await selectList(database, table, options.columns);
  const rows = await database.query(`SELECT ${list} FROM ${quoteName(database.kind, table)}`);
  return orderRows(rows, Object.keys(rows[0] ?? {}));
}

/** These columns of rows, in an order that depends on nothing but their values. */
export function orderRows(rows: readonly Row[], columns: readonly string[]): Row[] {
  const names = columns.toSorted();
  return rows
    .map((row) => Object.fromEntries(names.map((name) => [name, spellValue(row[name])])))
    .map((row) => ({ row, key: JSON.stringify(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ row }) => row);
}

export async function countRows(database: TestDatabase, table: string): Promise<number> {
  const [row] = await database.query(`SELECT count(*) AS n FROM ${quoteName(database.kind, table)}`);
  return Number(row?.['n']);
}

/** SHA-256 over the rows of the tables: equal if and only if `readRows` gives the same for each. */
export async function checksum(database: TestDatabase, tables: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const table of [...tables].sort()) hash.update(JSON.stringify([table, await readRows(database, table)]));
  return hash.digest('hex');
}

async function selectList(
  database: TestDatabase,
  table: string,
  columns: readonly string[] | undefined,
): Promise<string> {
  if (database.kind !== 'sqlite') return columns?.map((name) => quoteName(database.kind, name)).join(', ') ?? '*';
  const names =
    columns ??
    (await database.query('SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1', [table])).map((row) =>
      String(row['name']),
    );
  return names
    .map((name) => quoteName('sqlite', name))
    .map(sqliteExpression)
    .join(', ');
}

function sqliteExpression(column: string): string {
  return `CASE WHEN typeof(${column}) = 'real' AND ${column} = CAST(${column} AS INTEGER) THEN printf('%!.17g', ${column}) ELSE ${column} END AS ${column}`;
}

function spellValue(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `0x${value.toString('hex')}` : value;
}
