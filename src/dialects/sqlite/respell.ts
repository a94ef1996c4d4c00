import { applyOperation } from '../../operations/index.ts';
import type { RenameColumn } from '../../operations/rename-column.ts';
import { editTable } from '../../schema/edit.ts';
import { renameIdentifier } from '../../schema/expression.ts';
import type { Column, Index, IndexPart, Schema, Table } from '../../schema/schema.ts';
import { lexis } from './lexis.ts';

/** The schema after a rename with the expressions of that table respelled, in which a column's name can only mean the column. */
export function respellColumn(schema: Schema, rename: RenameColumn): Schema {
  const respell = (sql: string): string => renameIdentifier(sql, rename.from, rename.to, lexis);
  return editTable(applyOperation(schema, rename), rename.table, (table) => respellTable(table, respell));
}

function respellTable(table: Table, respell: (sql: string) => string): Table {
  const column = (item: Column): Column =>
    item.generated
      ? { ...item, generated: { ...item.generated, expression: respell(item.generated.expression) } }
      : item;
  const part = (item: IndexPart): IndexPart =>
    item.expression === undefined ? item : { ...item, expression: respell(item.expression) };
  const index = (item: Index): Index => ({
    ...item,
    parts: item.parts.map(part),
    ...(item.where !== undefined && { where: respell(item.where) }),
  });
  return {
    ...table,
    columns: Object.fromEntries(Object.entries(table.columns).map(([name, item]) => [name, column(item)])),
    indexes: table.indexes.map(index),
    checks: table.checks.map((check) => ({ ...check, expression: respell(check.expression) })),
  };
}
