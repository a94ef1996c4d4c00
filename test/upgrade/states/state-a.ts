import { namedUniques } from './not-ours.ts';
import type { OldState } from './old-state.ts';
import { inmates, jails, monitors } from './tables.ts';

/**
 * The oldest: inmates, jails and monitors. The roster's jail_id is a foreign key; its unique key is another one, under
 * another name; no last_seen; mugshot is plain text; monitors have no user_id.
 */
export const stateA: OldState = {
  tables: () => [jails, inmates, monitors],
  notOurs: (kind) => [
    { kind: 'foreignKey', table: 'inmates', columns: ['jail_id'], references: 'jails' },
    ...namedUniques(kind, inmates),
    { kind: 'index', table: 'monitors', name: 'ix_monitors_jail', columns: ['jail'] },
  ],
};
