import type { LogicalType } from '../schema/logical-type.ts';
import type { Lexis } from '../schema/expression.ts';
import type { Check, Column, Default, ForeignKey, Index, PrimaryKey, Schema, Table } from '../schema/schema.ts';
import type { DialectName, SqlByDialect } from '../schema/sql-by-dialect.ts';
import type { Operation, OperationKind, OperationOf } from '../operations/index.ts';
import type { ErrorCode } from '../errors.ts';
import type { Assumption } from './assume.ts';
import type { ExpectedLocks } from './expected-locks.ts';
import type { Session } from './session.ts';

/** Everything that differs between databases: data where it can be, functions where it must be. */
export interface Dialect {
  readonly name: DialectName;
  readonly traits: Traits;
  readonly types: Types;
  readonly lexis: Lexis;
  readonly sql: SqlWriter;
  /** Whom each operation keeps waiting: see `expectedLock`. */
  readonly expectedLocks: ExpectedLocks;
  readonly queries: Queries;
  readonly lock: Lock;
  /** Prepares a fresh session (time zone, sql_mode, foreign keys …) so that catalogs read the same everywhere. */
  prepareSession(session: Session): Promise<void>;
  /** Puts a session back as the application would find it. */
  restoreSession(session: Session): Promise<void>;
  /** Reads the catalogs: a fixed number of queries, however many tables. */
  inspect(session: Session, scope: InspectScope): Promise<Schema>;
  /** Makes later looks at some tables quick where the first takes long. Not waited for: what is asked next comes behind it. */
  warmLooks?(session: Session): Promise<unknown>;
  /** The spellings under which the database reports this table's expressions; `undefined` where it cannot be asked. */
  echo(session: Session, table: Table): Promise<Table | undefined>;
  /** One query over the catalogs whose answer differs after any change of the schema; see the idle path. */
  readonly digestSql: string;
  readServer(session: Session): Promise<ServerInfo>;
  /** The code of an error that the server or driver raised, `undefined` for one of neither. */
  classifyError(error: unknown): ServerError | undefined;
  /** The offset within a statement of what an error of the server is about; `undefined` where the server does not tell. */
  placeOfError?(error: unknown, sql: string): number | undefined;
  /** A view's text after a rename, where the database itself leaves it as it is; absent where it respells views. */
  renameInView?(definition: string, rename: OperationOf<'renameTable' | 'renameColumn'>): string;
  quote(name: string): string;
  literal(value: string | number | boolean | null): string;
}

/** What has a name of its own. */
export type NamedKind = 'table' | 'column' | 'index' | 'constraint';

/** Capabilities and limits as data. */
export interface Traits {
  /** DDL rolls back with its transaction. */
  readonly transactionalDdl: boolean;
  /** It works in this process: while a statement runs, nothing is drawn and no key or signal is heard. */
  readonly inProcess: boolean;
  /** The server runs several statements of one message, in order, up to the first that fails. */
  readonly runsScripts: boolean;
  /** Statements that open, close and undo a transaction that writes. */
  readonly begin: string;
  readonly commit: string;
  readonly rollback: string;
  /** Statements around a query that must not write: a read-only transaction, or the nearest thing. */
  readonly beginReadOnly: string;
  readonly endReadOnly: string;
  readonly nameLimit: { readonly length: number; readonly unit: 'bytes' | 'characters' } | undefined;
  /** Names that the server refuses for other reasons than their length, by what they would name. */
  readonly forbiddenNames: { readonly [kind in NamedKind]?: RegExp };
  /** Bytes of one key; `undefined` where there is no limit. */
  readonly keyLimit: number | undefined;
  /** Kinds for which the table is copied, so that several are merged into one `alterTable`. */
  readonly rebuilds: ReadonlySet<OperationKind>;
  /** Constraint that belongs to a table can be created within `create table` only by naming an existing table. */
  readonly foreignKeysNeedTarget: boolean;
  /** Indexes that a foreign key makes by itself. */
  readonly impliedForeignKeyIndexes: boolean;
  /** The default schema's name, `undefined` where there are none. */
  readonly defaultNamespace: string | undefined;
  /** Index names live in the table, the namespace or the whole database. */
  readonly indexNamesPer: 'table' | 'namespace';
  readonly constraintNamesPer: 'table' | 'namespace';
  /** Parameters are `$1`, not `?`. */
  readonly numbersParameters: boolean;
  /** A column cannot be changed or dropped while a view uses it. */
  readonly viewsPinColumns: boolean;
  /** A trigger calls a function, which its text in the models makes too and the catalog of triggers does not tell. */
  readonly triggersHaveFunctions: boolean;
  /** Kinds that a column cannot go through while a foreign key has it at one of its ends. */
  readonly foreignKeysPin: ReadonlySet<OperationKind>;
  /** A column's type cannot change while another is generated from it. */
  readonly generatedPinsSource: boolean;
  /** A column at an end of a foreign key cannot be renamed for sure while its table has checks. */
  readonly checksPinReferences: boolean;
  /** Named enum types exist apart from columns. */
  readonly namedEnums: boolean;
  /** An enum column of string values is written as text with a check. */
  readonly enumsAreChecks: boolean;
  /** Names equal but for case are the same name. */
  readonly namesIgnoreCase: boolean;
}

/** How much of a database is read. */
export interface InspectScope {
  /** Namespaces to read besides the default one. */
  readonly namespaces?: readonly string[];
  /** Only these tables (keys), for a look at what one operation touched; all where absent. */
  readonly tables?: readonly string[];
}

/** How a logical type is spelled and read back. */
export interface Types {
  /** The physical type, e.g. `varchar(255)`. */
  write(type: LogicalType): string;
  /** The logical type of a physical one as the catalog or a model spells it. */
  read(physical: string): LogicalType;
  /** True when both mean the same to this database. */
  same(a: LogicalType, b: LogicalType): boolean;
  /** `widening` only if every old value fits and comes back equal; `rewrites` when the database copies the table. */
  change(
    from: LogicalType,
    to: LogicalType,
  ): { readonly kind: 'widening' | 'narrowing' | 'lateral' | 'impossible'; readonly rewrites: boolean };
  /** The default in this database's one spelling for the type, so that equal defaults are equal data. */
  canonicalDefault(type: LogicalType, value: Default): Default;
  /** The expression in one spelling: white space, keyword case and needless parentheses removed, literals untouched. */
  canonicalExpression(sql: string): string;
  /** Collation names that are no difference from an absent one are left out by inspection; the same for models. */
  keyBytes(type: LogicalType, length?: number): number | undefined;
}

/** One statement as a session runs it. */
export interface Statement {
  readonly text: string;
  readonly parameters?: readonly unknown[];
  /** The statement's rows must be none, else the operation fails and rolls back. */
  readonly expect?: 'no rows';
}

/** One entry per kind, or it does not compile. `schema` is the actual one just before the operation. */
export type SqlWriter = {
  readonly [K in OperationKind]: (operation: OperationOf<K>, schema: Schema) => readonly Statement[];
};

/** The statements of an operation on this database. */
export function writeOperation(dialect: Dialect, operation: Operation, schema: Schema): readonly Statement[] {
  const write = dialect.sql[operation.kind] as (operation: Operation, schema: Schema) => readonly Statement[];
  return write(operation, schema);
}

/** Values by column. */
export type PlainRow = Readonly<Record<string, string | number | null>>;

/** Questions to the rows, as statements. Each `samples…` answers at most 5 offending rows, with a column `n` for how often. */
export interface Queries {
  countRows(table: string): Statement;
  /** One row where the table holds any, none where it is empty. */
  hasRows(table: string): Statement;
  /** Rows with NULL in the column: one row `{ n }`. */
  countNulls(table: string, column: string): Statement;
  /** Groups of rows that a unique index (or primary key) forbids, under exactly its rule (prefix, collation, expression, predicate). */
  sampleDuplicates(table: Table, index: Pick<Index, 'parts' | 'where' | 'nullsNotDistinct'>): Statement;
  /** Rows without a parent. */
  sampleOrphans(table: string, foreignKey: ForeignKey): Statement;
  /** Rows for which the check is false. */
  sampleViolations(table: string, check: Check): Statement;
  /** Rows whose value does not fit the new type; `undefined` where any value fits or the database cannot say. */
  sampleMisfits(table: string, column: Column, to: LogicalType): Statement | undefined;
  /** One row per table: `{ name, rows, bytes }`, estimates from the catalog. */
  sizes(tables: readonly string[]): Statement | undefined;
  /** A statement whose success shows that the columns can be read; used by verification. */
  selectColumns(table: string, columns: readonly string[]): Statement;
  /** Joins a table with the one its foreign key names; used by verification. */
  selectJoin(table: string, foreignKey: Pick<ForeignKey, 'columns' | 'references'>): Statement;
  /** All rows of a table, each value as text or null, in the order of columns: how tables of others are read. */
  selectRows(table: string, columns: readonly string[], orderBy: readonly string[]): Statement;
  /** Inserts rows, at least one, all with the same columns. */
  insertRows(table: string, rows: readonly PlainRow[]): Statement;
  /** At most three different values of a column that are not NULL, among its first rows: rows `{ value }`, text of 60 characters. */
  sampleValues(table: string, column: string): Statement;
  /** The statement over tables as a plan will make them; `undefined` where that cannot be said. */
  assume(assumptions: readonly Assumption[], statement: Statement): Statement | undefined;
  /** One batch of a backfill: fills at most `limit` rows whose column is NULL. */
  backfillBatch(
    table: Table,
    column: Column,
    set: { readonly value: string | number | boolean } | { readonly sql: string },
    limit: number,
  ): Statement;
  /** What a backfill would do wrong: one row `{ n, nulls }`, see `tryBackfill`; `undefined` where it has no SQL here. */
  tryBackfill(trial: BackfillTrial): Statement | undefined;
  /** The server's clock as UTC text `YYYY-MM-DD HH:MM:SS.ffffff`: one row `{ now }`. */
  now(): Statement;
  /** Triggers and violations left after foreign keys were off (SQLite); `undefined` where constraints are always on. */
  foreignKeyViolations(table: string): Statement | undefined;
  /** Other sessions that hold a lock on one of the tables: rows `{ holder }`, in words; `undefined` where the server does not tell. */
  lockHolders(tables: readonly string[]): Statement | undefined;
  /** What only some supported versions of the server can do of an operation, or only some users; `undefined` where all can. */
  refusal(operation: Operation): Refusal | undefined;
}

/** A backfill that is tried before anything runs, in the names of now. */
export interface BackfillTrial {
  readonly table: string;
  readonly column: Column;
  /** The column is there, so that only its NULLs are filled. */
  readonly isThere: boolean;
  readonly set: { readonly value: string | number | boolean } | { readonly sql: SqlByDialect };
}

/** Something that a server may be too old for, or the user lack a right to: `statement` answers a row where it is so. */
export interface Refusal {
  readonly what: string;
  readonly manual: string;
  /** The row is `{ version }`; with `right`, the right that is missing, `{ user }`. */
  readonly statement: Statement;
  readonly right?: string;
}

/** The migration lock: held by the session (or a side file), free as soon as its holder is gone. */
export interface Lock {
  /** Tries once, without waiting. */
  tryAcquire(session: Session, target: LockTarget): Promise<HeldLock | undefined>;
}

/** What a migration lock is for. */
export interface LockTarget {
  readonly database: string;
  readonly table: string;
  /** The database file (SQLite); absent for servers and for memory. */
  readonly file?: string;
}

/** A migration lock that this process holds. */
export interface HeldLock {
  /** False once the session no longer holds it. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** What a server says of itself and of its user. */
export interface ServerInfo {
  /** The product the server really is, whatever driver speaks to it. */
  readonly dialect: DialectName | undefined;
  readonly version: string;
  readonly database: string;
  readonly user: string;
  readonly readOnly: boolean;
  /** Rights that a migration needs and the user lacks, with the GRANT that gives them. */
  readonly missingRights: readonly { readonly right: string; readonly grant: string }[];
  /** True where the catalogs leave out tables that the user may not read: a plan would create them again. */
  readonly hidesTables: boolean;
  /** Settings that matter: time zone, charset, sql_mode, lower_case_table_names, durability … */
  readonly settings: Readonly<Record<string, string>>;
}

/** An error of a server or driver by what it means, whatever it is called there. */
export interface ServerError {
  readonly code:
    | ErrorCode
    | 'ALREADY_LOCKED'
    | 'CONNECTION_LOST'
    | 'DEADLOCK'
    | 'LOG_CONFLICT'
    | 'OBJECT_MISSING'
    | 'OBJECT_EXISTS'
    | 'ROWS_VIOLATE'
    // Any other error that the server gave as its answer.
    | 'REFUSED';
  /** The server answered on a session that still lives, so the outcome is known. */
  readonly answered: boolean;
  readonly message: string;
}

export type { Column, Index, PrimaryKey, Schema, Table };
