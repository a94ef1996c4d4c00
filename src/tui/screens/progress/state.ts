import type { Fact } from '../../../events/facts.ts';
import type { DialectName } from '../../../schema/sql-by-dialect.ts';
import { wordOf, type KeyPress } from '../../key-press.ts';
import { show, stay, type State, type Turn } from '../../state.ts';

/** A run as it happens. Times are those of `performance.now()`. */
export interface ProgressScreen {
  readonly name: 'progress';
  readonly doing: 'migrate' | 'rollback';
  readonly since: number;
  readonly dialect: DialectName;
  /** Operations that the plan has, as far as is known. */
  readonly total: number;
  /** Summaries of what is done. */
  readonly applied: readonly string[];
  /** Summaries of what the plan still has. */
  readonly left: readonly string[];
  readonly file?: { readonly path: string; readonly at: number; readonly total: number };
  readonly current?: { readonly summary: string; readonly since: number };
  /** Rows of a copy or backfill. */
  readonly rows?: RowProgress;
  /** Whom or what is waited for. */
  readonly waiting?: { readonly text: string; readonly since: number };
  readonly failed?: { readonly summary: string; readonly sql?: string };
  /** The last statement of the current operation that the database refused. */
  readonly refused?: string;
  readonly stop: 'no' | 'asked' | 'stopping';
}

/** How far a copy or backfill is; `since` is when its first rows were told. */
export interface RowProgress {
  readonly summary: string;
  readonly first: number;
  readonly since: number;
  readonly done: number;
  readonly total?: number;
}

export function openProgress(given: Pick<ProgressScreen, 'doing' | 'total' | 'since' | 'dialect'>): ProgressScreen {
  return { name: 'progress', ...given, applied: [], left: [], stop: 'no' };
}

/** Ctrl-C during a run: first a question. */
export function askToStop(screen: ProgressScreen): ProgressScreen {
  return screen.stop === 'no' ? { ...screen, stop: 'asked' } : screen;
}

export function updateProgress(state: State, screen: ProgressScreen, press: KeyPress): Turn {
  if (screen.stop !== 'asked') return stay(state);
  switch (wordOf(press)) {
    case 'enter':
    case 's':
      return { state: { ...state, screen: { ...screen, stop: 'stopping' } }, requests: [{ kind: 'stop' }] };
    case 'escape':
    case 'k':
      return show(state, { ...screen, stop: 'no' });
    default:
      return stay(state);
  }
}

/** What a fact of the engine changes in what is seen. */
export function hearFact(state: State, fact: Fact): State {
  const { screen, activity, now } = state;
  if (screen.name === 'progress') return { ...state, screen: advance(screen, fact, now) };
  if (fact.kind !== 'waited' || !activity) return state;
  return { ...state, activity: { ...activity, detail: waitingText(fact) } };
}

function advance(screen: ProgressScreen, fact: Fact, now: number): ProgressScreen {
  if (fact.kind === 'waited') {
    const text = waitingText(fact);
    return { ...screen, waiting: { text, since: now - fact.ms } };
  }
  const { waiting: _, ...rest } = screen;
  switch (fact.kind) {
    case 'planned':
      return { ...rest, left: fact.plan.steps, total: rest.applied.length + fact.plan.changes };
    case 'rollbackPlanned':
      return { ...rest, left: fact.plan.changes, total: fact.plan.changes.length };
    case 'fileStarted':
      return { ...rest, file: { path: fact.path, at: fact.place, total: fact.total } };
    case 'fileApplied':
      return withoutFile(rest);
    case 'operationStarted':
      return {
        ...withoutRefused(withoutRows(rest)),
        ...totalOf(rest, fact),
        current: { summary: fact.summary, since: now },
      };
    case 'statementRefused':
      return { ...rest, refused: fact.sql };
    case 'progressed':
      return { ...rest, rows: rowsAfter(rest.rows, fact, now) };
    case 'operationApplied':
      return done(rest, fact.summary);
    case 'operationSkipped':
      return withoutStep(rest, fact.summary);
    case 'transactionRolledBack':
      return { ...rest, applied: without(rest.applied, fact.summaries) };
    case 'operationFailed':
      return { ...rest, failed: { summary: fact.summary, ...(rest.refused !== undefined && { sql: rest.refused }) } };
    default:
      return rest;
  }
}

/** A rollback's plan counts what is taken back; how many operations that takes is told with each of them. */
function totalOf(
  { doing, total }: ProgressScreen,
  fact: Extract<Fact, { kind: 'operationStarted' }>,
): Pick<ProgressScreen, 'total'> {
  return { total: doing === 'rollback' ? Math.max(total, fact.total) : total };
}

function done(screen: ProgressScreen, summary: string): ProgressScreen {
  const { current: _, ...rest } = withoutStep(withoutRows(screen), summary);
  const applied = [...rest.applied, summary];
  return { ...rest, applied, total: Math.max(rest.total, applied.length) };
}

/** Each of them once, the last first. */
function without(applied: readonly string[], gone: readonly string[]): readonly string[] {
  return gone.reduce((left, summary) => left.toSpliced(left.lastIndexOf(summary), 1), applied);
}

function withoutStep(screen: ProgressScreen, summary: string): ProgressScreen {
  const at = screen.left.indexOf(summary);
  return at < 0 ? screen : { ...screen, left: screen.left.toSpliced(at, 1) };
}

function rowsAfter(
  before: RowProgress | undefined,
  { summary, done: rows, total }: Extract<Fact, { kind: 'progressed' }>,
  now: number,
): RowProgress {
  const known = before?.summary === summary ? before : { summary, first: rows, since: now };
  return { ...known, done: rows, ...(total !== undefined && { total }) };
}

function withoutRows({ rows: _, ...screen }: ProgressScreen): ProgressScreen {
  return screen;
}

function withoutRefused({ refused: _, ...screen }: ProgressScreen): ProgressScreen {
  return screen;
}

function withoutFile({ file: _, ...screen }: ProgressScreen): ProgressScreen {
  return screen;
}

function waitingText({ for: what, target, detail }: Extract<Fact, { kind: 'waited' }>): string {
  const who = detail === undefined ? '' : `: ${detail}`;
  if (what === 'server') return `waiting for ${target}${who}`;
  if (what === 'lock') return `waiting for another migration of ${target}${who}`;
  return `waiting for others to leave ${target}${who}`;
}

/** Milliseconds until a copy is done, at the pace so far; `undefined` while that is not known. */
export function timeLeft({ first, since, done: rows, total }: RowProgress, now: number): number | undefined {
  const pace = (rows - first) / (now - since);
  return total === undefined || !(pace > 0) || total < rows ? undefined : (total - rows) / pace;
}
