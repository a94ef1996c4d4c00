import type { ReferentialAction } from '../../../src/schema/schema.ts';
import type { DatabaseKind } from '../../support/databases.ts';

/**
 * What a database cannot have at all, by its manual: the one place where the generators leave something out. Everything
 * else that they draw must work, or be refused before the first statement.
 */
export interface Limits {
  /** `create index … where`: SQLite, PostgreSQL. */
  readonly partialIndexes: boolean;
  /** MariaDB indexes columns only. https://mariadb.com/kb/en/create-index/ */
  readonly expressionIndexes: boolean;
  readonly includedColumns: boolean;
  /** A unique key is a constraint apart from unique indexes. */
  readonly uniqueConstraints: boolean;
  /** TEXT and BLOB parts of a key need a length, JSON cannot be one. https://dev.mysql.com/doc/refman/8.4/en/create-index.html */
  readonly longTextsNeedPrefix: boolean;
  readonly comments: boolean;
  /** https://www.postgresql.org/docs/15/ddl-generated-columns.html: only stored ones. */
  readonly virtualColumns: boolean;
  readonly deferrableForeignKeys: boolean;
  /** InnoDB rejects SET DEFAULT. https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html */
  readonly actions: readonly (ReferentialAction | undefined)[];
  /**
   * A column of a foreign key with an action, or a numbered one, can stand neither in a check nor under a generated column.
   * https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html
   */
  readonly keyColumnsAreBare: boolean;
  readonly namedEnums: boolean;
  /** A CHAR depends on sql_mode: nothing is stored or indexed that is computed from one. https://mariadb.com/kb/en/generated-columns/ */
  readonly charsAreNoSource: boolean;
}

const mysql: Limits = {
  partialIndexes: false,
  expressionIndexes: true,
  includedColumns: false,
  uniqueConstraints: false,
  longTextsNeedPrefix: true,
  comments: true,
  virtualColumns: true,
  deferrableForeignKeys: false,
  actions: [undefined, 'cascade', 'set null'],
  keyColumnsAreBare: true,
  namedEnums: false,
  charsAreNoSource: false,
};

const actions: Limits['actions'] = [undefined, 'cascade', 'set null', 'restrict', 'set default'];

export const limits: { readonly [K in DatabaseKind]: Limits } = {
  mysql,
  mariadb: { ...mysql, expressionIndexes: false, charsAreNoSource: true },
  postgresql: {
    partialIndexes: true,
    expressionIndexes: true,
    includedColumns: true,
    uniqueConstraints: true,
    longTextsNeedPrefix: false,
    comments: true,
    virtualColumns: false,
    deferrableForeignKeys: true,
    actions,
    keyColumnsAreBare: false,
    namedEnums: true,
    charsAreNoSource: false,
  },
  sqlite: {
    partialIndexes: true,
    expressionIndexes: true,
    includedColumns: false,
    uniqueConstraints: false,
    longTextsNeedPrefix: false,
    comments: false,
    virtualColumns: true,
    deferrableForeignKeys: true,
    actions,
    keyColumnsAreBare: false,
    namedEnums: false,
    charsAreNoSource: false,
  },
};
