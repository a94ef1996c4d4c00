import type { OldState } from './old-state.ts';
import { findTable, string, withColumns, withoutColumn, withTable } from './old-table.ts';
import { stateD } from './state-d.ts';
import { sessions } from './tables.ts';

/** Adds sessions and users.password_format; users.role is gone. Two branches of Alembic were never merged. */
export const stateE: OldState = {
  tables(kind) {
    const before = stateD.tables(kind);
    const users = withColumns(withoutColumn(findTable(before, 'users'), 'role'), string('password_format', 20));
    return [...withTable(before, users), sessions];
  },
  alembic: ['9d02e6c1b358', 'c7735aa0f914'],
  notOurs: (kind) => stateD.notOurs(kind).filter((found) => found.kind !== 'column'),
};
