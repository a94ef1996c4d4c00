import { setImmediate } from 'node:timers/promises';
import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import type { EventPayload } from '../history/event.ts';

/** Statements in one message: so many that the way to the server hardly counts, so few that it works while we go on. */
const atOnce = 20;

/** Sends the statements of a batch, in order. */
export interface Sender {
  /** Runs a statement, now or with later ones; what goes wrong with it then is thrown by `finish`. */
  run(text: string): Promise<{ readonly rows?: number }>;
  /** Ends when everything has run. */
  finish(): Promise<void>;
  /** Sends nothing more; ends when the server has answered what was sent, so that a rollback comes after all of it. */
  abandon(): Promise<void>;
  /** The statement as the log keeps it: one that was sent with others has its share of their time. */
  timed(statement: LoggedStatement): LoggedStatement;
}

type LoggedStatement = EventPayload['sql'][number];

/** One that sends many statements in one message where the server takes them so. */
export function openSender({ session, dialect }: { readonly session: Session; readonly dialect: Dialect }): Sender {
  if (dialect.traits.runsScripts) return sendTogether(session);
  const nothing = async (): Promise<void> => undefined;
  return { run: (text) => session.run(text), finish: nothing, abandon: nothing, timed: (statement) => statement };
}

function sendTogether(session: Session): Sender {
  let waiting: string[] = [];
  let sent = Promise.resolve();
  const all = { statements: 0, ms: 0 };
  let isAbandoned = false;
  const send = async (texts: readonly string[]): Promise<void> => {
    if (isAbandoned) return;
    const start = performance.now();
    await session.run(texts.join('\n;\n'));
    all.statements += texts.length;
    all.ms += performance.now() - start;
  };
  const flush = (): void => {
    const texts = waiting;
    waiting = [];
    sent = sent.then(() => send(texts));
    // Whoever waits for the end is told.
    sent.catch(() => undefined);
  };
  return {
    run: async (text) => {
      waiting.push(text);
      if (waiting.length < atOnce) return {};
      flush();
      // The server's answers are read between turns.
      await setImmediate();
      return {};
    },
    finish: async () => {
      if (waiting.length > 0) flush();
      await sent;
    },
    abandon: async () => {
      isAbandoned = true;
      await sent.catch(() => undefined);
    },
    timed: (statement) => ({ ...statement, ms: Math.round((all.ms / all.statements) * 1000) / 1000 }),
  };
}
