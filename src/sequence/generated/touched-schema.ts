import { partsOf } from '../../operations/alter-table.ts';
import { tablesOf, type Operation } from '../../operations/index.ts';
import type { Column, EnumType, Schema, Table, View } from '../../schema/schema.ts';

/** The names of what operations touch: a foreign key's other end is only looked at. */
export interface Touched {
  readonly tables: ReadonlySet<string>;
  readonly views: ReadonlySet<string>;
  readonly enums: ReadonlySet<string>;
}

/** What operations touch, before and after them. */
export function touchedBy(operations: readonly Operation[]): Touched {
  const parts = operations.flatMap(partsOf);
  return {
    tables: new Set(parts.flatMap(changedTables)),
    views: new Set(parts.flatMap(changedViews)),
    enums: new Set(parts.flatMap(changedEnums)),
  };
}

/** The part of a schema that is touched, without what a comparison does not look at. */
export function touchedSchema(schema: Schema, { tables, views, enums }: Touched): Schema {
  return {
    tables: pick<Table>(schema.tables, tables, comparableTable),
    views: pick<View>(schema.views, views, ({ storage: _, ...view }) => view),
    enums: pick<EnumType>(schema.enums, enums, (item) => item),
  };
}

function changedTables(operation: Operation): readonly string[] {
  if (operation.kind === 'addForeignKey' || operation.kind === 'dropForeignKey') return [operation.table];
  return tablesOf(operation);
}

function changedViews(operation: Operation): readonly string[] {
  if (operation.kind === 'createView' || operation.kind === 'dropView') return [operation.view.name];
  return operation.kind === 'replaceView' ? [operation.from.name, operation.to.name] : [];
}

function changedEnums(operation: Operation): readonly string[] {
  if (operation.kind === 'createEnum' || operation.kind === 'dropEnum') return [operation.enum.name];
  return operation.kind === 'alterEnum' ? [operation.name] : [];
}

function pick<T>(
  record: Readonly<Record<string, T>>,
  names: ReadonlySet<string>,
  edit: (item: T) => T,
): Readonly<Record<string, T>> {
  const kept = Object.entries(record).filter(([name]) => names.has(name));
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept.map(([name, item]) => [name, edit(item)]));
}

function comparableTable({ storage: _, ...table }: Table): Table {
  const columns = Object.entries(table.columns).map(([name, column]) => [name, comparableColumn(column)] as const);
  const triggers = table.triggers.map(({ storage: _storage, ...trigger }) => trigger);
  return { ...table, columns: Object.fromEntries(columns), triggers };
}

const comparableColumn = ({ storage: _, ...column }: Column): Column => column;
