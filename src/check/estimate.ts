import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import type { Estimates } from '../plan/plan-file.ts';
import { tablesOf, type Operation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import { entryOf } from '../schema/entry-of.ts';

/** Rows and bytes of the tables that a difference touches, from the catalog, in one query where the database has it. */
export async function estimateSizes(
  session: Session,
  dialect: Dialect,
  operations: readonly Operation[],
  actual: Schema,
): Promise<Estimates> {
  const tables = touchedTables(operations, actual);
  const statement = tables.length === 0 ? undefined : dialect.queries.sizes(tables);
  if (!statement) return {};
  const rows = await session.query<{ name: string; rows: unknown; bytes: unknown }>(
    statement.text,
    statement.parameters,
  );
  const known = rows.map(
    ({ name, rows: count, bytes }) => [name, { ...amount('rows', count), ...amount('bytes', bytes) }] as const,
  );
  return Object.fromEntries(known);
}

/** The touched tables that hold at least one row. */
export async function findFilledTables(
  session: Session,
  dialect: Dialect,
  operations: readonly Operation[],
  actual: Schema,
): Promise<ReadonlySet<string>> {
  const filled = new Set<string>();
  for (const table of touchedTables(operations.filter(dependsOnRows), actual)) {
    const { text, parameters } = dialect.queries.hasRows(table);
    if ((await session.query(text, parameters)).length > 0) filled.add(table);
  }
  return filled;
}

function dependsOnRows({ kind }: Operation): boolean {
  return kind === 'addColumn' || kind === 'setNullability' || kind === 'setPartitioning';
}

function touchedTables(operations: readonly Operation[], actual: Schema): string[] {
  return [...new Set(operations.flatMap(tablesOf))].filter((name) => entryOf(actual.tables, name)).toSorted();
}

function amount(key: 'rows' | 'bytes', value: unknown): { rows?: number; bytes?: number } {
  const number = value === null || value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? { [key]: number } : {};
}
