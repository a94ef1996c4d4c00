import type { RollbackRequest } from '../../../history/rollback-request.ts';
import { needsLeave, type RollbackChoice } from '../../../plan/rollback-plan.ts';
import { nameToType } from '../../confirmation.ts';
import { moveCursor, scrolled } from '../../cursor.ts';
import type { RollbackLook } from '../../engine.ts';
import { edited, wordOf, type KeyPress } from '../../key-press.ts';
import type { Answer, Problem } from '../../message.ts';
import { ask, quit, show, stay, type Screen, type State, type Turn } from '../../state.ts';
import { openProgress } from '../progress/state.ts';

/** What would be taken back, and leave to do it. `expects` is what has to be typed, once leave is asked for. */
export interface RollbackScreen {
  readonly name: 'rollback';
  /** Why nothing can be taken back. */
  readonly problem?: Problem;
  readonly planned?: RollbackLook & { readonly selection: RollbackRequest };
  readonly scroll: number;
  /** Which of the plan's choices the cursor is on, where it cannot run. */
  readonly choice: number;
  readonly showsSql: boolean;
  readonly isConfirming: boolean;
  readonly expects?: string;
  readonly typed: string;
  /** Where `esc` leads; absent where the rollback is all there is. */
  readonly back?: Screen;
}

/** Looks what can be taken back, and shows it. */
export function openRollback(state: State, selection: RollbackRequest): Turn {
  const { name } = state.screen;
  const { screen: from } = state;
  // One that could not be is not gone back to.
  const before = from.name === 'rollback' ? from.back : from;
  const back = name === 'overview' || name === 'progress' || !before ? {} : { back: before };
  const screen: RollbackScreen = {
    name: 'rollback',
    scroll: 0,
    choice: 0,
    showsSql: false,
    isConfirming: false,
    typed: '',
    ...back,
  };
  return ask({ ...state, screen }, 'looking at what can be taken back', { kind: 'planRollback', selection });
}

/** The plan has arrived. */
export function hearRollback(state: State, { selection, look }: Extract<Answer, { kind: 'rollbackPlanned' }>): Turn {
  const { screen } = state;
  return screen.name === 'rollback' ? show(state, { ...screen, planned: { ...look, selection } }) : stay(state);
}

export function updateRollback(state: State, screen: RollbackScreen, press: KeyPress): Turn {
  const word = wordOf(press);
  if (screen.isConfirming) return confirm(state, screen, press);
  if (word === 'escape') return screen.back ? show(state, screen.back) : quit(state, state.exitCode ?? 0);
  const { length } = choicesOf(screen);
  const move = length === 0 ? undefined : moveCursor(press, screen.choice, { length, page: 1 });
  if (move !== undefined && (word === 'up' || word === 'down' || word === 'j' || word === 'k'))
    return show(state, { ...screen, choice: move });
  if (word === 's') return show(state, { ...screen, showsSql: !screen.showsSql });
  if (word === 'enter' || word === 'a') return askLeave(state, screen);
  return scroll(state, screen, press);
}

/** What can be taken back instead, where the plan cannot run. */
export function choicesOf({ planned }: RollbackScreen): readonly RollbackChoice[] {
  const { blocked = [], choices = [] } = planned?.plan ?? {};
  return blocked.length === 0 ? [] : choices;
}

/** Which keys work: without a plan that can run there is no going on. */
export function keysOfRollback(screen: RollbackScreen): 'rollback' | 'waiting' | 'approving' | 'choosing' | 'stuck' {
  const plan = screen.planned?.plan;
  if (!plan) return 'waiting';
  if (screen.expects !== undefined) return 'approving';
  if (choicesOf(screen).length > 0) return 'choosing';
  return plan.blocked.length > 0 || plan.changes.length === 0 ? 'stuck' : 'rollback';
}

function askLeave(state: State, screen: RollbackScreen): Turn {
  if (!screen.planned || state.activity) return stay(state);
  const { plan, place } = screen.planned;
  const choice = choicesOf(screen)[screen.choice];
  if (choice) return openRollback(state, { kind: 'to', version: choice.to });
  if (plan.blocked.length > 0) return stay({ ...state, notice: 'This cannot be taken back: nothing runs' });
  if (plan.changes.length === 0) return stay({ ...state, notice: 'There is nothing to take back' });
  const isTyped = needsLeave(plan).length > 0 || place.environment === 'production';
  return show(state, {
    ...screen,
    // What goes and what stays away is said first: it is seen beside the question.
    scroll: 0,
    isConfirming: true,
    typed: '',
    ...(isTyped && { expects: nameToType(plan.database) }),
  });
}

function confirm(state: State, screen: RollbackScreen, press: KeyPress): Turn {
  const { expects: _, ...plain } = screen;
  const word = wordOf(press);
  if (word === 'escape') return show(state, { ...plain, isConfirming: false });
  if (screen.expects === undefined) {
    return word === 'enter' ? run(state, screen) : scroll(state, screen, press);
  }
  if (word === 'enter')
    return screen.typed === screen.expects
      ? run(state, screen)
      : stay({ ...state, notice: `Type ${screen.expects} and press enter, or esc to go back` });
  const typed = edited(screen.typed, press);
  return typed === undefined ? scroll(state, screen, press) : show(state, { ...screen, typed });
}

function scroll(state: State, screen: RollbackScreen, press: KeyPress): Turn {
  return show(state, { ...screen, scroll: scrolled(press, screen.scroll, state) });
}

function run(state: State, { planned }: RollbackScreen): Turn {
  if (!planned) return stay(state);
  const { selection, plan } = planned;
  const { dialect, changes } = plan;
  const screen = openProgress({ doing: 'rollback', total: changes.length, since: state.now, dialect });
  return ask({ ...state, screen }, 'taking back', {
    kind: 'rollBack',
    review: { selection, hash: plan.hash },
  });
}
