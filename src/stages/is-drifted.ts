import { fingerprint } from '../schema/fingerprint.ts';
import type { DatabaseState } from './read-state.ts';

/** True where something else changed the schema since the log's last event; a statement of ours in doubt may be what did. */
export function isDrifted({ log, actual }: Pick<DatabaseState, 'log' | 'actual'>): boolean {
  return log.open.length === 0 && log.lastSchema !== undefined && log.lastSchema !== fingerprint(actual);
}
