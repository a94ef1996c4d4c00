import type { LogicalType } from '../../src/schema/logical-type.ts';
import type { Column, ForeignKey, Schema, Table } from '../../src/schema/schema.ts';

/** Types that need no more than their name. */
type BareType = 'text' | 'float' | 'double' | 'boolean' | 'date' | 'uuid' | 'json' | 'time' | 'datetime' | 'binary';

/** A column in normal form; NULL allowed unless said otherwise. */
export function column(name: string, type: LogicalType | BareType, rest: Partial<Column> = {}): Column {
  return { name, type: typeof type === 'string' ? { type } : type, nullable: true, ...rest };
}

/** A table in normal form of these columns, with nothing else unless given. */
export function tableOf(name: string, columns: readonly Column[], rest: Partial<Table> = {}): Table {
  return {
    name,
    columns: Object.fromEntries(columns.map((item) => [item.name, item])),
    indexes: [],
    foreignKeys: [],
    checks: [],
    triggers: [],
    ...rest,
  };
}

/** A foreign key to the `id` of a table. */
export function reference(
  name: string,
  columns: readonly string[],
  table: string,
  rest: Partial<ForeignKey> = {},
): ForeignKey {
  return { name, columns, references: { table, columns: ['id'] }, ...rest };
}

/** A schema of these tables, with no views and no enums unless given. */
export function schemaOf(tables: readonly Table[], rest: Partial<Schema> = {}): Schema {
  return { tables: Object.fromEntries(tables.map((table) => [table.name, table])), views: {}, enums: {}, ...rest };
}

export const int: LogicalType = { type: 'integer', bits: 32 };
export const bigint: LogicalType = { type: 'integer', bits: 64 };
export const string = (length: number): LogicalType => ({ type: 'string', length });
