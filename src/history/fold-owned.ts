import { applyOperation, objectOf, type Operation } from '../operations/index.ts';
import { entryOf } from '../schema/entry-of.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';
import { understood } from './damaged.ts';
import type { EventPayload } from './event.ts';
import { uniteSchemas } from './unite-schemas.ts';
import { withoutAdditions } from './without-additions.ts';

/**
 * What we made or adopted. What a file makes that a person wrote is wanted by that file, whatever the models say: it is
 * ours once a run has found it in the models. What a run only moved out of the way and made again belongs to whom it
 * belonged before.
 */
export function foldOwned(payloads: readonly EventPayload[], baselines: ReadonlyMap<string, Schema>): Schema {
  const moved = new Set<string>();
  return payloads.reduce<Schema>((owned, payload) => {
    const adopted = baselines.get(payload.expected ?? '');
    if (payload.event === 'baseline') return adopted ?? owned;
    if (payload.event === 'verified' && adopted) return uniteSchemas(owned, adopted);
    const { operation } = payload;
    if (!doneKinds.has(payload.event) || !operation || payload.error) return owned;
    if (payload.derived || payload.source === 'legacy') return afterFile(owned, payload, operation);
    const place = `${payload.run} ${objectOf(operation)}`;
    if (isDropOfForeign(operation, owned)) moved.add(place);
    else if ((operation.kind === 'createView' || operation.kind === 'addForeignKey') && moved.delete(place))
      return owned;
    return understood(payload.version, () => applyOperation(owned, operation));
  }, emptySchema);
}

const doneKinds: ReadonlySet<string> = new Set(['applied', 'settled', 'rolled_back', 'skipped']);

function afterFile(owned: Schema, { version, derived }: EventPayload, operation: Operation): Schema {
  const done = derived ?? [operation];
  return understood(version, () => done.flatMap(withoutAdditions).reduce(applyOperation, owned));
}

function isDropOfForeign(operation: Operation, owned: Schema): boolean {
  if (operation.kind === 'dropView') return !entryOf(owned.views, operation.view.name);
  if (operation.kind !== 'dropForeignKey') return false;
  return !entryOf(owned.tables, operation.table)?.foreignKeys.some(({ name }) => name === operation.foreignKey.name);
}
