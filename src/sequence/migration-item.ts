import type { AddColumn } from '../operations/add-column.ts';
import type { CreateTable } from '../operations/create-table.ts';
import type { Operation } from '../operations/index.ts';
import type { DialectName, SqlByDialect } from '../schema/sql-by-dialect.ts';
import type { DeclaredClass } from './script.ts';

/** One item of a migration's `operations`: plain data. */
export type MigrationItem = Operation | Renamable | SqlItem | ExpectItem | ByDialectItem;

/** Where the old name is there and the new one is not, a rename; else what the operation says. */
export type Renamable = (AddColumn | CreateTable) & { readonly renamedFrom?: string };

/** SQL for what has no operation. */
export interface SqlItem extends SqlItemOptions {
  readonly kind: 'sql';
  /** One statement or several, for every database or for each; an empty text does nothing. */
  readonly text: SqlByDialect;
}

export interface SqlItemOptions {
  /** The way back of the whole text. */
  readonly down?: SqlByDialect;
  /** What it means to rows; `additive` where nothing is said. */
  readonly declared?: DeclaredClass;
  /** What holds once it has run: it also tells after a crash whether it has. */
  readonly after?: ExpectItem;
  /** One sentence for people. */
  readonly summary?: string;
}

/** A query that must find rows, or none, before what comes after it runs. */
export interface ExpectItem {
  readonly kind: 'expectRows' | 'expectNoRows';
  readonly sql: SqlByDialect;
  /** Said where it does not hold. */
  readonly message?: string;
}

/** Items for one database each; `mariadb` falls back to `mysql`, one without an entry has none. */
export interface ByDialectItem extends ItemsByDialect {
  readonly kind: 'byDialect';
}

export type ItemsByDialect = { readonly [name in DialectName]?: readonly MigrationItem[] };
