import type { DialectName } from '../schema/sql-by-dialect.ts';

/** What a migration that is code gets. Everything runs on the one session of the run, within its transaction. */
export interface MigrationContext {
  readonly dialect: DialectName;
  /** Runs a statement; rows of a query, none of anything else. Parameters are `?`, on PostgreSQL also `$1`. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** MikroORM's EntityManager, pinned to the session. */
  readonly em: unknown;
}
