import type { EventSummary } from '../../engine.ts';

/**
 * Events that a filter leaves, newest first. A word is looked for in the whole event; `table:`, `migration:`, `kind:`,
 * `by:` and `since:` before it say where. The same list for the same input.
 */
export function filterEvents(events: readonly EventSummary[], filter: string): readonly EventSummary[] {
  if (last?.events === events && last.filter === filter) return last.found;
  const tests = filter.trim() === '' ? [] : filter.trim().split(/\s+/u).map(testOf);
  const words = tests.length === 0 ? [] : wordsOf(events);
  const found = events.filter((event, at) => tests.every((test) => test(event, words[at] ?? ''))).toReversed();
  last = { events, filter, found };
  return found;
}

/** Makes ready what words are looked for in, while the log is read anyway: the first letter typed need not wait for it. */
export function prepareFilter(events: readonly EventSummary[]): void {
  wordsOf(events);
}

let last:
  | { readonly events: readonly EventSummary[]; readonly filter: string; readonly found: readonly EventSummary[] }
  | undefined;

/** `words` is the event in lower case. */
type Test = (event: EventSummary, words: string) => boolean;

function testOf(word: string): Test {
  const [, where = '', what = ''] = /^(table|migration|kind|by|since):(.*)$/su.exec(word) ?? ['', '', word];
  const wanted = what.toLowerCase();
  const has = (text: string | null): boolean => text?.toLowerCase().includes(wanted) ?? false;
  const tests: Readonly<Record<string, Test>> = {
    table: ({ object }) =>
      object?.toLowerCase() === wanted || (object?.toLowerCase().startsWith(`${wanted}.`) ?? false),
    migration: ({ migration }) => has(migration),
    kind: ({ event, operation }) => has(event) || has(operation),
    by: ({ actor }) => has(actor),
    since: ({ startedAt, version }) =>
      /^\d{1,9}$/u.test(what) ? version >= Number(what) : startedAt >= what.replace('T', ' ').replace('Z', ''),
  };
  return tests[where] ?? ((_, words) => words.includes(wanted));
}

/** What words are looked for in, made once: a key among a hundred thousand events must not wait. */
function wordsOf(events: readonly EventSummary[]): readonly string[] {
  if (known?.events !== events) known = { events, words: events.map(textOf) };
  return known.words;
}

let known: { readonly events: readonly EventSummary[]; readonly words: readonly string[] } | undefined;

function textOf({ summary, object, migration, event, actor }: EventSummary): string {
  return `${summary}\n${object ?? ''}\n${migration}\n${event}\n${actor}`.toLowerCase();
}
