import { editColumn, without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { OperationDefinition } from './definition.ts';

/** Makes the database number a column's new rows, or stops it. */
export interface SetAutoIncrement {
  readonly kind: 'setAutoIncrement';
  readonly table: string;
  readonly column: string;
  readonly autoIncrement: boolean;
}

export const setAutoIncrement: OperationDefinition<SetAutoIncrement, SetAutoIncrement> = {
  describe: ({ table, column, autoIncrement }) =>
    `${autoIncrement ? 'add' : 'drop'} auto-increment of ${displayTable(table)}.${column}`,
  object: ({ table, column }) => `${displayTable(table)}.${column}`,
  undo: (operation) => ({
    restores: 'everything',
    operation: { ...operation, autoIncrement: !operation.autoIncrement },
  }),
  apply: (schema, { table, column, autoIncrement }) =>
    editColumn(schema, table, column, (found) => ({
      ...without(found, 'autoIncrement'),
      ...(autoIncrement && { autoIncrement }),
    })),
};
