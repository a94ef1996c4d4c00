import type { Question, RenameQuestion, ValueQuestion } from '../../../plan/question.ts';
import { checkValue } from '../../../review/check-value.ts';
import { answer, type Decisions } from '../../../review/decisions.ts';
import { entryOf } from '../../../schema/entry-of.ts';
import { scrolled } from '../../cursor.ts';
import { edited, wordOf, type KeyPress } from '../../key-press.ts';
import type { Answer } from '../../message.ts';
import { ask, show, stay, type State, type Turn } from '../../state.ts';
import { openPlan } from '../plan/open-plan.ts';

/** One question after the other; `cursor` is among the choices of a rename, `text` what is typed for a value. */
export interface QuestionsScreen {
  readonly name: 'questions';
  readonly at: number;
  /** What kind of question it is: for a value, letters are text. */
  readonly asks: Question['kind'];
  readonly cursor: number;
  readonly scroll: number;
  readonly text: string;
  readonly as: 'value' | 'expression';
  readonly problem?: string;
  /** Values of the columns that go, by table and column. */
  readonly samples: Readonly<Record<string, readonly string[]>>;
  /** Columns that an answer has renamed: they are no candidate any more. */
  readonly taken: readonly string[];
  /** What was decided before everything is asked anew: going back leaves it so. */
  readonly before?: Decisions;
}

/** The first question of the plan; `before` is what was decided where all of it is asked anew. */
export function openQuestions(state: State, before?: Decisions): Turn {
  return toQuestion(state, { ...blank, at: 0, samples: {}, taken: [], ...(before && { before }) });
}

const blank = { name: 'questions', asks: 'rename', cursor: -1, scroll: 0, text: '', as: 'value' } as const;

export function isTypingAnAnswer({ asks }: QuestionsScreen): boolean {
  return asks === 'value';
}

/** The question that is asked, without candidates that are taken. */
export function questionAt(state: State, { at, taken }: QuestionsScreen): Question | undefined {
  const question = state.overview?.plan.questions?.[at];
  if (question?.kind !== 'rename') return question;
  const candidates = question.candidates.filter(({ column }) => !taken.includes(placeOf(question.table, column)));
  return { ...question, candidates };
}

/** Where samples of a column are kept. */
export function placeOf(table: string, column: string): string {
  return JSON.stringify([table, column]);
}

export function updateQuestions(state: State, screen: QuestionsScreen, press: KeyPress): Turn {
  const question = questionAt(state, screen);
  if (!question || state.activity) return stay(state);
  if (wordOf(press) === 'escape') return back(state, screen);
  if (wordOf(press) === 'pageDown' || wordOf(press) === 'pageUp')
    return show(state, { ...screen, scroll: scrolled(press, screen.scroll, state) });
  return question.kind === 'rename'
    ? choose(state, screen, { question, press })
    : type(state, screen, { question, press });
}

/** The question before, as if it had not been answered; from the first one the overview, or the plan as it was decided. */
function back(state: State, { at, samples, before }: QuestionsScreen): Turn {
  if (at === 0 && before)
    return ask({ ...state, decisions: before, screen: openPlan(state) }, 'planning with the earlier answers', {
      kind: 'survey',
      decisions: before,
    });
  if (at === 0) return show(state, { name: 'overview', scroll: 0 });
  const taken = takenBefore(state, at - 1);
  return toQuestion(state, { ...blank, at: at - 1, samples, taken, ...(before && { before }) });
}

/** Columns that the answers to the questions before this one have renamed. */
function takenBefore({ overview, decisions }: State, at: number): readonly string[] {
  const earlier = overview?.plan.questions?.slice(0, at) ?? [];
  return earlier.flatMap(({ table, column }) => {
    const old = decisions.answers.tables[table]?.columns[column]?.renamedFrom;
    return typeof old === 'string' ? [placeOf(table, old)] : [];
  });
}

function choose(
  state: State,
  screen: QuestionsScreen,
  { question, press }: { readonly question: RenameQuestion; readonly press: KeyPress },
): Turn {
  const { table, column, candidates } = question;
  const word = wordOf(press);
  const move = word === 'up' || word === 'k' ? -1 : word === 'down' || word === 'j' || word === 'tab' ? 1 : 0;
  if (move !== 0) {
    const choices = candidates.length + 1;
    // Nothing is chosen at first: enter alone must not answer.
    const from = screen.cursor < 0 && move < 0 ? 0 : screen.cursor;
    return show(state, { ...screen, cursor: (from + move + choices) % choices });
  }
  if (word !== 'enter') return stay(state);
  if (screen.cursor < 0) return stay({ ...state, notice: 'Choose one with ↑↓, then press enter' });
  const old = candidates[screen.cursor]?.column;
  const decisions = answer(state.decisions, table, column, { renamedFrom: old ?? false });
  const taken = old === undefined ? screen.taken : [...screen.taken, placeOf(table, old)];
  return next({ ...state, decisions }, { ...screen, taken });
}

function type(
  state: State,
  screen: QuestionsScreen,
  { question, press }: { readonly question: ValueQuestion; readonly press: KeyPress },
): Turn {
  const { problem: _, ...plain } = screen;
  const text = edited(screen.text, press);
  if (text !== undefined) return show(state, { ...plain, text });
  switch (wordOf(press)) {
    case 'tab':
      return show(state, { ...plain, as: screen.as === 'value' ? 'expression' : 'value' });
    case 'enter':
      return take(state, screen, question);
    default:
      return stay(state);
  }
}

/** A value is checked against the type here; an expression by the database, when the plan is made again. */
function take(state: State, screen: QuestionsScreen, { table, column, type: columnType }: ValueQuestion): Turn {
  if (screen.as === 'expression') {
    if (screen.text.trim() === '') return show(state, { ...screen, problem: 'an expression over the row is missing' });
    const backfill = { sql: screen.text };
    return next({ ...state, decisions: answer(state.decisions, table, column, { backfill }) }, screen);
  }
  const checked = checkValue(screen.text, columnType);
  if ('problem' in checked) return show(state, { ...screen, problem: `"${screen.text}" ${checked.problem}` });
  return next({ ...state, decisions: answer(state.decisions, table, column, { backfill: checked }) }, screen);
}

/** The next question that still is one; after the last the plan is made again. */
function next(state: State, { samples, taken, at, before }: QuestionsScreen): Turn {
  const screen: QuestionsScreen = { ...blank, at: at + 1, samples, taken, ...(before && { before }) };
  const question = questionAt(state, screen);
  if (question && isAnswered(question, state.decisions)) return next(state, screen);
  if (question) return toQuestion(state, screen);
  return ask({ ...state, screen }, 'planning with the answers', { kind: 'survey', decisions: state.decisions });
}

/** An earlier answer leaves nothing to ask: no candidate is left, or the column has the values of the one that it was. */
function isAnswered(question: Question, { answers }: Decisions): boolean {
  if (question.kind === 'rename') return question.candidates.length === 0;
  const { renamedFrom } = entryOf(entryOf(answers.tables, question.table)?.columns, question.column) ?? {};
  return typeof renamedFrom === 'string';
}

/** Shows a question, and asks for values of the columns that it is about. */
function toQuestion(state: State, screen: QuestionsScreen): Turn {
  const question = questionAt(state, screen);
  if (question?.kind !== 'rename') return show(state, { ...screen, asks: 'value' });
  const { table, candidates } = question;
  const wanted = candidates.filter(({ column }) => screen.samples[placeOf(table, column)] === undefined);
  return {
    state: { ...state, screen },
    requests: wanted.map(({ column }) => ({ kind: 'readSamples', table, column })),
  };
}

/** Values of a column have arrived. */
export function hearSamples(state: State, { table, column, values }: Extract<Answer, { kind: 'samplesRead' }>): State {
  const { screen } = state;
  if (screen.name !== 'questions') return state;
  return { ...state, screen: { ...screen, samples: { ...screen.samples, [placeOf(table, column)]: values } } };
}
