import { displayTable } from '../schema/names.ts';
import type { Table } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { DropTable } from './drop-table.ts';

/** Creates a table with everything it holds but foreign keys to tables that come later, which are operations of their own. */
export interface CreateTable {
  readonly kind: 'createTable';
  readonly table: Table;
}

export const createTable: OperationDefinition<CreateTable, DropTable> = {
  describe: ({ table }) => `create table ${displayTable(table.name)}`,
  object: ({ table }) => displayTable(table.name),
  undo: ({ table }) => ({ restores: 'everything', operation: { kind: 'dropTable', table } }),
  apply: (schema, { table }) => ({ ...schema, tables: { ...schema.tables, [table.name]: table } }),
};
