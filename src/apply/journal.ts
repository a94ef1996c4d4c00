import type { EventDraft, EventLog } from '../history/log.ts';
import type { Head } from '../history/chain.ts';
import { payloadFormat, type EventPayload } from '../history/event.ts';
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
  /** The event that it appended last, where that is not forgotten. */
  last(): EventPayload | undefined;
  append(entry: JournalEntry): Promise<EventPayload>;
  /** Keeps what is appended from now on until `write`: events of one transaction reach the log in one statement. */
  hold(): void;
  /** Writes what was held, as `edit` leaves it. */
  write(edit: (drafts: readonly EventDraft[]) => readonly EventDraft[]): Promise<void>;
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
  let held: { readonly drafts: EventDraft[]; readonly behind: Head | undefined } | undefined;
  return {
    clock,
    identity,
    head: () => head,
    last: () => last,
    rewind: (to) => {
      head = to;
      last = undefined;
      held = undefined;
    },
    hold: () => {
      held = { drafts: [], behind: head };
    },
    write: async (edit) => {
      const { drafts, behind } = held ?? { drafts: [], behind: head };
      held = undefined;
      head = await log.appendAll(edit(drafts), behind);
    },
    append: async (entry) => {
      const draft = { ...entry, ...identity, startedAt: entry.startedAt ?? clock.now() };
      if (held) {
        const version = (head?.version ?? 0) + 1;
        held.drafts.push(draft);
        head = { version, hash: '' };
        return { ...draft, v: payloadFormat, version };
      }
      const { payload, version, hash } = await log.append(draft, head);
      head = { version, hash };
      last = payload;
      return payload;
    },
  };
}
