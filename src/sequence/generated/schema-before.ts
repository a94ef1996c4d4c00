import { applyOperation, undoOperation, type Operation } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';

/** The schema that operations lead from, given the one they lead to: each taken back, the last one first. Pure. */
export function schemaBefore(after: Schema, operations: readonly Operation[]): Schema {
  return operations.toReversed().reduce(takeBack, after);
}

/** The schema before one operation. */
export function takeBack(after: Schema, operation: Operation): Schema {
  const undo = undoOperation(operation);
  return undo.restores === 'nothing' ? after : applyOperation(after, undo.operation);
}
