import type { EntityMetadata } from '@mikro-orm/core';
import type { Dialect } from '../dialects/dialect.ts';
import { runUntold, type Pinned } from '../dialects/pinned-session.ts';
import { tableKey } from '../schema/names.ts';
import type { EventRow } from './event.ts';

/** Rows of one statement: as many as MikroORM takes. */
const most = 300;

/**
 * Inserts events on the session of MikroORM. Its EntityManager would write their values into the SQL, letter by letter;
 * this sends them beside it.
 */
export async function insertRows(
  rows: readonly EventRow[],
  { tableName, schema, props }: Pick<EntityMetadata, 'tableName' | 'schema' | 'props'>,
  { context, dialect }: { readonly context: Pinned; readonly dialect: Dialect },
): Promise<void> {
  const columns = props.map(({ name, fieldNames: [column = name] }) => [name as keyof EventRow, column] as const);
  for (let start = 0; start < rows.length; start += most) {
    const values = rows
      .slice(start, start + most)
      .map((row) => Object.fromEntries(columns.map(([name, column]) => [column, row[name]])));
    await runUntold(context, dialect.queries.insertRows(tableKey(tableName, schema), values));
  }
}
