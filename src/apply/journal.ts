import type { EventDraft, EventLog } from '../history/log.ts';
import type { Head } from '../history/chain.ts';
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
  append(entry: JournalEntry): Promise<EventPayload>;
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
  return {
    clock,
    identity,
    head: () => head,
    rewind: (to) => {
      head = to;
    },
    append: async (entry) => {
      const { payload, version, hash } = await log.append(
        { ...entry, ...identity, startedAt: entry.startedAt ?? clock.now() },
        head,
      );
      head = { version, hash };
      return payload;
    },
  };
}
