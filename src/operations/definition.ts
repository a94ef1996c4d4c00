import type { Schema } from '../schema/schema.ts';

/** The inverse of an operation, and what it brings back when it runs at once. */
export type Undo<Inverse> =
  | { readonly restores: 'everything' | 'structure'; readonly operation: Inverse }
  | { readonly restores: 'nothing'; readonly because: string };

/** What every kind of operation answers, in one file of its own. */
export interface OperationDefinition<Op, Inverse> {
  /** One sentence without a full stop, for people. */
  describe(operation: Op): string;
  /** The object it changes: `monitors`, `monitors.arrest_date`. */
  object(operation: Op): string;
  /** How to take it back. */
  undo(operation: Op): Undo<Inverse>;
  /** The schema after the operation. Pure: this is what a plan, a rebuild and a probe expect to find. */
  apply(schema: Schema, operation: Op): Schema;
}
