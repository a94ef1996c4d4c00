import { writeOperation, type Dialect } from '../dialects/dialect.ts';
import { MigrateError } from '../errors.ts';
import type { Operation, Undo } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';

/** SQL of a way back, given the schema that it begins with; `undefined` where there is none that the database can run. */
export function writeUndo(undo: Undo<Operation>, after: Schema, dialect: Dialect): string[] | undefined {
  if (undo.restores === 'nothing') return undefined;
  try {
    return writeOperation(dialect, undo.operation, after).map(({ text }) => text);
  } catch (error) {
    if (error instanceof MigrateError) return undefined;
    throw error;
  }
}
