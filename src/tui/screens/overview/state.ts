import { hasWork } from '../../../plan/plan-file.ts';
import { scrolled } from '../../cursor.ts';
import { wordOf, type KeyPress } from '../../key-press.ts';
import { ask, quit, show, stay, type State, type Turn } from '../../state.ts';
import { openHistory } from '../history/state.ts';
import { openPlan } from '../plan/open-plan.ts';
import { openQuestions } from '../questions/state.ts';

/** Where the database stands; `scroll` is the first line that is seen. */
export interface OverviewScreen {
  readonly name: 'overview';
  readonly scroll: number;
}

/** The first screen: `enter` goes on to the questions, or to the plan. */
export function updateOverview(state: State, screen: OverviewScreen, press: KeyPress): Turn {
  const { overview, decisions } = state;
  switch (wordOf(press)) {
    case 'enter':
      if (!overview || state.activity) return stay(state);
      if (overview.plan.questions?.length) return openQuestions(state);
      return isIdle(state) ? quit(state, 0) : show(state, openPlan(state));
    case 'p':
      return overview ? show(state, openPlan(state)) : stay(state);
    case 'h':
      return openHistory(state);
    case 'r':
      return ask(state, 'looking again', { kind: 'survey', decisions });
    default:
      return show(state, { ...screen, scroll: scrolled(press, screen.scroll, state) });
  }
}

/** True where a plan would do nothing, and nothing stands in its way. */
export function isIdle({ overview }: State): boolean {
  if (!overview) return false;
  const { plan } = overview;
  return !hasWork(plan) && plan.blocked.length + plan.withheld.length + overview.interrupted.length === 0;
}
