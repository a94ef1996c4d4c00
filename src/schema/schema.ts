import type { LogicalType } from './logical-type.ts';
import type { SqlByDialect } from './sql-by-dialect.ts';

/**
 * What a database looks like: plain, readonly, JSON-safe data. The *desired* one comes from the entities, the *actual*
 * one from the catalogs. Keys of the records are database names (see `names.ts` for tables of another namespace).
 * Expressions are text in the database's own SQL.
 */
export interface Schema {
  readonly tables: Readonly<Record<string, Table>>;
  readonly views: Readonly<Record<string, View>>;
  readonly enums: Readonly<Record<string, EnumType>>;
  /** Of those that were asked for besides the default one, the ones that are there. */
  readonly namespaces?: readonly string[];
}

export interface Table {
  readonly name: string;
  /** In database order. */
  readonly columns: Readonly<Record<string, Column>>;
  readonly primaryKey?: PrimaryKey;
  /** Unique constraints are here too, with `constraint: true`. */
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly triggers: readonly Trigger[];
  readonly partitioning?: Partitioning;
  readonly comment?: string;
  /** Storage facts that a rebuild must keep (`engine`, `charset`, `collation`, `strict`, `withoutRowid`); never compared. */
  readonly storage?: Readonly<Record<string, string | true>>;
}

export interface Column {
  readonly name: string;
  readonly type: LogicalType;
  readonly nullable: boolean;
  readonly default?: Default;
  readonly autoIncrement?: true;
  readonly generated?: Generated;
  /** Expression set on each update (MySQL, MariaDB), e.g. `current_timestamp`. */
  readonly onUpdate?: string;
  readonly comment?: string;
  /** Only where it differs from the table's or database's default. */
  readonly collation?: string;
  /** What models do not say and a new definition must say again (`invisible`, `srid`, `compression` …); never compared. */
  readonly storage?: Readonly<Record<string, string | true>>;
}

/** A literal, the current time at the column's precision, or an expression. */
export type Default =
  | { readonly value: string | number | boolean | null }
  | { readonly now: true }
  | { readonly sql: SqlByDialect };

export interface Generated {
  readonly expression: string;
  readonly stored: boolean;
}

export interface PrimaryKey {
  readonly name?: string;
  readonly columns: readonly string[];
}

export interface Index {
  readonly name: string;
  readonly parts: readonly IndexPart[];
  readonly unique: boolean;
  /** Made by a constraint clause rather than by `create index`. */
  readonly constraint?: true;
  /** Predicate of a partial index. */
  readonly where?: string;
  /** Access method where it is not the default (`hash`, `gin`, `fulltext` …). */
  readonly method?: string;
  /** Columns that are stored with the index but are no part of its key. */
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: true;
  readonly deferrable?: Deferrable;
  /** Left behind by a failed build: never used by the database. */
  readonly invalid?: true;
  readonly invisible?: true;
  readonly comment?: string;
}

/** One key part: a column, or an expression. */
export interface IndexPart {
  readonly column?: string;
  readonly expression?: string;
  readonly descending?: true;
  /** Only where it is not the default for the direction. */
  readonly nulls?: 'first' | 'last';
  /** Prefix length in characters (MySQL, MariaDB). */
  readonly length?: number;
  readonly collation?: string;
  readonly operatorClass?: string;
}

export type Deferrable = 'immediate' | 'deferred';
export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: string; readonly columns: readonly string[] };
  /** `no action` where absent. */
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly deferrable?: Deferrable;
  /** Present but not validated against the rows (PostgreSQL `not valid`). */
  readonly invalid?: true;
}

export interface Check {
  readonly name: string;
  readonly expression: string;
  readonly invalid?: true;
}

export interface Trigger {
  readonly name: string;
  /** The whole statement that makes it again. */
  readonly definition: string;
  /** What models do not say and one that is made again must have (`definer`, `enabled`, `comment`); never compared. */
  readonly storage?: Readonly<Record<string, string | true>>;
}

export interface Partitioning {
  readonly method: 'key' | 'linear key' | 'hash' | 'linear hash' | 'range' | 'list' | 'range columns' | 'list columns';
  /** Key columns or the expression, in the database's spelling. */
  readonly by: string;
  /** How many (key and hash), or the partitions by name with their bound. */
  readonly partitions: number | readonly { readonly name: string; readonly bound: string }[];
}

export interface View {
  readonly name: string;
  readonly definition: string;
  readonly materialized?: true;
  /** `instead of` triggers, which go with the view (SQLite, PostgreSQL). */
  readonly triggers?: readonly Trigger[];
  /** What models do not say and one that is made again must have (`owner`, `grants`, `definer` …); never compared. */
  readonly storage?: Readonly<Record<string, string | true>>;
}

export interface EnumType {
  readonly name: string;
  readonly values: readonly string[];
}

/** A schema of nothing. */
export const emptySchema: Schema = { tables: {}, views: {}, enums: {} };

/** A table of a name, of nothing. */
export function emptyTable(name: string): Table {
  return { name, columns: {}, indexes: [], foreignKeys: [], checks: [], triggers: [] };
}
