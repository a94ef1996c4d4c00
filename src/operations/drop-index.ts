import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Index } from '../schema/schema.ts';
import { describeParts, type AddIndex } from './add-index.ts';
import type { OperationDefinition } from './definition.ts';

export interface DropIndex {
  readonly kind: 'dropIndex';
  readonly table: string;
  readonly index: Index;
}

export const dropIndex: OperationDefinition<DropIndex, AddIndex> = {
  describe: ({ table, index }) =>
    `drop ${index.unique ? 'unique' : 'index'} ${index.name} on ${displayTable(table)} (${describeParts(index)})`,
  object: ({ table, index }) => `${displayTable(table)}.${index.name}`,
  undo: ({ table, index }) => ({ restores: 'everything', operation: { kind: 'addIndex', table, index } }),
  apply: (schema, { table, index }) =>
    editTable(schema, table, (found) => ({
      ...found,
      indexes: found.indexes.filter(({ name }) => name !== index.name),
    })),
};
