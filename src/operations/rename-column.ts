import { editTable, renameKey } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { ForeignKey, Index, Table } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';

/** Renames a column; keys, indexes and foreign keys follow it. Expressions are respelled by the database itself. */
export interface RenameColumn {
  readonly kind: 'renameColumn';
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

export const renameColumn: OperationDefinition<RenameColumn, RenameColumn> = {
  describe: ({ table, from, to }) => `rename column ${displayTable(table)}.${from} to ${to}`,
  object: ({ table, to }) => `${displayTable(table)}.${to}`,
  undo: ({ table, from, to }) => ({
    restores: 'everything',
    operation: { kind: 'renameColumn', table, from: to, to: from },
  }),
  apply: (schema, { table, from, to }) => {
    const rename = (name: string): string => (name === from ? to : name);
    const renamed = editTable(schema, table, (found) => renameWithin(found, from, to));
    const follow = (key: ForeignKey): ForeignKey =>
      key.references.table === table
        ? { ...key, references: { table, columns: key.references.columns.map(rename) } }
        : key;
    return {
      ...renamed,
      tables: Object.fromEntries(
        Object.entries(renamed.tables).map(([name, item]) => [
          name,
          { ...item, foreignKeys: item.foreignKeys.map(follow) },
        ]),
      ),
    };
  },
};

function renameWithin(table: Table, from: string, to: string): Table {
  const rename = (name: string): string => (name === from ? to : name);
  const index = (item: Index): Index => ({
    ...item,
    parts: item.parts.map((part) => (part.column === from ? { ...part, column: to } : part)),
    ...(item.include && { include: item.include.map(rename) }),
  });
  return {
    ...table,
    columns: renameKey(table.columns, from, to, (column) => ({ ...column, name: to })),
    ...(table.primaryKey && { primaryKey: { ...table.primaryKey, columns: table.primaryKey.columns.map(rename) } }),
    indexes: table.indexes.map(index),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(rename) })),
  };
}
