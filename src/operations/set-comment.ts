import { editColumn, editTable, without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { OperationDefinition } from './definition.ts';

/** Sets, changes or drops (no `to`) the comment of a table, or of a column where one is named. */
export interface SetComment {
  readonly kind: 'setComment';
  readonly table: string;
  readonly column?: string;
  readonly from?: string;
  readonly to?: string;
}

export const setComment: OperationDefinition<SetComment, SetComment> = {
  describe: (operation) => `${operation.to === undefined ? 'drop' : 'set'} comment of ${setComment.object(operation)}`,
  object: ({ table, column }) => (column === undefined ? displayTable(table) : `${displayTable(table)}.${column}`),
  undo: ({ table, column, from, to }) => ({
    restores: 'everything',
    operation: {
      kind: 'setComment',
      table,
      ...(column !== undefined && { column }),
      ...(to !== undefined && { from: to }),
      ...(from !== undefined && { to: from }),
    },
  }),
  apply: (schema, { table, column, to }) => {
    const comment = to === undefined ? {} : { comment: to };
    return column === undefined
      ? editTable(schema, table, (found) => ({ ...without(found, 'comment'), ...comment }))
      : editColumn(schema, table, column, (found) => ({ ...without(found, 'comment'), ...comment }));
  },
};
