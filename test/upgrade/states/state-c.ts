import type { OldState } from './old-state.ts';
import { stateB } from './state-b.ts';
import { monitorInmateLinks } from './tables.ts';

/** Adds monitor_inmate_links, which refers to inmates by a foreign key. */
export const stateC: OldState = {
  ...stateB,
  tables: (kind) => [...stateB.tables(kind), monitorInmateLinks],
  notOurs: (kind) => [
    ...stateB.notOurs(kind),
    { kind: 'foreignKey', table: 'monitor_inmate_links', columns: ['inmate_id'], references: 'inmates' },
  ],
};
