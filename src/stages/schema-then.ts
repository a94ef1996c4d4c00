import type { EventPayload } from '../history/event.ts';
import type { EventLog } from '../history/log.ts';
import { applyOperation, type Operation } from '../operations/index.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';

/** The schema that events lead to: the last snapshot among them, and what was done since. Oldest first. */
export async function schemaThen(
  payloads: readonly EventPayload[],
  events: Pick<EventLog, 'readSnapshot'>,
): Promise<Schema> {
  let schema = emptySchema;
  for (const payload of payloads) {
    const snapshot = snapshots.has(payload.event) ? payload.schemaAfter : undefined;
    const known = snapshot === undefined ? undefined : await events.readSnapshot(snapshot);
    schema = known ?? changesOf(payload).reduce(applyOperation, schema);
  }
  return schema;
}

const snapshots: ReadonlySet<string> = new Set(['baseline', 'verified']);
const changing: ReadonlySet<string> = new Set(['applied', 'settled', 'rolled_back']);

/** What SQL of an author's did was found out by looking; anything else says it itself. */
function changesOf({ event, operation, derived }: EventPayload): readonly Operation[] {
  if (!changing.has(event)) return [];
  return derived ?? (operation ? [operation] : []);
}
