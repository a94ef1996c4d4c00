import { editTable, without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { PrimaryKey } from '../schema/schema.ts';
import type { AddPrimaryKey } from './add-primary-key.ts';
import type { OperationDefinition } from './definition.ts';

export interface DropPrimaryKey {
  readonly kind: 'dropPrimaryKey';
  readonly table: string;
  readonly primaryKey: PrimaryKey;
}

export const dropPrimaryKey: OperationDefinition<DropPrimaryKey, AddPrimaryKey> = {
  describe: ({ table, primaryKey }) => `drop primary key of ${displayTable(table)} (${primaryKey.columns.join(', ')})`,
  object: ({ table }) => displayTable(table),
  undo: ({ table, primaryKey }) => ({
    restores: 'everything',
    operation: { kind: 'addPrimaryKey', table, primaryKey },
  }),
  apply: (schema, { table }) => editTable(schema, table, (found) => without(found, 'primaryKey')),
};
