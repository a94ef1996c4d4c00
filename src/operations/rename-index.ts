import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { OperationDefinition } from './definition.ts';

/** Renames an index or a unique constraint. */
export interface RenameIndex {
  readonly kind: 'renameIndex';
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

export const renameIndex: OperationDefinition<RenameIndex, RenameIndex> = {
  describe: ({ table, from, to }) => `rename index ${from} on ${displayTable(table)} to ${to}`,
  object: ({ table, to }) => `${displayTable(table)}.${to}`,
  undo: ({ table, from, to }) => ({
    restores: 'everything',
    operation: { kind: 'renameIndex', table, from: to, to: from },
  }),
  apply: (schema, { table, from, to }) =>
    editTable(schema, table, (found) => ({
      ...found,
      indexes: found.indexes.map((index) => (index.name === from ? { ...index, name: to } : index)),
    })),
};
