/** One connection that is kept for a whole run: lock, DDL, log and verification all use it. */
export interface Session {
  /** Rows of a query. Values come as the driver gives them; catalogs' text columns are strings. */
  query<Row extends object = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs a statement; the number of changed rows where the driver tells. */
  run(sql: string, parameters?: readonly unknown[]): Promise<{ readonly rows?: number }>;
}
