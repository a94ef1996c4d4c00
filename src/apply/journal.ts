import type { EventLog } from '../history/log.ts';
import { chainEvents, type Chained, type EventDraft, type Head } from '../history/chain.ts';
import type { EventPayload } from '../history/event.ts';
import type { ServerClock } from './clock.ts';

/** Who writes, for which release; the same in every event of a run. */
export interface RunIdentity {
  readonly run: string;
  /** Absent where a rollback leaves none. */
  readonly release?: string;
  readonly actor: string;
  readonly host: string;
  readonly tool: string;
  readonly app?: string;
}

export type JournalEntry = Omit<EventDraft, keyof RunIdentity | 'startedAt'> & { readonly startedAt?: string };

/** Appends the events of one run, each behind the last. */
export interface Journal {
  readonly clock: ServerClock;
  readonly identity: RunIdentity;
  head(): Head | undefined;
  /** The event that it appended last by itself, where that is not forgotten. */
  last(): EventPayload | undefined;
  append(entry: JournalEntry): Promise<EventPayload>;
  /** Events behind the last, as their rows will be. Writes nothing. */
  chain(events: readonly EventDraft[]): Chained;
  /** Appends chained events in one statement. */
  write(chained: Chained): Promise<void>;
  /** Forgets events whose transaction was rolled back. */
  rewind(head: Head | undefined): void;
}

/** A journal that goes on behind `start`. */
export function openJournal(
  log: EventLog,
  identity: RunIdentity,
  clock: ServerClock,
  start: Head | undefined,
): Journal {
  let head = start;
  let last: EventPayload | undefined;
  return {
    clock,
    identity,
    head: () => head,
    last: () => last,
    rewind: (to) => {
      head = to;
      last = undefined;
    },
    chain: (events) => chainEvents(events, head),
    write: async (chained) => {
      await log.write(chained);
      head = chained.head;
    },
    append: async (entry) => {
      const draft = { ...entry, ...identity, startedAt: entry.startedAt ?? clock.now() };
      const { payload, version, hash } = await log.append(draft, head);
      head = { version, hash };
      last = payload;
      return payload;
    },
  };
}
