import type { RunResult } from '../../engine.ts';
import { wordOf, type KeyPress } from '../../key-press.ts';
import type { Answer, Problem } from '../../message.ts';
import { ask, quit, show, stay, type State, type Turn } from '../../state.ts';
import { scrolled } from '../../cursor.ts';
import { openHistory } from '../history/state.ts';
import { openPlan } from '../plan/open-plan.ts';
import { placeOf } from '../questions/state.ts';
import { openRollback } from '../rollback/state.ts';

/** How it ended, and what can be done now. */
export interface ResultScreen {
  readonly name: 'result';
  readonly exitCode: number;
  readonly cursor: number;
  readonly outcome: Outcome;
  readonly showsSql: boolean;
  /** The first line of the text that is seen. */
  readonly scroll: number;
}

export type Outcome =
  | { readonly kind: 'ended'; readonly doing: 'migrate' | 'rollback'; readonly result: RunResult; readonly ms: number }
  | {
      readonly kind: 'failed';
      /** What was being done. */
      readonly doing: 'survey' | 'migrate' | 'rollback';
      readonly problem: Problem;
      readonly applied: readonly string[];
      readonly left: readonly string[];
      readonly sql?: string;
    };

/** What a person can do now. */
export type Choice = 'retry' | 'rollBack' | 'sql' | 'history' | 'quit';

/** The choices that an outcome leaves. */
export function choicesOf(outcome: Outcome): readonly Choice[] {
  if (outcome.kind === 'ended') {
    const canGoBack = outcome.doing === 'migrate' && outcome.result.applied > 0 && outcome.result.runId !== undefined;
    return ['quit', 'history', ...(canGoBack ? ['rollBack' as const] : [])];
  }
  const { doing, applied, sql, problem } = outcome;
  return [
    'retry',
    ...(doing === 'migrate' && applied.length > 0 && problem.runId !== undefined ? ['rollBack' as const] : []),
    ...(sql === undefined ? [] : ['sql' as const]),
    ...(doing === 'survey' ? [] : ['history' as const]),
    'quit',
  ];
}

export function updateResult(state: State, screen: ResultScreen, press: KeyPress): Turn {
  const choices = choicesOf(screen.outcome);
  const word = wordOf(press);
  if (screen.showsSql) return show(state, { ...screen, showsSql: false });
  const move = word === 'up' || word === 'k' ? -1 : word === 'down' || word === 'j' || word === 'tab' ? 1 : 0;
  if (move !== 0) return show(state, { ...screen, cursor: (screen.cursor + move + choices.length) % choices.length });
  if (word === 'pageDown' || word === 'pageUp')
    return show(state, { ...screen, scroll: scrolled(press, screen.scroll, state) });
  if (word === 'h' && choices.includes('history')) return choose(state, screen, 'history');
  const choice = choices[screen.cursor];
  return word === 'enter' && choice ? choose(state, screen, choice) : stay(state);
}

function choose(state: State, screen: ResultScreen, choice: Choice): Turn {
  const { decisions } = state;
  switch (choice) {
    case 'retry':
      return ask(
        { ...state, screen: state.overview ? openPlan(state) : { name: 'overview', scroll: 0 } },
        'looking at the database again',
        { kind: 'survey', decisions },
      );
    case 'rollBack':
      return rollBackRun(state, screen.outcome);
    case 'sql':
      return show(state, { ...screen, showsSql: true });
    case 'history':
      return openHistory(state);
    case 'quit':
      return quit(state, screen.exitCode);
  }
}

function rollBackRun(state: State, outcome: Outcome): Turn {
  const id = outcome.kind === 'failed' ? outcome.problem.runId : outcome.result.runId;
  return id === undefined ? stay(state) : openRollback(state, { kind: 'run', id });
}

/** A run or rollback ended as it should. */
export function endRun(state: State, result: RunResult): Turn {
  const { screen, now } = state;
  if (screen.name !== 'progress') return stay(state);
  const outcome: Outcome = { kind: 'ended', doing: screen.doing, result, ms: now - screen.since };
  return show(
    { ...state, exitCode: 0 },
    { name: 'result', exitCode: 0, cursor: 0, outcome, showsSql: false, scroll: 0 },
  );
}

/** A call to the engine failed: said where it was made, or on a screen of its own. */
export function hearFailure(state: State, { request, problem }: Extract<Answer, { kind: 'failed' }>): Turn {
  const { screen, decisions } = state;
  if (request.kind === 'readSamples') return stay(withoutSamples(state, request));
  if (problem.code === 'PLAN_CHANGED' && request.kind === 'migrate')
    return ask({ ...state, notice: `🔁 ${problem.message}`, screen: openPlan(state) }, 'planning again', {
      kind: 'survey',
      decisions,
    });
  if (problem.code === 'PLAN_CHANGED' && request.kind === 'rollBack')
    return openRollback({ ...state, notice: `🔁 ${problem.message}` }, request.review.selection);
  if (request.kind === 'planRollback' && screen.name === 'rollback') return show(state, { ...screen, problem });
  if (screen.name !== 'progress' && request.kind !== 'survey')
    return stay({ ...state, notice: `❌ ${problem.code}: ${problem.message}. What to do: ${problem.fix}` });
  const run = screen.name === 'progress' ? screen : undefined;
  const outcome: Outcome = {
    kind: 'failed',
    doing: run?.doing ?? 'survey',
    problem,
    applied: run?.applied ?? [],
    left: run?.left ?? [],
    ...(run?.failed?.sql !== undefined && { sql: run.failed.sql }),
  };
  const after = run ? { ...state, exitCode: problem.exitCode } : state;
  return show(after, { name: 'result', exitCode: problem.exitCode, cursor: 0, outcome, showsSql: false, scroll: 0 });
}

/** Samples are a help, no more: where they cannot be had there are none. */
function withoutSamples(state: State, { table, column }: { readonly table: string; readonly column: string }): State {
  const { screen } = state;
  if (screen.name !== 'questions') return state;
  return { ...state, screen: { ...screen, samples: { ...screen.samples, [placeOf(table, column)]: [] } } };
}
