import { undecided } from '../review/decisions.ts';
import type { RollbackRequest } from '../history/rollback-request.ts';
import type { Size } from './message.ts';
import { openHistory } from './screens/history/state.ts';
import { openRollback } from './screens/rollback/state.ts';
import { ask, type State, type Turn } from './state.ts';

/** The screen that a command opens. */
export type Opening =
  | { readonly screen: 'overview' }
  | { readonly screen: 'history'; readonly filter?: string }
  | { readonly screen: 'rollback'; readonly selection?: RollbackRequest | undefined };

/** The first turn of a command. */
export function begin(opening: Opening, size: Size, at: number): Turn {
  const state: State = {
    size,
    now: at,
    screen: { name: 'overview', scroll: 0 },
    decisions: undecided,
    log: [],
  };
  if (opening.screen === 'overview')
    return ask(state, 'looking at the database', { kind: 'survey', decisions: undecided });
  if (opening.screen === 'history')
    return openHistory(state, { ...(opening.filter !== undefined && { filter: opening.filter }) });
  if (opening.selection) return openRollback(state, opening.selection);
  return openHistory(state, { isForRollback: true });
}
