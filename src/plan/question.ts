import type { LogicalType } from '../schema/logical-type.ts';

/** What only a person knows of a plan. Each blocks it until it is answered. */
export type Question = RenameQuestion | ValueQuestion;

/** A column goes and another of its type comes: one column under a new name, or two? One question for each that comes. */
export interface RenameQuestion {
  readonly kind: 'rename';
  readonly table: string;
  /** The column that comes. */
  readonly column: string;
  readonly type: LogicalType;
  /** Columns that go, of the same type. */
  readonly candidates: readonly { readonly column: string; readonly type: LogicalType }[];
}

/** A column comes that must not be NULL, has no default, and its table has rows. */
export interface ValueQuestion {
  readonly kind: 'value';
  readonly table: string;
  readonly column: string;
  readonly type: LogicalType;
}
