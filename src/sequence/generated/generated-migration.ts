import type { Operation } from '../../operations/index.ts';
import type { DialectName } from '../../schema/sql-by-dialect.ts';
import type { SchemaByDialect } from '../schema-by-dialect.ts';

/** What a generated file says, before it is written. */
export interface GeneratedMigration {
  readonly description: string;
  readonly items: readonly GeneratedItem[];
  /** The touched tables before and after. */
  readonly from: SchemaByDialect;
  readonly to: SchemaByDialect;
}

/** One item of `operations`, with what a reader should know of it. */
export interface GeneratedItem {
  readonly cautions: readonly string[];
  readonly operations: ByDatabase<readonly Operation[]>;
}

/** One for all databases, or one for each of them. */
export type ByDatabase<T> =
  | { readonly kind: 'same'; readonly value: T }
  | { readonly kind: 'different'; readonly values: ReadonlyMap<DialectName, T> };
