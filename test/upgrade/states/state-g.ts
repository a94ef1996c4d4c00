import type { NotOurs, OldState } from './old-state.ts';
import { findTable, withTable } from './old-table.ts';
import { stateF } from './state-f.ts';

/** F with inmates partitioned 16-fold on MySQL and MariaDB, and so with a wider primary key; elsewhere the same as F. */
export const stateG: OldState = {
  ...stateF,
  tables(kind) {
    const before = stateF.tables(kind);
    if (kind !== 'mysql' && kind !== 'mariadb') return before;
    return withTable(before, { ...findTable(before, 'inmates'), widerKey: ['jail_id'], partitionedBy: 'jail_id' });
  },
  notOurs(kind) {
    if (kind !== 'mysql' && kind !== 'mariadb') return stateF.notOurs(kind);
    return [...stateF.notOurs(kind), widerKey, { kind: 'partitioning', table: 'inmates', columns: ['jail_id'] }];
  },
};

/** The primary key of inmates that its partitions need. */
export const widerKey: NotOurs = { kind: 'primaryKey', table: 'inmates', columns: ['idinmates', 'jail_id'] };
