import { editColumn, without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { OperationDefinition } from './definition.ts';

/** Sets, changes or drops (no `to`) the expression that a column takes on each update (MySQL, MariaDB). */
export interface SetOnUpdate {
  readonly kind: 'setOnUpdate';
  readonly table: string;
  readonly column: string;
  readonly from?: string;
  readonly to?: string;
}

export const setOnUpdate: OperationDefinition<SetOnUpdate, SetOnUpdate> = {
  describe: ({ table, column, to }) =>
    `${to ? `set on update ${to} for` : 'drop on update of'} ${displayTable(table)}.${column}`,
  object: ({ table, column }) => `${displayTable(table)}.${column}`,
  undo: ({ table, column, from, to }) => ({
    restores: 'everything',
    operation: {
      kind: 'setOnUpdate',
      table,
      column,
      ...(to !== undefined && { from: to }),
      ...(from !== undefined && { to: from }),
    },
  }),
  apply: (schema, { table, column, to }) =>
    editColumn(schema, table, column, (found) => ({
      ...without(found, 'onUpdate'),
      ...(to !== undefined && { onUpdate: to }),
    })),
};
