import type { AddIndex } from '../operations/add-index.ts';
import { tablesOf, type Operation } from '../operations/index.ts';
import { parseTableKey } from '../schema/names.ts';
import type { ForeignKey } from '../schema/schema.ts';

/** True when `later` uses what `earlier` makes, so that it cannot run without it. */
export function isNeededBy(earlier: Operation, later: Operation): boolean {
  switch (earlier.kind) {
    case 'createNamespace':
      return namesMadeBy(later).some((key) => parseTableKey(key).namespace === earlier.namespace);
    case 'createTable':
      return tablesOf(later).includes(earlier.table.name);
    case 'renameTable':
      return tablesOf(later).includes(earlier.to);
    case 'addColumn':
      return tablesOf(later).includes(earlier.table) && columnsOf(later).includes(earlier.column.name);
    case 'renameColumn':
      return tablesOf(later).includes(earlier.table) && columnsOf(later).includes(earlier.to);
    case 'backfill':
      return later.kind === 'setNullability' && later.table === earlier.table && later.column === earlier.column;
    case 'addIndex':
      return later.kind === 'addForeignKey' && earlier.index.unique && isReferenced(earlier, later.foreignKey);
    case 'dropForeignKey':
      return (
        later.kind === 'addForeignKey' &&
        later.table === earlier.table &&
        later.foreignKey.name === earlier.foreignKey.name
      );
    case 'changeType':
      return later.kind === 'addForeignKey' && joins(later.foreignKey, later.table, earlier);
    case 'renameIndex':
      return later.kind === 'addIndex' && later.table === earlier.table && later.index.name === earlier.from;
    case 'alterTable':
      return earlier.changes.some((change) => isNeededBy(change, later));
    default:
      return false;
  }
}

/** The keys under which an operation makes something. */
function namesMadeBy(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'createTable':
      return [operation.table.name];
    case 'renameTable':
      return [operation.to];
    case 'createView':
      return [operation.view.name];
    case 'createEnum':
      return [operation.enum.name];
    default:
      return [];
  }
}

/** A foreign key leans on a unique index over the columns that it references, not on any other one of that table. */
function isReferenced({ table, index }: AddIndex, { references }: ForeignKey): boolean {
  const first = index.parts.slice(0, references.columns.length).map(({ column }) => column);
  return table === references.table && references.columns.every((column) => first.includes(column));
}

/** Both ends of a foreign key must have one type. */
function joins({ columns, references }: ForeignKey, table: string, { table: changed, column }: ColumnRef): boolean {
  return (
    (table === changed && columns.includes(column)) ||
    (references.table === changed && references.columns.includes(column))
  );
}

interface ColumnRef {
  readonly table: string;
  readonly column: string;
}

function columnsOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'addIndex':
      return operation.index.parts.flatMap(({ column }) => (column === undefined ? [] : [column]));
    case 'addForeignKey':
      return [...operation.foreignKey.columns, ...operation.foreignKey.references.columns];
    case 'addPrimaryKey':
      return operation.primaryKey.columns;
    case 'alterTable':
      return operation.changes.flatMap(columnsOf);
    case 'renameColumn':
      return [operation.from];
    default:
      return 'column' in operation && typeof operation.column === 'string' ? [operation.column] : [];
  }
}
