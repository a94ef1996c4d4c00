import type { Column, Schema, Table } from './schema.ts';
import { entryOf } from './entry-of.ts';

/** The schema with one table changed; unchanged where there is no such table. */
export function editTable(schema: Schema, name: string, edit: (table: Table) => Table): Schema {
  const table = entryOf(schema.tables, name);
  if (!table) return schema;
  return { ...schema, tables: { ...schema.tables, [name]: edit(table) } };
}

/** The schema with one column changed; unchanged where there is no such column. */
export function editColumn(schema: Schema, table: string, column: string, edit: (column: Column) => Column): Schema {
  return editTable(schema, table, (found) => {
    const before = entryOf(found.columns, column);
    if (!before) return found;
    return { ...found, columns: { ...found.columns, [column]: edit(before) } };
  });
}

/** The object without one key. */
export function without<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = object;
  return rest;
}

/** The record with one key renamed, its place kept. */
export function renameKey<T>(
  record: Readonly<Record<string, T>>,
  from: string,
  to: string,
  edit: (item: T) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).map(([key, item]) => (key === from ? [to, edit(item)] : [key, item])),
  );
}

/** The part of a schema that holds the named tables, with all views and enums. */
export function sliceSchema(schema: Schema, tables: readonly string[]): Schema {
  return {
    ...schema,
    tables: Object.fromEntries(Object.entries(schema.tables).filter(([name]) => tables.includes(name))),
  };
}
