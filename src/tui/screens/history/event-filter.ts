import type { EventSummary } from '../../engine.ts';

/** A filter on its way through the events, newest first; plain data. */
export interface Search {
  readonly events: readonly EventSummary[];
  readonly filter: string;
  /** What was found so far, newest first. */
  readonly found: readonly EventSummary[];
  /** Events that were not looked at yet: those before this index. */
  readonly left: number;
}

/** Events that are looked at in one go: a key that comes meanwhile waits for no more. */
const slice = 10_000;

/** Looks at the newest events. The rest, if any, is for `goOn`. */
export function beginSearch(events: readonly EventSummary[], filter: string): Search {
  if (filter.trim() === '') return { events, filter, found: events.toReversed(), left: 0 };
  return goOn({ events, filter, found: [], left: events.length });
}

/** Looks at the next older events. */
export function goOn({ events, filter, found, left }: Search): Search {
  const tests = termsOf(filter).map(({ test }) => test);
  const from = Math.max(0, left - slice);
  const more: EventSummary[] = [];
  for (let at = left - 1; at >= from; at--) {
    const event = events[at];
    if (event && tests.every((test) => test(event, () => wordsAt(events, at)))) more.push(event);
  }
  return { events, filter, found: more.length === 0 ? found : [...found, ...more], left: from };
}

/** What of a filter is not understood, and what is; `undefined` where all of it is. */
export function filterProblem(filter: string): string | undefined {
  return termsOf(filter).find(({ problem }) => problem !== undefined)?.problem;
}

/** One word of a filter. It is looked for in the whole event, or where its prefix says. */
interface Term {
  /** `words` gives the event in lower case. */
  test(event: EventSummary, words: () => string): boolean;
  readonly problem?: string;
}

function termsOf(filter: string): readonly Term[] {
  return filter.trim() === '' ? [] : filter.trim().split(/\s+/u).map(termOf);
}

const places: Readonly<Record<string, (what: string) => Term>> = {
  table: (what) => ({
    test: ({ object }) => object?.toLowerCase() === what || (object?.toLowerCase().startsWith(`${what}.`) ?? false),
  }),
  migration: (what) => ({ test: ({ migration }) => has(migration, what) }),
  kind: (what) => ({ test: ({ event, operation }) => has(event, what) || has(operation, what) }),
  by: (what) => ({ test: ({ actor }) => has(actor, what) }),
  since,
};

const understood = Object.keys(places)
  .map((place) => `${place}:`)
  .join(' ');

function termOf(word: string): Term {
  const [, prefix, what = ''] = /^([a-z]+):(.*)$/isu.exec(word) ?? [];
  const place = prefix === undefined ? undefined : places[prefix.toLowerCase()];
  if (place) return place(what.toLowerCase());
  const wanted = word.toLowerCase();
  return {
    test: (_, words) => words().includes(wanted),
    ...(prefix !== undefined && {
      problem: `"${prefix}:" is unknown: "${word}" is looked for as a word. Known are ${understood}`,
    }),
  };
}

/** A version, or a date as far as it is typed. */
function since(what: string): Term {
  if (/^\d{1,9}$/u.test(what)) return { test: ({ version }) => version >= Number(what) };
  if (/^(?:\d{4}(?:-[\d:. t-]*z?)?)?$/u.test(what)) {
    const time = what.replace('t', ' ').replace('z', '');
    return { test: ({ startedAt }) => startedAt >= time };
  }
  return {
    test: () => false,
    problem: `"since:${what}" is neither a version, as in since:120, nor a date, as in since:2026-11-01`,
  };
}

function has(text: string | null, wanted: string): boolean {
  return text?.toLowerCase().includes(wanted) ?? false;
}

/** What words are looked for in, made once for an event. */
function wordsAt(events: readonly EventSummary[], at: number): string {
  if (known?.events !== events) known = { events, words: [] };
  return (known.words[at] ??= textOf(events[at]));
}

let known: { readonly events: readonly EventSummary[]; readonly words: string[] } | undefined;

function textOf(event: EventSummary | undefined): string {
  if (!event) return '';
  const { summary, object, migration, event: kind, actor } = event;
  return `${summary}\n${object ?? ''}\n${migration}\n${kind}\n${actor}`.toLowerCase();
}
