import { editColumn, without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Default } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';

/** Sets, changes or drops (no `to`) a column's default. */
export interface SetDefault {
  readonly kind: 'setDefault';
  readonly table: string;
  readonly column: string;
  readonly from?: Default;
  readonly to?: Default;
}

export const setDefault: OperationDefinition<SetDefault, SetDefault> = {
  describe: ({ table, column, to }) =>
    to
      ? `set default of ${displayTable(table)}.${column} to ${describeDefault(to)}`
      : `drop default of ${displayTable(table)}.${column}`,
  object: ({ table, column }) => `${displayTable(table)}.${column}`,
  undo: ({ table, column, from, to }) => ({
    restores: 'everything',
    operation: { kind: 'setDefault', table, column, ...(to && { from: to }), ...(from && { to: from }) },
  }),
  apply: (schema, { table, column, to }) =>
    editColumn(schema, table, column, (found) => ({ ...without(found, 'default'), ...(to && { default: to }) })),
};

/** A default in a person's words. */
function describeDefault(value: Default): string {
  if ('now' in value) return 'now';
  if ('sql' in value) return typeof value.sql === 'string' ? value.sql : JSON.stringify(value.sql);
  return JSON.stringify(value.value);
}
