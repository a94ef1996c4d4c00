import type { DatabaseKind, TestDatabase } from '../databases.ts';
import { logTables } from './document.ts';
import type { OracleDocument, OracleOptions } from './document.ts';
import { readMysql } from './mysql.ts';
import { readPostgresqlCatalogs } from './postgresql-catalogs.ts';
import { readPostgresql } from './postgresql.ts';
import { readSqlite } from './sqlite.ts';

export { applyDecisions, compareOracles } from './compare.ts';
export { logTables } from './document.ts';
export type { OracleDocument, OracleOptions } from './document.ts';

const readers: {
  readonly [K in DatabaseKind]: (database: TestDatabase, ignored: ReadonlySet<string>) => Promise<OracleDocument>;
} = {
  sqlite: readSqlite,
  postgresql: readPostgresql,
  mariadb: readMysql,
  mysql: readMysql,
};

/**
 * What the database's own programs say about its schema (`pg_dump`, `SHOW CREATE`, `sqlite_master`), as text that can be
 * compared. Names of indexes and constraints, the order of columns, auto-increment counters, white space and the spellings
 * in `spellings.ts` are dropped; nothing else. It shares no code with the tool.
 */
export function readOracle(database: TestDatabase, options: OracleOptions = {}): Promise<OracleDocument> {
  return readers[database.kind](database, new Set(options.ignoreTables ?? logTables));
}

/**
 * As `readOracle`, for what reads a database many times: on PostgreSQL the catalogs in place of a dump. It sees what a
 * dump shows (oracle.test.ts); documents of the two cannot be compared with each other.
 */
export function readOracleQuickly(database: TestDatabase): Promise<OracleDocument> {
  if (database.kind !== 'postgresql') return readOracle(database);
  return readPostgresqlCatalogs(database, new Set(logTables));
}
