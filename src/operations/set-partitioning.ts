import { editTable, without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Partitioning } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';

/** Partitions an existing table, partitions it another way, or puts it together again (no `to`). */
export interface SetPartitioning {
  readonly kind: 'setPartitioning';
  readonly table: string;
  readonly from?: Partitioning;
  readonly to?: Partitioning;
}

export const setPartitioning: OperationDefinition<SetPartitioning, SetPartitioning> = {
  describe: ({ table, to }) =>
    to
      ? `partition ${displayTable(table)} by ${to.method} (${to.by})`
      : `remove partitioning of ${displayTable(table)}`,
  object: ({ table }) => displayTable(table),
  undo: ({ table, from, to }) => ({
    restores: 'everything',
    operation: { kind: 'setPartitioning', table, ...(to && { from: to }), ...(from && { to: from }) },
  }),
  apply: (schema, { table, to }) =>
    editTable(schema, table, (found) => ({ ...without(found, 'partitioning'), ...(to && { partitioning: to }) })),
};
