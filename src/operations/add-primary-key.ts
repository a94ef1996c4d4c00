import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { PrimaryKey } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { DropPrimaryKey } from './drop-primary-key.ts';

export interface AddPrimaryKey {
  readonly kind: 'addPrimaryKey';
  readonly table: string;
  readonly primaryKey: PrimaryKey;
}

export const addPrimaryKey: OperationDefinition<AddPrimaryKey, DropPrimaryKey> = {
  describe: ({ table, primaryKey }) => `add primary key of ${displayTable(table)} (${primaryKey.columns.join(', ')})`,
  object: ({ table }) => displayTable(table),
  undo: ({ table, primaryKey }) => ({
    restores: 'everything',
    operation: { kind: 'dropPrimaryKey', table, primaryKey },
  }),
  apply: (schema, { table, primaryKey }) => editTable(schema, table, (found) => ({ ...found, primaryKey })),
};
