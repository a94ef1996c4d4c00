import { expect } from 'vitest';
import type { TestDatabase } from '../support/databases.ts';
import { readRows } from '../support/rows.ts';
import { expectNewValues } from './expect-new-values.ts';
import type { Rows } from './read-tables.ts';

/** Expects every old value to be there as it was, and in new columns what the models say. */
export async function expectRowsKept(database: TestDatabase, before: Rows): Promise<void> {
  for (const [table, rows] of Object.entries(before)) {
    const columns = Object.keys(rows[0] ?? {});
    expect(await readRows(database, table, { columns })).toEqual(rows);
    await expectNewValues(database, table, columns);
  }
}
