import type { DatabaseKind } from '../../support/databases.ts';
import type { OldTable } from './old-table.ts';

/** A database as it is found in the field. */
export interface OldState {
  /** In the order in which they can be created. */
  tables(kind: DatabaseKind): readonly OldTable[];
  /** The rows of `alembic_version`; no such table without them. */
  readonly alembic?: readonly string[];
  /** What the models do not have and a plan must therefore leave alone and name. */
  notOurs(kind: DatabaseKind): readonly NotOurs[];
  /** `table.column`: not in the models, NOT NULL and without a default, so made nullable. */
  readonly relaxed?: readonly string[];
}

/** An object of the database that the models do not have; `name` as its catalog has it. */
export type NotOurs =
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'column'; readonly table: string; readonly name: string }
  | {
      readonly kind: 'unique' | 'index';
      readonly table: string;
      readonly name: string;
      readonly columns: readonly string[];
    }
  | { readonly kind: 'primaryKey'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'partitioning'; readonly table: string; readonly columns: readonly string[] }
  | {
      readonly kind: 'foreignKey';
      readonly table: string;
      readonly columns: readonly string[];
      readonly references: string;
    };
