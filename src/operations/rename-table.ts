import { renameKey } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { ForeignKey, Table } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';

/** Renames a table; foreign keys of other tables follow it. */
export interface RenameTable {
  readonly kind: 'renameTable';
  readonly from: string;
  readonly to: string;
}

export const renameTable: OperationDefinition<RenameTable, RenameTable> = {
  describe: ({ from, to }) => `rename table ${displayTable(from)} to ${displayTable(to)}`,
  object: ({ to }) => displayTable(to),
  undo: ({ from, to }) => ({ restores: 'everything', operation: { kind: 'renameTable', from: to, to: from } }),
  apply: (schema, { from, to }) => {
    const follow = (key: ForeignKey): ForeignKey =>
      key.references.table === from ? { ...key, references: { ...key.references, table: to } } : key;
    const tables = Object.entries(renameKey(schema.tables, from, to, (table): Table => ({ ...table, name: to })));
    return {
      ...schema,
      tables: Object.fromEntries(
        tables.map(([name, table]) => [name, { ...table, foreignKeys: table.foreignKeys.map(follow) }]),
      ),
    };
  },
};
