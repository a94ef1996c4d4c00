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
  const touched = touchedTables(operations, actual);
  const statement = touched.length === 0 ? undefined : dialect.queries.sizes(touched.map(({ live }) => live));
  if (!statement) return {};
  const rows = await session.query<{ name: string; rows: unknown; bytes: unknown }>(
    statement.text,
    statement.parameters,
  );
  const known = rows.map(
    ({ name, rows: count, bytes }) => [name, { ...amount('rows', count), ...amount('bytes', bytes) }] as const,
  );
  const found = Object.fromEntries(known);
  return Object.fromEntries(touched.map(({ name, live }) => [name, entryOf(found, live) ?? {}]));
}

/** The touched tables that hold at least one row, under their names after the renames. */
export async function findFilledTables(
  session: Session,
  dialect: Dialect,
  operations: readonly Operation[],
  actual: Schema,
): Promise<ReadonlySet<string>> {
  const filled = new Set<string>();
  for (const { name, live } of touchedTables(operations, actual, dependsOnRows)) {
    const { text, parameters } = dialect.queries.hasRows(live);
    if ((await session.query(text, parameters)).length > 0) filled.add(name);
  }
  return filled;
}

function dependsOnRows({ kind }: Operation): boolean {
  return kind === 'addColumn' || kind === 'setNullability' || kind === 'setPartitioning';
}

/** Tables under the names that operations use, and those that they have now: a plan renames first. */
function touchedTables(
  operations: readonly Operation[],
  actual: Schema,
  isMeant: (operation: Operation) => boolean = () => true,
): { readonly name: string; readonly live: string }[] {
  const former = new Map(
    operations.flatMap((operation) => (operation.kind === 'renameTable' ? [[operation.to, operation.from]] : [])),
  );
  const names = [...new Set(operations.filter(isMeant).flatMap(tablesOf))].toSorted();
  return names
    .map((name) => ({ name, live: former.get(name) ?? name }))
    .filter(({ live }) => entryOf(actual.tables, live) !== undefined);
}

function amount(key: 'rows' | 'bytes', value: unknown): { rows?: number; bytes?: number } {
  const number = value === null || value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? { [key]: number } : {};
}
