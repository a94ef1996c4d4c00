import { entryOf } from '../schema/entry-of.ts';
import type { Schema } from '../schema/schema.ts';
import type { TableChange } from './alter-table.ts';
import type { Operation } from './index.ts';
import { replacing } from './replace-view.ts';

/**
 * The operation with what it takes away or replaces as the schema has it: earlier steps of a plan may have made the
 * database respell an expression, and the way back must be true then. Pure.
 */
export function asFound(operation: Operation, schema: Schema): Operation {
  const table =
    'table' in operation && typeof operation.table === 'string' ? entryOf(schema.tables, operation.table) : undefined;
  const named = <T extends { readonly name: string }>(list: readonly T[] | undefined, wanted: T): T =>
    list?.find(({ name }) => name === wanted.name) ?? wanted;
  switch (operation.kind) {
    case 'dropTable':
      return { ...operation, table: entryOf(schema.tables, operation.table.name) ?? operation.table };
    case 'dropColumn':
      return { ...operation, column: entryOf(table?.columns, operation.column.name) ?? operation.column };
    case 'changeGenerated':
      return { ...operation, before: entryOf(table?.columns, operation.before.name) ?? operation.before };
    case 'dropIndex':
      return { ...operation, index: named(table?.indexes, operation.index) };
    case 'dropCheck':
      return { ...operation, check: named(table?.checks, operation.check) };
    case 'dropTrigger':
      return { ...operation, trigger: named(table?.triggers, operation.trigger) };
    case 'dropView':
      return { ...operation, view: entryOf(schema.views, operation.view.name) ?? operation.view };
    case 'replaceView':
      return replacing(entryOf(schema.views, operation.from.name) ?? operation.from, operation.to);
    case 'alterTable':
      return { ...operation, changes: operation.changes.map((change) => asFound(change, schema) as TableChange) };
    default:
      return operation;
  }
}
