import { editColumn } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { OperationDefinition } from './definition.ts';

/** Lets a column hold NULL, or forbids it. */
export interface SetNullability {
  readonly kind: 'setNullability';
  readonly table: string;
  readonly column: string;
  readonly nullable: boolean;
}

export const setNullability: OperationDefinition<SetNullability, SetNullability> = {
  describe: ({ table, column, nullable }) =>
    `${nullable ? 'allow' : 'forbid'} NULL in ${displayTable(table)}.${column}`,
  object: ({ table, column }) => `${displayTable(table)}.${column}`,
  undo: (operation) => ({ restores: 'everything', operation: { ...operation, nullable: !operation.nullable } }),
  apply: (schema, { table, column, nullable }) =>
    editColumn(schema, table, column, (found) => ({ ...found, nullable })),
};
