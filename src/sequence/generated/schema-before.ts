import type { Dialect } from '../../dialects/dialect.ts';
import { applyRenamed, isRename } from '../../operations/apply-renamed.ts';
import { applyOperation, undoOperation, type Operation } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';

/** The schema that operations lead from, given the one they lead to: each taken back, the last one first. Pure. */
export function schemaBefore(after: Schema, operations: readonly Operation[], dialect: Dialect): Schema {
  return operations.toReversed().reduce((schema, operation) => takeBack(schema, operation, dialect), after);
}

/** The schema before one operation. */
export function takeBack(after: Schema, operation: Operation, dialect: Dialect): Schema {
  const undo = undoOperation(operation);
  return undo.restores === 'nothing' ? after : schemaAfter(after, undo.operation, dialect);
}

/** The schema after one operation, with expressions respelled as the database does it. */
export function schemaAfter(before: Schema, operation: Operation, { lexis }: Dialect): Schema {
  return isRename(operation) ? applyRenamed(before, operation, lexis) : applyOperation(before, operation);
}
