import type { DialectName } from '../schema/sql-by-dialect.ts';
import type { Dialect } from './dialect.ts';

/** How a model's wish is said to each database, where the database itself would say it otherwise. */
export interface DesiredForm {
  /** An integer that is the whole primary key counts up by itself: it is the row's own number. */
  readonly integerKeyIsRowid: boolean;
  /** `on update …` belongs to a column. */
  readonly onUpdate: boolean;
  /** A unique key is a constraint, apart from unique indexes. */
  readonly uniqueConstraints: boolean;
  /** Unique keys can wait for the end of the transaction. */
  readonly deferrableUniques: boolean;
  readonly deferrableForeignKeys: boolean;
  /** RESTRICT is what happens without a rule. */
  readonly restrictIsNoAction: boolean;
  /** Only whole columns are indexed for search, by a method of this name; elsewhere full text is an expression. */
  readonly fullTextMethod: boolean;
  /** Parts of a key are sorted with NULL first where nothing is said. */
  readonly nullsSortLowest: boolean;
  /** A table has engine and charset. */
  readonly storage: boolean;
}

/** https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html: InnoDB treats RESTRICT and NO ACTION alike. */
const mysql: DesiredForm = {
  integerKeyIsRowid: false,
  onUpdate: true,
  uniqueConstraints: false,
  deferrableUniques: false,
  deferrableForeignKeys: false,
  restrictIsNoAction: true,
  fullTextMethod: true,
  nullsSortLowest: true,
  storage: true,
};

/** The form of each database. */
export const desiredForms: { readonly [name in DialectName]: DesiredForm } = {
  mysql,
  mariadb: mysql,
  postgresql: {
    integerKeyIsRowid: false,
    onUpdate: false,
    uniqueConstraints: true,
    deferrableUniques: true,
    deferrableForeignKeys: true,
    restrictIsNoAction: false,
    fullTextMethod: false,
    nullsSortLowest: false,
    storage: false,
  },
  // A unique constraint of SQLite has no name and can only be added by rebuilding the table; a unique index does the same.
  sqlite: {
    integerKeyIsRowid: true,
    onUpdate: false,
    uniqueConstraints: false,
    deferrableUniques: false,
    deferrableForeignKeys: true,
    restrictIsNoAction: false,
    fullTextMethod: false,
    nullsSortLowest: true,
    storage: false,
  },
};

/** The check of an enum column that is text, or an array of text (PostgreSQL). */
export function enumCheck(
  dialect: Dialect,
  column: string,
  { values, isArray }: { readonly values: readonly string[]; readonly isArray: boolean },
): string {
  const literals = values.map((value) => dialect.literal(value));
  if (isArray) return `${dialect.quote(column)} <@ array[${literals.map((literal) => `${literal}::text`).join(', ')}]`;
  return `${dialect.quote(column)} in (${literals.join(', ')})`;
}
