import { editTable } from '../schema/edit.ts';
import { describeType } from '../schema/logical-type.ts';
import { displayTable } from '../schema/names.ts';
import type { Column } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { DropColumn } from './drop-column.ts';

export interface AddColumn {
  readonly kind: 'addColumn';
  readonly table: string;
  readonly column: Column;
}

export const addColumn: OperationDefinition<AddColumn, DropColumn> = {
  describe: ({ table, column }) => `add column ${displayTable(table)}.${column.name} ${describeType(column.type)}`,
  object: ({ table, column }) => `${displayTable(table)}.${column.name}`,
  undo: ({ table, column }) => ({ restores: 'everything', operation: { kind: 'dropColumn', table, column } }),
  apply: (schema, { table, column }) =>
    editTable(schema, table, (found) => ({ ...found, columns: { ...found.columns, [column.name]: column } })),
};
