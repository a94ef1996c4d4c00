import { moveCursor, scrolled } from './cursor.ts';
import type { Place } from './engine.ts';
import { wordOf, type KeyPress } from './key-press.ts';
import type { Answer, Message } from './message.ts';
import { updateConfirm } from './screens/confirm/state.ts';
import { continueSearch, hearHistory, isTypingInHistory, updateHistory } from './screens/history/state.ts';
import { updateOverview } from './screens/overview/state.ts';
import { hearPlan, isTypingInPlan, updatePlan } from './screens/plan/state.ts';
import { askToStop, hearFact, updateProgress } from './screens/progress/state.ts';
import { hearSamples, isTypingAnAnswer, updateQuestions } from './screens/questions/state.ts';
import { endRun, hearFailure, updateResult } from './screens/result/state.ts';
import { hearRollback, updateRollback } from './screens/rollback/state.ts';
import { quit, show, stay, type Screen, type State, type Turn } from './state.ts';

/** The state after a message, and what is to be done outside. Pure: the clock comes with the messages. */
export function update(state: State, message: Message): Turn {
  switch (message.kind) {
    case 'key':
      return pressed(withKey(state, message), message.press);
    case 'resized':
      return stay({ ...state, size: message.size });
    case 'ticked':
      return stay({ ...state, now: message.at });
    case 'logged':
      return stay({ ...state, log: [...state.log, ...message.lines] });
    case 'fact':
      return stay(hearFact({ ...state, now: message.at }, message.fact));
    case 'interrupted':
      return interrupt(state);
    case 'wentOn':
      return continueSearch(state);
    default:
      // Samples come beside whatever else is under way.
      return hear(withPlace(message.kind === 'samplesRead' ? state : withoutActivity(state), message), message);
  }
}

const onKey: { readonly [name in Screen['name']]: (state: State, screen: never, press: KeyPress) => Turn } = {
  overview: updateOverview,
  plan: updatePlan,
  questions: updateQuestions,
  confirm: updateConfirm,
  progress: updateProgress,
  result: updateResult,
  history: updateHistory,
  rollback: updateRollback,
};

function pressed(state: State, press: KeyPress): Turn {
  const word = wordOf(press);
  if (word === 'interrupt') return interrupt(state);
  if (state.help !== undefined) return readHelp(state, state.help, press);
  if (!isTyping(state.screen)) {
    if (word === '?') return stay({ ...state, help: 0 });
    if (word === 'q') return interrupt(state);
  }
  return (onKey[state.screen.name] as (state: State, screen: Screen, press: KeyPress) => Turn)(
    state,
    state.screen,
    press,
  );
}

/** Scrolls; any other key goes back to the screen. */
function readHelp({ help: _, ...state }: State, help: number, press: KeyPress): Turn {
  const isScrolling = moveCursor(press, help, { length: 1000, page: 1 }) !== undefined;
  return stay(isScrolling ? { ...state, help: scrolled(press, help, state) } : state);
}

/** Ctrl-C or `q`: at once where nothing runs, else a question. */
function interrupt(state: State): Turn {
  const { screen } = state;
  if (screen.name === 'progress') return show(state, askToStop(screen));
  return quit(state, screen.name === 'result' ? screen.exitCode : (state.exitCode ?? 0));
}

/** Where letters are text, not keys. */
function isTyping(screen: Screen): boolean {
  switch (screen.name) {
    case 'plan':
      return isTypingInPlan(screen);
    case 'history':
      return isTypingInHistory(screen);
    case 'questions':
      return isTypingAnAnswer(screen);
    case 'confirm':
      return screen.expects !== undefined;
    case 'rollback':
      return screen.expects !== undefined;
    default:
      return false;
  }
}

function hear(state: State, answer: Answer): Turn {
  switch (answer.kind) {
    case 'surveyed':
      return hearPlan(state, answer.overview);
    case 'samplesRead':
      return stay(hearSamples(state, answer));
    case 'answersSaved':
      return stay({ ...state, notice: `💾 Answers saved: migrate --ci --answers ${answer.file}` });
    case 'migrated':
    case 'rolledBack':
      return endRun(state, answer.result);
    case 'rollbackPlanned':
      return hearRollback(state, answer);
    case 'failed':
      return hearFailure(state, answer);
    default:
      return hearHistory(state, answer);
  }
}

/** What was said is gone with the next key. */
function withKey({ notice: _, textEnd: __, ...state }: State, { textEnd }: Extract<Message, { kind: 'key' }>): State {
  return textEnd === undefined ? state : { ...state, textEnd };
}

function withPlace(state: State, answer: Answer): State {
  const place = placeIn(answer);
  return place ? { ...state, place } : state;
}

function placeIn(answer: Answer): Place | undefined {
  switch (answer.kind) {
    case 'surveyed':
      return answer.overview.place;
    case 'historyRead':
      return answer.history.place;
    case 'rollbackPlanned':
      return answer.look.place;
    default:
      return undefined;
  }
}

function withoutActivity({ activity: _, ...state }: State): State {
  return state;
}
