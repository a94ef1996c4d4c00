import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Index } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { DropIndex } from './drop-index.ts';

/** Adds an index or a unique constraint. */
export interface AddIndex {
  readonly kind: 'addIndex';
  readonly table: string;
  readonly index: Index;
}

export const addIndex: OperationDefinition<AddIndex, DropIndex> = {
  describe: ({ table, index }) =>
    `add ${index.unique ? 'unique' : 'index'} ${index.name} on ${displayTable(table)} (${describeParts(index)})`,
  object: ({ table, index }) => `${displayTable(table)}.${index.name}`,
  undo: ({ table, index }) => ({ restores: 'everything', operation: { kind: 'dropIndex', table, index } }),
  apply: (schema, { table, index }) =>
    editTable(schema, table, (found) => ({ ...found, indexes: [...found.indexes, index] })),
};

/** The key parts of an index in a person's words. */
export function describeParts(index: Index): string {
  const parts = index.parts.map(
    (part) =>
      `${part.column ?? `(${part.expression})`}${part.length ? `(${part.length})` : ''}${part.descending ? ' desc' : ''}`,
  );
  return parts.join(', ');
}
