import { partsOf } from '../operations/alter-table.ts';
import { objectOf, tablesOf, type Operation } from '../operations/index.ts';
import type { EventPayload } from './event.ts';

/** What an event did to the schema: its operation, or what SQL of an author's was seen to do. */
export function changesOf({ operation, derived }: EventPayload): readonly Operation[] {
  return derived ?? (operation ? [operation] : []);
}

/** True when `later` touches an object that `event` touched too. */
export function isLaterOnSame(event: EventPayload, later: EventPayload): boolean {
  if (later.version <= event.version) return false;
  const mine = touched(event);
  return [...touched(later)].some((name) => mine.has(name));
}

function touched(event: EventPayload): ReadonlySet<string> {
  return new Set(
    changesOf(event)
      .flatMap(partsOf)
      .flatMap((part) => [...tablesOf(part), objectOf(part)]),
  );
}
