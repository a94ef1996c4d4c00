import { editTable, without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Column } from '../schema/schema.ts';
import type { AddColumn } from './add-column.ts';
import type { OperationDefinition } from './definition.ts';

/** Drops a column that nothing else uses any more; its keys and indexes are dropped by operations before it. */
export interface DropColumn {
  readonly kind: 'dropColumn';
  readonly table: string;
  readonly column: Column;
}

export const dropColumn: OperationDefinition<DropColumn, AddColumn> = {
  describe: ({ table, column }) => `drop column ${displayTable(table)}.${column.name}`,
  object: ({ table, column }) => `${displayTable(table)}.${column.name}`,
  undo: ({ table, column }) => ({
    restores: column.generated ? 'everything' : 'structure',
    operation: { kind: 'addColumn', table, column },
  }),
  apply: (schema, { table, column }) =>
    editTable(schema, table, (found) => ({ ...found, columns: without(found.columns, column.name) })),
};
