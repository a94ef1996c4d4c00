import type { EntityMetadata } from '@mikro-orm/core';
import type { Dialect, PlainRow } from '../dialects/dialect.ts';
import { runUntold, type Pinned } from '../dialects/pinned-session.ts';
import { tableKey } from '../schema/names.ts';

/** Rows of one statement: as many as MikroORM takes. */
const most = 300;

/**
 * Inserts rows, given by the entity's properties, on the session of MikroORM. Its EntityManager would write their values into
 * the SQL, letter by letter; this sends them beside it.
 */
export async function insertRows(
  rows: readonly object[],
  { tableName, schema, props }: Pick<EntityMetadata, 'tableName' | 'schema' | 'props'>,
  { context, dialect }: { readonly context: Pinned; readonly dialect: Dialect },
): Promise<void> {
  const columns = props.map(({ name, fieldNames: [column = name] }) => [name, column] as const);
  const named = (row: PlainRow): PlainRow =>
    Object.fromEntries(columns.map(([name, column]) => [column, row[name] ?? null]));
  for (let start = 0; start < rows.length; start += most) {
    const part = rows.slice(start, start + most) as readonly PlainRow[];
    await runUntold(context, dialect.queries.insertRows(tableKey(tableName, schema), part.map(named)));
  }
}
