import type { OldState } from './old-state.ts';
import { findTable, withoutColumn, withTable } from './old-table.ts';
import { stateE } from './state-e.ts';
import { legacyNotes } from './tables.ts';

/** Broken: E without the table inmates and without monitors.arrest_date, and with a table that nobody knows. */
export const stateH: OldState = {
  tables(kind) {
    const before = stateE.tables(kind).filter(({ name }) => name !== 'inmates');
    const links = findTable(before, 'monitor_inmate_links');
    const kept = { ...links, foreignKeys: (links.foreignKeys ?? []).filter((key) => key.table !== 'inmates') };
    const monitors = withoutColumn(findTable(before, 'monitors'), 'arrest_date');
    return [...withTable(withTable(before, monitors), kept), legacyNotes];
  },
  alembic: ['c7735aa0f914'],
  notOurs: (kind) => [
    ...stateE.notOurs(kind).filter((found) => found.table !== 'inmates' && found.kind !== 'foreignKey'),
    { kind: 'table', table: 'legacy_notes' },
  ],
};
