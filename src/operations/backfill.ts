import { displayTable } from '../schema/names.ts';
import type { SqlByDialect } from '../schema/sql-by-dialect.ts';
import type { OperationDefinition } from './definition.ts';

/** Gives every row whose column is NULL a value, in batches. */
export interface Backfill {
  readonly kind: 'backfill';
  readonly table: string;
  readonly column: string;
  readonly set: { readonly value: string | number | boolean } | { readonly sql: SqlByDialect };
}

export const backfill: OperationDefinition<Backfill, never> = {
  describe: ({ table, column, set }) =>
    `fill ${displayTable(table)}.${column} where it is NULL with ${'value' in set ? JSON.stringify(set.value) : 'an expression'}`,
  object: ({ table, column }) => `${displayTable(table)}.${column}`,
  undo: () => ({
    restores: 'nothing',
    because: 'rows that were NULL can no longer be told from rows that held the value',
  }),
  apply: (schema) => schema,
};
