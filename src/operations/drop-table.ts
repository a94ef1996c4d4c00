import { without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Table } from '../schema/schema.ts';
import type { CreateTable } from './create-table.ts';
import type { OperationDefinition } from './definition.ts';

export interface DropTable {
  readonly kind: 'dropTable';
  readonly table: Table;
}

export const dropTable: OperationDefinition<DropTable, CreateTable> = {
  describe: ({ table }) => `drop table ${displayTable(table.name)}`,
  object: ({ table }) => displayTable(table.name),
  undo: ({ table }) => ({ restores: 'structure', operation: { kind: 'createTable', table } }),
  apply: (schema, { table }) => ({ ...schema, tables: without(schema.tables, table.name) }),
};
