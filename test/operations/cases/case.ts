import type { Operation, OperationKind, OperationOf } from '../../../src/operations/index.ts';
import type { DatabaseKind } from '../../support/databases.ts';
import type { Place } from '../place.ts';

/** One variant of a kind of operation: what it needs besides the base tables, and the operation. */
export interface LifeCycleCase<K extends OperationKind = OperationKind> {
  /** Unique within its kind. */
  readonly name: string;
  /** Made after the base tables and before their rows: operations, or statements where no operation says it. */
  given?(place: Place): readonly (Operation | string)[];
  operation(place: Place): OperationOf<K>;
  /** Further operations of the same plan, without which a database could not do it. */
  with?(place: Place): readonly Operation[];
  /** Who tells that it happened: the oracle by default, the names of indexes (which the oracle drops), or the rows. */
  readonly seenBy?: 'oracle' | 'index names' | 'rows';
  /** The rows hold the time at which it was done. */
  readonly tellsTime?: true;
  /** Where it is no change at all: the database does not tell the two apart, and neither does the dialect. */
  readonly noChangeOn?: readonly DatabaseKind[];
  /** Statements with the rows they must answer while the operation stands. */
  asks?(place: Place): readonly (readonly [sql: string, ...rows: readonly (readonly unknown[])[]])[];
}

/** Variants of every kind. */
export type LifeCycleCases = { readonly [K in OperationKind]: readonly LifeCycleCase<K>[] };
