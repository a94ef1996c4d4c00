import { emojiLog } from '../report/emoji-log.ts';
import { opening as firstLine } from '../report/opening.ts';
import { errorData } from '../report/error-text.ts';
import { begin, type Opening } from './begin.ts';
import type { Engine, Listener } from './engine.ts';
import type { Answer, Message, Problem, Request, Size } from './message.ts';
import type { State, Turn } from './state.ts';
import { update } from './update.ts';

/** Holds the state, hands messages to the reducer, and has the engine do what it asks for. */
export interface Store {
  read(): State;
  subscribe(listener: () => void): () => void;
  send(message: Message): void;
  /** Lets the clock go on while something is under way; gives the way to end that. */
  tickEvery(ms: number): () => void;
  /** The exit code, once the interface was left. */
  readonly left: Promise<number>;
}

export interface StoreOptions {
  readonly engine: Engine;
  readonly opening: Opening;
  readonly size: Size;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
}

/** Begins with the first screen of a command. Facts that come fast are drawn together, some thirty times a second. */
export function createStore({ engine, opening, size, signal }: StoreOptions): Store {
  const clock = (): number => performance.now();
  const listeners = new Set<() => void>();
  const waiting: Message[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running = new AbortController();
  let leave: (code: number) => void = () => undefined;
  const left = new Promise<number>((resolve) => (leave = resolve));
  const first = begin(opening, size, clock());
  let { state } = first;

  const take = (turn: Turn): void => {
    ({ state } = turn);
    for (const request of turn.requests) perform(request);
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const message of waiting.splice(0)) take(update(state, message));
    for (const listener of listeners) listener();
  };
  const send = (message: Message): void => {
    // The clock is looked at with each message, so that what it begins has its time.
    waiting.push({ kind: 'ticked', at: clock() }, message);
    if (message.kind !== 'fact' && message.kind !== 'logged') return flush();
    timer ??= setTimeout(flush, 33);
  };
  /** At once, but seen only with what comes fast: no frame for each step of what is long. */
  const goOn = (): void => {
    take(update(state, { kind: 'wentOn' }));
    timer ??= setTimeout(flush, 33);
  };
  const perform = (request: Request): void => {
    if (request.kind === 'quit') {
      running.abort('SIGINT');
      return leave(request.code);
    }
    if (request.kind === 'stop') return running.abort('SIGINT');
    if (request.kind === 'goOn') return void setImmediate(goOn);
    running = new AbortController();
    const listener = listen(request, { send, clock, signal: running.signal });
    answer(engine, request, listener).then(send, (error: unknown) =>
      send({ kind: 'failed', request, problem: problemOf(error) }),
    );
  };

  signal.addEventListener('abort', () => {
    running.abort(signal.reason);
    if (state.screen.name !== 'progress') leave(exitOfSignal[String(signal.reason)] ?? 1);
  });
  take(first);
  return {
    read: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send,
    tickEvery: (ms) => {
      const interval = setInterval(() => state.activity && send({ kind: 'ticked', at: clock() }), ms);
      return () => clearInterval(interval);
    },
    left,
  };
}

const exitOfSignal: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

/** A run also writes its log. */
function listen(
  request: Request,
  { send, clock, signal }: { send(message: Message): void; clock(): number; readonly signal: AbortSignal },
): Listener {
  const isRun = request.kind === 'migrate' || request.kind === 'rollBack';
  const log = emojiLog({
    write: (line) => send({ kind: 'logged', lines: [line] }),
    verbose: false,
    ...(request.kind === 'migrate' && { opening: firstLine }),
  });
  return {
    emit: (fact) => {
      send({ kind: 'fact', fact, at: clock() });
      if (isRun) log(fact);
    },
    signal,
  };
}

async function answer(
  engine: Engine,
  request: Exclude<Request, { kind: 'quit' | 'stop' | 'goOn' }>,
  listener: Listener,
): Promise<Answer> {
  switch (request.kind) {
    case 'survey':
      return { kind: 'surveyed', overview: await engine.survey(request.decisions, listener) };
    case 'migrate':
      return { kind: 'migrated', result: await engine.migrate(request.review, listener) };
    case 'readSamples': {
      const { table, column } = request;
      return { kind: 'samplesRead', table, column, values: await engine.sampleValues(table, column) };
    }
    case 'saveAnswers':
      return { kind: 'answersSaved', file: await engine.saveAnswers(request.answers) };
    case 'readHistory':
      return { kind: 'historyRead', history: await engine.readHistory(listener) };
    case 'readEvent':
      return { kind: 'eventRead', ...(await engine.readEvent(request.version)) };
    case 'readSchema':
      return { kind: 'schemaRead', version: request.version, lines: await engine.readSchema(request.version) };
    case 'readDifference': {
      const { from, to } = request;
      return { kind: 'differenceRead', from, to, lines: await engine.readDifference(from, to) };
    }
    case 'planRollback': {
      const { selection } = request;
      return { kind: 'rollbackPlanned', selection, look: await engine.planRollback(selection, listener) };
    }
    case 'rollBack':
      return { kind: 'rolledBack', result: await engine.rollBack(request.review, listener) };
  }
}

function problemOf(error: unknown): Problem {
  const { code, message, fix = 'report it, with the log', state = 'as the log tells', exitCode = 1 } = errorData(error);
  const { runId } = error as { readonly runId?: string };
  return { code, message, fix, state, exitCode, ...(runId !== undefined && { runId }) };
}
