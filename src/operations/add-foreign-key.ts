import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { ForeignKey } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { DropForeignKey } from './drop-foreign-key.ts';

export interface AddForeignKey {
  readonly kind: 'addForeignKey';
  readonly table: string;
  readonly foreignKey: ForeignKey;
}

export const addForeignKey: OperationDefinition<AddForeignKey, DropForeignKey> = {
  describe: ({ table, foreignKey }) => `add foreign key ${describeForeignKey(table, foreignKey)}`,
  object: ({ table, foreignKey }) => `${displayTable(table)}.${foreignKey.name}`,
  undo: ({ table, foreignKey }) => ({
    restores: 'everything',
    operation: { kind: 'dropForeignKey', table, foreignKey },
  }),
  apply: (schema, { table, foreignKey }) =>
    editTable(schema, table, (found) => ({ ...found, foreignKeys: [...found.foreignKeys, foreignKey] })),
};

/** Both ends of a foreign key: `monitor_links (user_id) → users (id)`. */
export function describeForeignKey(table: string, { columns, references }: ForeignKey): string {
  return `${displayTable(table)} (${columns.join(', ')}) → ${displayTable(references.table)} (${references.columns.join(', ')})`;
}
