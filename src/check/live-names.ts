import { applyRenamed, inverseRename, isRename, type Rename } from '../operations/apply-renamed.ts';
import { applyOperation, type Operation } from '../operations/index.ts';
import { entryOf } from '../schema/entry-of.ts';
import type { Lexis } from '../schema/expression.ts';
import type { Schema } from '../schema/schema.ts';

/** Puts operations and schemas of a plan in the names that tables and columns have before the plan's renames. */
export interface LiveNames {
  schema(schema: Schema): Schema;
  /** The operation as it would be without the renames; `schema` is the one just before it. */
  operation(operation: Operation, schema: Schema): Operation;
}

/** For the renames of one plan, in their order. */
export function liveNames(operations: readonly Operation[], lexis: Lexis): LiveNames {
  const renames = operations.filter(isRename).map(inverseRename).toReversed();
  const back = (schema: Schema): Schema =>
    renames.reduce((before, rename) => applyRenamed(before, rename, lexis), schema);
  return {
    schema: back,
    operation: (operation, schema) =>
      renames.length === 0 ? operation : inNamesOf(operation, back(applyOperation(schema, operation)), renames),
  };
}

/** `after` holds what the operation makes, in live names. */
function inNamesOf(operation: Operation, after: Schema, renames: readonly Rename[]): Operation {
  if (!('table' in operation) || typeof operation.table !== 'string') return operation;
  const names = namesBefore(operation.table, renames);
  const { table } = names;
  const found = entryOf(after.tables, table);
  const named = <T extends { readonly name: string }>(list: readonly T[] | undefined, made: T): T =>
    list?.find(({ name }) => name === made.name) ?? made;
  switch (operation.kind) {
    case 'addIndex':
      return { ...operation, table, index: named(found?.indexes, operation.index) };
    case 'addCheck':
      return { ...operation, table, check: named(found?.checks, operation.check) };
    case 'addForeignKey':
      return { ...operation, table, foreignKey: named(found?.foreignKeys, operation.foreignKey) };
    case 'addPrimaryKey':
      return { ...operation, table, primaryKey: found?.primaryKey ?? operation.primaryKey };
    case 'changeType':
    case 'setNullability':
    case 'backfill':
      return { ...operation, table, column: names.column(operation.column) };
    default:
      return operation;
  }
}

/** Follows one table and its columns back through the renames. */
function namesBefore(name: string, renames: readonly Rename[]) {
  const columns = new Map<string, string>();
  let table = name;
  for (const rename of renames) {
    if (rename.kind === 'renameColumn' && rename.table === table) columns.set(rename.from, rename.to);
    if (rename.kind === 'renameTable' && rename.from === table) table = rename.to;
  }
  return { table, column: (column: string): string => columns.get(column) ?? column };
}
