import type { EventPayload, EventRow } from '../../../history/event.ts';
import { moveCursor, pageOf, scrolled } from '../../cursor.ts';
import type { EventSummary, History } from '../../engine.ts';
import { edited, wordOf, type KeyPress } from '../../key-press.ts';
import type { Answer } from '../../message.ts';
import { ask, quit, show, stay, type Screen, type State, type Turn } from '../../state.ts';
import { openRollback } from '../rollback/state.ts';
import { beginSearch, goOn, type Search } from './event-filter.ts';

/** What the log tells, newest first; `pane` is open over the list. */
export interface HistoryScreen {
  readonly name: 'history';
  readonly history?: History;
  readonly cursor: number;
  readonly filter: string;
  readonly isFiltering: boolean;
  /** What the filter found so far; absent until the log is read. */
  readonly search?: Search;
  /** A version to tell the differences from. */
  readonly mark?: number;
  readonly pane?: Pane & { readonly scroll: number };
  /** A person came to choose what is taken back. */
  readonly isForRollback?: true;
  /** Where `esc` leads; absent where the history is all there is. */
  readonly back?: Screen;
}

export type Pane =
  | { readonly kind: 'event'; readonly row: EventRow; readonly payload: EventPayload }
  | { readonly kind: 'schema'; readonly version: number; readonly lines: readonly string[] }
  | { readonly kind: 'difference'; readonly from: number; readonly to: number; readonly lines: readonly string[] };

/** Reads the log and shows it. */
export function openHistory(
  state: State,
  { filter = '', isForRollback }: Partial<Pick<HistoryScreen, 'filter' | 'isForRollback'>> = {},
): Turn {
  const back = state.screen.name === 'overview' && !state.overview ? {} : { back: state.screen };
  const screen: HistoryScreen = {
    name: 'history',
    cursor: 0,
    filter,
    isFiltering: false,
    ...(isForRollback && { isForRollback }),
    ...back,
  };
  return ask({ ...state, screen }, 'reading the log', { kind: 'readHistory' });
}

export function isTypingInHistory({ isFiltering }: HistoryScreen): boolean {
  return isFiltering;
}

/** The events that are listed: those that the filter found so far. */
export function listedEvents({ search }: HistoryScreen): readonly EventSummary[] {
  return search?.found ?? none;
}

const none: readonly EventSummary[] = [];

/** Another filter, or none: what is newest is found at once, the rest between the keys. */
function lookFor(state: State, screen: HistoryScreen, filter: string): Turn {
  const next = { ...screen, filter, cursor: 0 };
  if (!screen.history) return show(state, next);
  const search = beginSearch(screen.history.events, filter);
  // Where the search before this one is not over, it is on its way already, and goes on with this one.
  const isUnderWay = (screen.search?.left ?? 0) > 0;
  return {
    state: { ...state, screen: { ...next, search } },
    requests: search.left > 0 && !isUnderWay ? [{ kind: 'goOn' }] : [],
  };
}

/** The search goes on, with whatever filter there is by now. */
export function continueSearch(state: State): Turn {
  const { screen } = state;
  if (screen.name !== 'history' || !screen.search || screen.search.left === 0) return stay(state);
  const search = goOn(screen.search);
  return { state: { ...state, screen: { ...screen, search } }, requests: search.left > 0 ? [{ kind: 'goOn' }] : [] };
}

export function updateHistory(state: State, screen: HistoryScreen, press: KeyPress): Turn {
  if (screen.isFiltering) return filter(state, screen, press);
  if (screen.pane) return readPane(state, screen, { pane: screen.pane, press });
  const events = listedEvents(screen);
  const moved = moveCursor(press, screen.cursor, { length: events.length, page: pageOf(state.size) });
  if (moved !== undefined) return show(state, { ...screen, cursor: moved });
  return act(state, screen, { press, event: events[screen.cursor] });
}

function act(
  state: State,
  screen: HistoryScreen,
  { press, event }: { readonly press: KeyPress; readonly event: EventSummary | undefined },
): Turn {
  const word = wordOf(press);
  if (word === '/') return show(state, { ...screen, isFiltering: true });
  if (word === 'escape') return leave(state, screen);
  if (!event || state.activity) return stay(state);
  const { version } = event;
  switch (word) {
    case 'enter':
      return ask(state, `reading version ${version}`, { kind: 'readEvent', version });
    case 'v':
      return ask(state, `reading the schema at version ${version}`, { kind: 'readSchema', version });
    case 'd':
      return compare(state, screen, version);
    case 'r':
      return openRollback(state, { kind: 'to', version: version - 1 });
    case 'u':
      return openRollback(state, { kind: 'run', id: event.runId });
    default:
      return stay(state);
  }
}

/** The first `d` marks a version, the second tells the differences between the two. */
function compare(state: State, { mark, ...screen }: HistoryScreen, version: number): Turn {
  if (mark === undefined) {
    const notice = `Version ${version} is marked: d on another one shows the differences`;
    return show({ ...state, notice }, { ...screen, mark: version });
  }
  if (mark === version) return show(state, screen);
  const [from, to] = mark < version ? [mark, version] : [version, mark];
  return ask({ ...state, screen }, `comparing versions ${from} and ${to}`, { kind: 'readDifference', from, to });
}

function leave(state: State, screen: HistoryScreen): Turn {
  if (screen.filter !== '') return lookFor(state, screen, '');
  return screen.back ? show(state, screen.back) : quit(state, state.exitCode ?? 0);
}

function filter(state: State, screen: HistoryScreen, press: KeyPress): Turn {
  const text = edited(screen.filter, press);
  if (text !== undefined) return lookFor(state, screen, text);
  switch (wordOf(press)) {
    case 'escape':
      return lookFor(state, { ...screen, isFiltering: false }, '');
    case 'enter':
    case 'down':
      return show(state, { ...screen, isFiltering: false });
    default:
      return stay(state);
  }
}

function readPane(
  state: State,
  { pane: _, ...list }: HistoryScreen,
  { pane, press }: { readonly pane: NonNullable<HistoryScreen['pane']>; readonly press: KeyPress },
): Turn {
  const word = wordOf(press);
  if (word === 'escape' || word === 'enter') return show(state, list);
  if (word === 'r' && pane.kind === 'event') return openRollback(state, { kind: 'to', version: pane.row.version - 1 });
  return show(state, { ...list, pane: { ...pane, scroll: scrolled(press, pane.scroll, state) } });
}

/** What was read of the log has arrived. */
export function hearHistory(
  state: State,
  answer: Extract<Answer, { kind: 'historyRead' | 'eventRead' | 'schemaRead' | 'differenceRead' }>,
): Turn {
  const { screen } = state;
  if (screen.name !== 'history') return stay(state);
  switch (answer.kind) {
    case 'historyRead':
      return lookFor(state, { ...screen, history: answer.history }, screen.filter);
    case 'eventRead':
      return open(state, screen, { kind: 'event', row: answer.row, payload: answer.payload });
    case 'schemaRead':
      return open(state, screen, { kind: 'schema', version: answer.version, lines: answer.lines });
    case 'differenceRead':
      return open(state, screen, { kind: 'difference', from: answer.from, to: answer.to, lines: answer.lines });
  }
}

function open(state: State, screen: HistoryScreen, pane: Pane): Turn {
  return show(state, { ...screen, pane: { ...pane, scroll: 0 } });
}
