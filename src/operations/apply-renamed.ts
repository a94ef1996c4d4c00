import { renameIdentifier, type Lexis } from '../schema/expression.ts';
import { editTable } from '../schema/edit.ts';
import type { Column, Index, Schema, Table } from '../schema/schema.ts';
import type { Operation } from './index.ts';
import { renameColumn, type RenameColumn } from './rename-column.ts';
import { renameTable, type RenameTable } from './rename-table.ts';

/** An operation that gives a table or a column another name. */
export type Rename = RenameTable | RenameColumn;

/** True for an operation that gives a table or a column another name. */
export function isRename(operation: Operation): operation is Rename {
  return operation.kind === 'renameTable' || operation.kind === 'renameColumn';
}

/** The schema after a rename, with the table's expressions respelled as the database does it by itself. Pure. */
export function applyRenamed(schema: Schema, operation: Rename, lexis: Lexis): Schema {
  if (operation.kind === 'renameTable') return renameTable.apply(schema, operation);
  const { table, from, to } = operation;
  const respell = (sql: string): string => renameIdentifier(sql, from, to, lexis);
  return editTable(renameColumn.apply(schema, operation), table, (found) => respellTable(found, respell));
}

/** The rename that takes another back. */
export function inverseRename(operation: Rename): Rename {
  return { ...operation, from: operation.to, to: operation.from };
}

function respellTable(table: Table, respell: (sql: string) => string): Table {
  const column = (item: Column): Column =>
    item.generated
      ? { ...item, generated: { ...item.generated, expression: respell(item.generated.expression) } }
      : item;
  const index = (item: Index): Index => ({
    ...item,
    parts: item.parts.map((part) =>
      part.expression === undefined ? part : { ...part, expression: respell(part.expression) },
    ),
    ...(item.where !== undefined && { where: respell(item.where) }),
  });
  return {
    ...table,
    columns: Object.fromEntries(Object.entries(table.columns).map(([name, item]) => [name, column(item)])),
    indexes: table.indexes.map(index),
    checks: table.checks.map((check) => ({ ...check, expression: respell(check.expression) })),
  };
}
