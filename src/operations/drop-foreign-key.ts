import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { ForeignKey } from '../schema/schema.ts';
import { describeForeignKey, type AddForeignKey } from './add-foreign-key.ts';
import type { OperationDefinition } from './definition.ts';

export interface DropForeignKey {
  readonly kind: 'dropForeignKey';
  readonly table: string;
  readonly foreignKey: ForeignKey;
}

export const dropForeignKey: OperationDefinition<DropForeignKey, AddForeignKey> = {
  describe: ({ table, foreignKey }) => `drop foreign key ${describeForeignKey(table, foreignKey)}`,
  object: ({ table, foreignKey }) => `${displayTable(table)}.${foreignKey.name}`,
  undo: ({ table, foreignKey }) => ({
    restores: 'everything',
    operation: { kind: 'addForeignKey', table, foreignKey },
  }),
  apply: (schema, { table, foreignKey }) =>
    editTable(schema, table, (found) => ({
      ...found,
      foreignKeys: found.foreignKeys.filter(({ name }) => name !== foreignKey.name),
    })),
};
