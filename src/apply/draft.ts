import { payloadFormat } from '../history/event.ts';
import { chainEvents, type EventDraft } from '../history/chain.ts';
import type { Session } from '../dialects/session.ts';
import type { Schema } from '../schema/schema.ts';
import type { Journal } from './journal.ts';
import type { StepContext } from './run-step.ts';

/** What work comes to, found out without the server: what it is to be sent, and what the log is to say of it. */
export interface Draft {
  readonly statements: readonly string[];
  readonly events: readonly EventDraft[];
  /** Tables to look at once it is done: the catalog may say more of them, or say it otherwise, than is written. */
  readonly touched: ReadonlySet<string>;
  /** Tables that are as expected once it is done. */
  readonly assumed: ReadonlySet<string>;
  /** The schema that it expects to leave. */
  readonly after: Schema;
}

/** A draft that is under way: what steps would send and log is gathered in it. */
export interface OpenDraft {
  readonly statements: string[];
  readonly touched: Set<string>;
  readonly assumed: Set<string>;
}

/** Drafts `work` on a schema. Throws what `work` throws, and where it cannot do without the server. */
export async function draft(
  context: StepContext,
  before: Schema,
  work: (context: StepContext) => Promise<unknown>,
): Promise<Draft> {
  const open: OpenDraft = { statements: [], touched: new Set(), assumed: new Set() };
  const events: EventDraft[] = [];
  const drafting: StepContext = {
    ...context,
    session: refusingSession,
    journal: draftJournal(context.journal, events),
    inspectAll: refuse,
    schema: before,
    isInTransaction: true,
    draft: open,
  };
  await work(drafting);
  return { ...open, events, after: drafting.schema };
}

const refuse = (): Promise<never> => Promise.reject(new Error('a draft is made without the server'));

/** The session of a draft: whatever needs the server is no work for one. */
export const refusingSession: Session = { query: refuse, run: refuse };

/** Gathers events; when each happens, and which version of the log it becomes, is not known yet. */
function draftJournal({ identity, head }: Journal, events: EventDraft[]): Journal {
  return {
    clock: { now: () => '', at: () => '' },
    identity,
    head,
    last: () => undefined,
    append: async (entry) => {
      const event = { ...entry, ...identity, startedAt: '' };
      events.push(event);
      return { ...event, v: payloadFormat, version: 0 };
    },
    chain: (drafts) => chainEvents(drafts, head()),
    write: refuse,
    rewind: () => undefined,
  };
}
