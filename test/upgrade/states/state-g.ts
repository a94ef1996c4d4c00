import type { OldState } from './old-state.ts'
import { findTable, withTable } from './old-table.ts'
import { stateF } from './state-f.ts'

/** F with inmates partitioned 16-fold on MySQL and MariaDB, and so with a wider primary key; elsewhere the same as F. */
export const stateG: OldState = {
  ...stateF,
  tables(kind) {
    const before = stateF.tables(kind)
    if (kind !== 'mysql' && kind !== 'mariadb') return before
    return withTable(before, { ...findTable(before, 'inmates'), widerKey: ['jail_id'], partitionedBy: 'jail_id' })
  },
}
