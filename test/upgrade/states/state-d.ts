import type { OldState } from './old-state.ts';
import { column, findTable, nullable, string, withColumns, withTable } from './old-table.ts';
import { stateC } from './state-c.ts';
import { groups, userGroups } from './tables.ts';

/** Adds groups and user_groups, users.api_key and users.amember_user_id. users.role is still there. */
export const stateD: OldState = {
  ...stateC,
  tables(kind) {
    const before = stateC.tables(kind);
    const users = findTable(before, 'users');
    const changed = {
      ...withColumns(users, nullable(string('api_key')), nullable(column('amember_user_id', 'int'))),
      uniques: [...(users.uniques ?? []), { columns: ['api_key'] }, { columns: ['amember_user_id'] }],
    };
    return [...withTable(before, changed), groups, userGroups];
  },
  alembic: ['9d02e6c1b358'],
};
