/**
 * A schema with identities: a thing keeps its id when it is renamed or changed, so that what a list of edits did to it is
 * known. What a database cannot have of it is left out when it is rendered.
 */
export interface Model {
  readonly tables: readonly TableModel[];
  readonly views: readonly ViewModel[];
  /** Values of the named enum types (PostgreSQL). */
  readonly enums: readonly (readonly string[])[];
  /** The next id; also what makes names unique. */
  readonly next: number;
  /** Unique keys over plain columns are constraints, where those are apart from unique indexes. */
  readonly constraints: boolean;
}

export interface TableModel {
  readonly id: number;
  readonly name: string;
  readonly columns: readonly ColumnModel[];
  /** Ids of columns. */
  readonly key: readonly number[];
  readonly indexes: readonly IndexModel[];
  readonly checks: readonly CheckModel[];
  readonly foreignKeys: readonly ForeignKeyModel[];
  readonly comment?: string;
}

export interface ColumnModel {
  readonly id: number;
  readonly name: string;
  /** Key of a column kind (`kinds.ts`). */
  readonly kind: string;
  readonly nullable: boolean;
  /** Which of the kind's defaults; none where absent. */
  readonly default?: number;
  readonly numbered?: true;
  readonly generated?: { readonly of: number; readonly template: number; readonly stored: boolean };
  /** The key column of another table whose type this one has. */
  readonly follows?: { readonly table: number; readonly column: number };
  readonly comment?: string;
  /** What existing rows get where the column is added without NULL or default. */
  readonly backfill?: true;
}

export interface IndexModel {
  readonly id: number;
  readonly name: string;
  readonly columns: readonly number[];
  readonly unique: boolean;
  readonly descending: boolean;
  readonly partial: boolean;
  readonly expression: boolean;
  readonly include: boolean;
}

export interface CheckModel {
  readonly id: number;
  readonly name: string;
  readonly column: number;
  readonly template: number;
}

export interface ForeignKeyModel {
  readonly id: number;
  readonly name: string;
  readonly columns: readonly number[];
  readonly table: number;
  readonly onDelete: number;
  readonly onUpdate: number;
  readonly deferrable: boolean;
  /** Whether the model also asks for an index on its columns. */
  readonly indexed: boolean;
}

export interface ViewModel {
  readonly id: number;
  readonly name: string;
  readonly table: number;
  readonly columns: readonly number[];
}

/** One of a list, by any number. */
export function pick<T>(list: readonly T[], at: number): T | undefined {
  return list.length === 0 ? undefined : list[at % list.length];
}
