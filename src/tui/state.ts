import type { Decisions } from '../review/decisions.ts';
import type { Overview, Place } from './engine.ts';
import type { Request, Size } from './message.ts';
import type { ConfirmScreen } from './screens/confirm/state.ts';
import type { HistoryScreen } from './screens/history/state.ts';
import type { OverviewScreen } from './screens/overview/state.ts';
import type { PlanScreen } from './screens/plan/state.ts';
import type { ProgressScreen } from './screens/progress/state.ts';
import type { QuestionsScreen } from './screens/questions/state.ts';
import type { ResultScreen } from './screens/result/state.ts';
import type { RollbackScreen } from './screens/rollback/state.ts';
import { choiceLines, showable, wrap } from './text.ts';

/** All that the interface knows. Plain data; it changes only through `update`. */
export interface State {
  readonly size: Size;
  /** The clock of `performance.now()` when it was last looked at. */
  readonly now: number;
  readonly screen: Screen;
  readonly decisions: Decisions;
  readonly overview?: Overview;
  /** The database, as soon as something has told it. */
  readonly place?: Place;
  /** The exit code of the last run or rollback; absent where there was none. */
  readonly exitCode?: number;
  /** A call to the engine that is under way. */
  readonly activity?: Activity;
  /** The last line that the text on the screen could be scrolled to when the last key came. */
  readonly textEnd?: number;
  /** Said once, until the next key. */
  readonly notice?: string;
  /** The keys are shown, from this line on. */
  readonly help?: number;
  /** The log of runs, as the unattended tool writes it. */
  readonly log: readonly string[];
}

/** What a person sees. Which one it is, is in `name`. */
export type Screen =
  | OverviewScreen
  | PlanScreen
  | QuestionsScreen
  | ConfirmScreen
  | ProgressScreen
  | ResultScreen
  | HistoryScreen
  | RollbackScreen;

/** What is waited for, since when, and what was heard of it last. */
export interface Activity {
  readonly what: string;
  readonly since: number;
  readonly detail?: string;
}

/** A state, and what is to be done outside because of it. */
export interface Turn {
  readonly state: State;
  readonly requests: readonly Request[];
}

/** Nothing is to be done outside. */
export function stay(state: State): Turn {
  return { state, requests: [] };
}

/** Another screen, or the same in another state. */
export function show(state: State, screen: Screen): Turn {
  return stay({ ...state, screen });
}

/** A call to the engine; `what` is shown while it lasts. */
export function ask(state: State, what: string, request: Request): Turn {
  return { state: { ...state, activity: { what, since: state.now } }, requests: [request] };
}

/** Leaves the interface. */
export function quit(state: State, code: number): Turn {
  return { state, requests: [{ kind: 'quit', code }] };
}

/** What was just said, in as many lines as it takes, three at most. */
export function noticeLines({ notice, size }: Pick<State, 'notice' | 'size'>): readonly string[] {
  return notice === undefined ? [] : wrap(showable(notice), size.columns).slice(0, 3);
}

/** Lines of the terminal that a screen's body may have: head, foot and what is said above it take the others. */
export function bodyHeight(state: Pick<State, 'notice' | 'activity' | 'size'>): number {
  const said = state.activity ? 1 : Math.max(1, noticeLines(state).length);
  return Math.max(1, state.size.rows - 3 - said);
}

/** How a body is shared between a text and the choices below it: the text keeps at least half. */
export function shareBody(
  state: Parameters<typeof bodyHeight>[0],
  choices: readonly string[],
): { readonly text: number; readonly choices: number } {
  const body = bodyHeight(state);
  const lines = choices.flatMap((choice) => choiceLines(choice, state.size.columns)).length;
  const below = Math.min(lines, Math.max(1, Math.floor(body / 2)));
  return { text: Math.max(1, body - below), choices: below };
}
