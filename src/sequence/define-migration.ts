import type { Backfill } from '../operations/backfill.ts';
import type { SqlByDialect } from '../schema/sql-by-dialect.ts';
import type {
  ByDialectItem,
  ExpectItem,
  ItemsByDialect,
  MigrationItem,
  SqlItem,
  SqlItemOptions,
} from './migration-item.ts';
import type { SchemaByDialect } from './schema-by-dialect.ts';
import type { When } from './script.ts';

/** What one migration file does, the same on every database: plain data. */
export interface MigrationDefinition {
  readonly description: string;
  /** Run one after another. */
  readonly operations: readonly MigrationItem[];
  /** The tables that the operations touch, before and after: how a database is known that was already there. */
  readonly from?: SchemaByDialect;
  readonly to?: SchemaByDialect;
  /** It has a meaning only where this exists. */
  readonly when?: When;
  /** It fills tables rather than making them: it runs after the models where these build an empty database. */
  readonly data?: boolean;
  /** False where its statements must not share a transaction; true where absent. */
  readonly transaction?: boolean;
  /** Written by `migrate generate`. */
  readonly generated?: true;
}

/**
 * A migration of typed operations, for `export default` of a file in the migrations folder. Returns its argument, frozen.
 *
 * ```ts
 * import { backfill, defineMigration, expectNoRows, sql } from 'mikrate';
 *
 * export default defineMigration({
 *   description: 'monitors know the date of arrest',
 *   when: { exists: 'monitors' },
 *   operations: [
 *     { kind: 'addColumn', table: 'monitors', renamedFrom: 'arrested', column: { name: 'arrest_date', type: { type: 'date' }, nullable: true } },
 *     backfill('monitors', 'arrest_date', { value: '1970-01-01' }),
 *     expectNoRows('select name from monitors where arrest_date is null', 'each monitor has a date'),
 *     sql({ mysql: 'analyze table monitors', postgresql: 'analyze monitors', sqlite: 'analyze monitors' }),
 *   ],
 * });
 * ```
 */
export function defineMigration(definition: MigrationDefinition): MigrationDefinition {
  return Object.freeze(definition);
}

/** SQL for what has no operation: one text for every database, or `{ mysql, mariadb, postgresql, sqlite }`. */
export function sql(text: SqlByDialect, options: SqlItemOptions = {}): SqlItem {
  return { kind: 'sql', text, ...options };
}

/** Gives every row whose column is NULL a value, in batches. */
export function backfill(table: string, column: string, set: Backfill['set']): Backfill {
  return { kind: 'backfill', table, column, set };
}

/** Stops the run with exit code 3 unless the query finds a row. */
export function expectRows(sql: SqlByDialect, message?: string): ExpectItem {
  return { kind: 'expectRows', sql, ...(message !== undefined && { message }) };
}

/** Stops the run with exit code 3 if the query finds a row. */
export function expectNoRows(sql: SqlByDialect, message?: string): ExpectItem {
  return { kind: 'expectNoRows', sql, ...(message !== undefined && { message }) };
}

/** Items for some databases only. */
export function byDialect(items: ItemsByDialect): ByDialectItem {
  return { kind: 'byDialect', ...items };
}
