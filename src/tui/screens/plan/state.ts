import { keysOfStep, type PlanFile, type PlanStep } from '../../../plan/plan-file.ts';
import { hasAnswers, toggle, undecided } from '../../../review/decisions.ts';
import { moveCursor, pageOf, scrolled } from '../../cursor.ts';
import type { Overview } from '../../engine.ts';
import { edited, wordOf, type KeyPress } from '../../key-press.ts';
import { ask, show, stay, type State, type Turn } from '../../state.ts';
import { openConfirm } from '../confirm/state.ts';
import { openQuestions } from '../questions/state.ts';
import { openPlan } from './open-plan.ts';
import { firstRow, planRows, type PlanRow } from './plan-rows.ts';

/** The ordered list of what would run; `detail` is open over it. */
export interface PlanScreen {
  readonly name: 'plan';
  /** Index among the rows that the filter leaves. */
  readonly cursor: number;
  readonly filter: string;
  readonly isFiltering: boolean;
  /** Keys of the step that was left out or included: the cursor goes with it. */
  readonly follows?: readonly string[];
  /** One step in full, or the SQL of all; `scroll` is its first visible line. */
  readonly detail?: { readonly of: 'row' | 'all'; readonly scroll: number };
}

export function isTypingInPlan({ isFiltering }: PlanScreen): boolean {
  return isFiltering;
}

export function updatePlan(state: State, screen: PlanScreen, press: KeyPress): Turn {
  const plan = state.overview?.plan;
  if (!plan) return stay(state);
  if (screen.isFiltering) return filter(state, screen, press);
  if (screen.detail) return readDetail(state, { ...screen, detail: screen.detail }, press);
  const rows = planRows(plan, screen.filter);
  const moved = moveCursor(press, screen.cursor, { length: rows.length, page: pageOf(state.size) });
  if (moved !== undefined) return show(state, { ...screen, cursor: awayFromHeadings(rows, moved, screen.cursor) });
  return act(state, screen, { press, row: rows[screen.cursor] });
}

function act(
  state: State,
  screen: PlanScreen,
  { press, row }: { readonly press: KeyPress; readonly row: PlanRow | undefined },
): Turn {
  switch (wordOf(press)) {
    case 'enter':
      if (row?.kind === 'note' && row.of === 'blocked' && state.overview?.plan.questions?.length)
        return openQuestions(state);
      return row && row.kind !== 'heading' ? show(state, { ...screen, detail: { of: 'row', scroll: 0 } }) : stay(state);
    case 's':
      return show(state, { ...screen, detail: { of: 'all', scroll: 0 } });
    case '/':
      return show(state, { ...screen, isFiltering: true });
    case ' ':
      return row?.kind === 'step' ? leaveOut(state, screen, row) : stay({ ...state, notice: cannotBeLeftOut(row) });
    case 'a':
      return openConfirm(state);
    case 'e':
      return hasAnswers(state.decisions) ? answerAnew(state) : stay({ ...state, notice: 'Nothing was answered' });
    case 'w':
      return hasAnswers(state.decisions)
        ? ask(state, 'saving the answers', { kind: 'saveAnswers', answers: state.decisions.answers })
        : stay({ ...state, notice: 'There are no answers to save' });
    case 'escape':
      return screen.filter === ''
        ? show(state, { name: 'overview', scroll: 0 })
        : show(state, refilter(state, screen, ''));
    default:
      return stay(state);
  }
}

/** The plan is made again: what needs this step follows it. */
function leaveOut(state: State, screen: PlanScreen, { step, of }: Extract<PlanRow, { kind: 'step' }>): Turn {
  if (state.activity) return stay(state);
  if (of.kind === 'file') {
    const notice = `A step of ${of.path} cannot be left out: the file runs whole, or is taken out of the folder`;
    return stay({ ...state, notice });
  }
  if (of.kind === 'withheld' && of.because.startsWith('it needs'))
    return stay({ ...state, notice: `Include what it needs: ${of.because}` });
  const follows = keysOfStep(step);
  const decisions = toggle(state.decisions, keysOfStep(step), of.kind === 'withheld' ? 'withheld' : 'planned');
  return ask({ ...state, decisions, screen: { ...screen, follows } }, 'planning again', { kind: 'survey', decisions });
}

function cannotBeLeftOut(row: PlanRow | undefined): string {
  if (row?.kind === 'statement') return 'A statement of a file cannot be left out: the file runs whole';
  if (row?.kind === 'note' && row.of === 'not ours')
    return 'Not ours: something else made it, and it is never dropped unless `migrate adopt --own all` makes it ours';
  return 'This is only told: there is nothing to leave out';
}

/** All questions once more. */
function answerAnew(state: State): Turn {
  const decisions = { ...state.decisions, answers: undecided.answers };
  const questions = openQuestions({ ...state, decisions }, state.decisions).state.screen;
  return ask({ ...state, decisions, screen: questions }, 'looking for the questions again', {
    kind: 'survey',
    decisions,
  });
}

function filter(state: State, screen: PlanScreen, press: KeyPress): Turn {
  const text = edited(screen.filter, press);
  if (text !== undefined) return show(state, refilter(state, screen, text));
  switch (wordOf(press)) {
    case 'escape':
      return show(state, { ...refilter(state, screen, ''), isFiltering: false });
    case 'enter':
    case 'down':
      return show(state, { ...screen, isFiltering: false });
    default:
      return stay(state);
  }
}

function refilter({ overview }: State, screen: PlanScreen, filter: string): PlanScreen {
  return { ...screen, filter, cursor: overview ? firstRow(overview.plan, filter) : 0 };
}

function readDetail(state: State, screen: PlanScreen & Required<Pick<PlanScreen, 'detail'>>, press: KeyPress): Turn {
  const { detail: _, ...list } = screen;
  const word = wordOf(press);
  if (word === 'escape' || word === 'enter' || (word === 's' && screen.detail.of === 'all')) return show(state, list);
  return show(state, { ...screen, detail: { ...screen.detail, scroll: scrolled(press, screen.detail.scroll, state) } });
}

/** A new plan: shown where the old one was, with what followed a step that was left out. */
export function hearPlan(state: State, overview: Overview): Turn {
  const { screen } = state;
  const next: State = { ...state, overview };
  // Made ready now, so that the key that opens the plan need not wait for it.
  planRows(overview.plan, '');
  if (screen.name === 'questions')
    return overview.plan.questions?.length ? openQuestions(next, screen.before) : show(next, openPlan(next));
  if (screen.name !== 'plan') return stay(next);
  const notice = state.notice ?? describeFollowers(state.overview?.plan, overview.plan);
  const { follows, ...list } = screen;
  const rows = planRows(overview.plan, screen.filter);
  const followed = follows ? rows.findIndex((row) => row.kind === 'step' && hasKey(row.step, follows)) : -1;
  const near = followed < 0 ? Math.min(screen.cursor, rows.length - 1) : followed;
  const cursor = Math.max(0, awayFromHeadings(rows, near, rows.length));
  return show({ ...next, ...(notice !== undefined && { notice }) }, { ...list, cursor });
}

function hasKey(step: PlanStep, keys: readonly string[]): boolean {
  return keysOfStep(step).some((key) => keys.includes(key));
}

function describeFollowers(before: PlanFile | undefined, after: PlanFile): string | undefined {
  if (!before) return undefined;
  const known = new Set(before.withheld.map(({ summary }) => summary));
  const fresh = after.withheld.filter(({ summary }) => !known.has(summary));
  const followers = fresh.filter(({ because }) => because.startsWith('it needs'));
  if (followers.length > 0) return `Left out with it: ${followers.map(({ summary }) => summary).join(', ')}`;
  return undefined;
}

/** The nearest row that is no heading, in the direction of the move. */
function awayFromHeadings(rows: readonly PlanRow[], to: number, from: number): number {
  const isHeading = (at: number): boolean => rows[at]?.kind === 'heading';
  const step = to < from ? -1 : 1;
  for (let at = to; at >= 0 && at < rows.length; at += step) if (!isHeading(at)) return at;
  for (let at = to; at >= 0 && at < rows.length; at -= step) if (!isHeading(at)) return at;
  return Math.max(0, to);
}

/** The step under the cursor. */
export function stepAt(plan: PlanFile, screen: PlanScreen): PlanStep | undefined {
  const row = planRows(plan, screen.filter)[screen.cursor];
  return row?.kind === 'step' ? row.step : undefined;
}
