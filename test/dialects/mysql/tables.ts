import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { Column, Table } from '../../../src/schema/schema.ts';

/** A column in normal form; NULL allowed unless said otherwise. */
export function column(name: string, type: LogicalType | LogicalType['type'], rest: Partial<Column> = {}): Column {
  return { name, type: typeof type === 'string' ? ({ type } as LogicalType) : type, nullable: true, ...rest };
}

export const int: LogicalType = { type: 'integer', bits: 32 };
export const text = (length: number): LogicalType => ({ type: 'string', length });
export const native = (sql: string): LogicalType => ({ type: 'native', sql });

/** A table in normal form; without a primary key unless given. */
export function table(name: string, columns: readonly Column[], rest: Partial<Table> = {}): Table {
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

/** An integer primary key that counts. */
export const id = (name = 'id'): Column => column(name, int, { nullable: false, autoIncrement: true });

/** Every character that has hurt a tool: quotes of all kinds, dot, percent, question mark, backslash, newline, emoji, an escape. */
export const hostileName = 'a\'b"c`d.e%f?g\\h\ni ü€$&;--#/*x*/';
