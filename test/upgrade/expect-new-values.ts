import { expect } from 'vitest';

/** What old rows hold in columns that are new; NULL where nothing is said. */
const defaults: Readonly<Record<string, unknown>> = { 'users.password_format': 'bcrypt' };

/** Expects every column of the rows of `table` besides `old` to hold its default, or NULL, or what it is computed from. */
export function expectNewValues(
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  old: readonly string[],
): void {
  for (const column of Object.keys(rows[0] ?? {}).filter((name) => !old.includes(name))) {
    if (`${table}.${column}` === 'inmates.h') expectHashes(rows);
    else
      expect([column, new Set(rows.map((row) => row[column]))]).toEqual([
        column,
        new Set([defaults[`${table}.${column}`] ?? null]),
      ]);
  }
}

/** A hash for each arrest with a date, none without. */
function expectHashes(rows: readonly Record<string, unknown>[]): void {
  const wrong = rows.filter(({ h, arrest_date: date }) =>
    date === null ? h !== null : !/^0x[0-9a-f]{64}$/.test(String(h)),
  );
  expect(wrong).toEqual([]);
  expect(rows.some(({ h }) => h !== null)).toBe(true);
}
