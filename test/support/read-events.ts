import type { EventRow } from '../../src/history/event.ts';
import { logTables } from '../../src/history/log-tables.ts';
import type { Row } from './connections/connection.ts';
import type { TestDatabase } from './databases.ts';

/**
 * Every event of a database's log, oldest first; none where there is no log. Over the connection of the tests' own: what it
 * takes MikroORM to connect is many times what it takes to read.
 */
export async function readEvents({ query }: Pick<TestDatabase, 'query'>): Promise<readonly EventRow[]> {
  try {
    return (await query(`select * from ${logTables().versions} order by version`)).map(eventRow);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** The columns as properties: `run_id` is `runId`. */
function eventRow(row: Row): EventRow {
  const property = (column: string): string => column.replaceAll(/_(.)/gu, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [property(column), value]),
  ) as unknown as EventRow;
}

/** What the drivers say where a table is not there. */
function isAbsent(error: unknown): boolean {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return code === '42P01' || code === 'ER_NO_SUCH_TABLE' || message?.startsWith('no such table: ') === true;
}
