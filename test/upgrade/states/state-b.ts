import { namedUniques } from './not-ours.ts';
import type { OldState } from './old-state.ts';
import { findTable, string, withColumns, withTable } from './old-table.ts';
import { stateA } from './state-a.ts';
import { arrestKeyLengths, monitorLinks, users } from './tables.ts';

const uniqueArrest = ['name', 'race', 'dob', 'sex', 'arrest_date', 'jail_id'];

/**
 * Adds users, whose role is NOT NULL without a default, and monitor_links. hold_reasons has a length, and the roster's
 * unique key has six columns: MariaDB made it `USING HASH`; on MySQL it exists with key lengths, or it would not exist.
 */
export const stateB: OldState = {
  tables(kind) {
    const before = stateA.tables(kind);
    const inmates = {
      ...withColumns(findTable(before, 'inmates'), string('hold_reasons', 1_000)),
      uniques: [{ name: 'unique_inmate_record', columns: uniqueArrest, mysqlPrefix: arrestKeyLengths }],
    };
    return [...withTable(before, inmates), users, monitorLinks];
  },
  alembic: ['4f1c9b7ad2e0'],
  notOurs: (kind) => [
    ...stateA.notOurs(kind).filter((found) => found.kind !== 'unique'),
    ...namedUniques(kind, findTable(stateB.tables(kind), 'inmates')),
    { kind: 'column', table: 'users', name: 'role' },
    { kind: 'table', table: 'alembic_version' },
  ],
  relaxed: ['users.role'],
};
