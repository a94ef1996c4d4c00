import type { Spelling } from '../diff/expressions.ts';
import { MigrateError } from '../errors.ts';
import { applyOperation, objectOf, type Operation } from '../operations/index.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';
import type { Head } from './chain.ts';
import { payloadFormat, type EventPayload, type EventRow } from './event.ts';

/** What the log says, folded over its events in order. */
export interface LogState {
  readonly head: Head | undefined;
  readonly release: ReleaseState | undefined;
  /** Kind of the last event: a run that ended well leaves `verified`. */
  readonly lastEvent: EventPayload['event'] | undefined;
  /** Every release that was ever brought, oldest first. */
  readonly releases: readonly string[];
  /** Started and neither applied, failed nor settled: a crash left them in doubt. */
  readonly open: readonly EventPayload[];
  /** What we made or adopted, as the operations left it. */
  readonly owned: Schema;
  readonly spellings: readonly Spelling[];
  /** Fingerprint of the live schema after the last event that knows it. */
  readonly lastSchema: string | undefined;
}

export interface ReleaseState {
  readonly id: string;
  readonly parents: readonly string[];
  readonly ancestors: readonly string[];
}

/** Folds the log. `baselines` are the snapshots that baseline events name. */
export function foldLog(rows: readonly EventRow[], baselines: ReadonlyMap<string, Schema>): LogState {
  const payloads = rows.map(readPayload);
  const closed = new Set(payloads.flatMap(({ event, ref }) => (ref !== undefined && event !== 'rolled_back' ? [ref] : [])));
  const last = rows.at(-1);
  const runs = payloads.filter(({ event, release }) => event === 'run' && release !== undefined);
  const current = runs.at(-1);
  return {
    lastEvent: payloads.at(-1)?.event,
    head: last && { version: last.version, hash: last.hash },
    release: current && { id: current.release ?? '', parents: current.lineage?.parents ?? [], ancestors: current.lineage?.ancestors ?? [] },
    releases: runs.map(({ release }) => release ?? ''),
    open: payloads.filter(({ event, version }) => event === 'started' && !closed.has(version)),
    owned: foldOwned(payloads, baselines),
    spellings: payloads.flatMap(({ expressions }) => expressions ?? []),
    lastSchema: payloads.findLast(({ schemaAfter }) => schemaAfter !== undefined)?.schemaAfter,
  };
}

/** The payload of a row. Throws LOG_DAMAGED for one that is no JSON, LOG_TOO_NEW for one written by a newer format. */
export function readPayload(row: EventRow): EventPayload {
  const payload = parsePayload(row);
  if (payload.v > payloadFormat) throw new MigrateError('LOG_TOO_NEW', { format: payload.v, known: payloadFormat });
  return { ...payload, v: payloadFormat };
}

function parsePayload({ payload, version }: EventRow): Omit<EventPayload, 'v'> & { v: number } {
  try {
    return JSON.parse(payload) as Omit<EventPayload, 'v'> & { v: number };
  } catch (error) {
    throw new MigrateError('LOG_DAMAGED', { version, reason: 'the payload is no JSON' }, { cause: error });
  }
}

const doneKinds: ReadonlySet<string> = new Set(['applied', 'settled', 'rolled_back', 'skipped']);

/** What we made or adopted. What a run only moved out of the way and made again belongs to whom it belonged before. */
function foldOwned(payloads: readonly EventPayload[], baselines: ReadonlyMap<string, Schema>): Schema {
  const moved = new Set<string>();
  return payloads.reduce<Schema>((owned, payload) => {
    if (payload.event === 'baseline') return baselines.get(payload.expected ?? '') ?? owned;
    const { operation } = payload;
    if (!doneKinds.has(payload.event) || !operation || payload.error) return owned;
    const place = `${payload.run} ${objectOf(operation)}`;
    if (isDropOfForeign(operation, owned)) moved.add(place);
    else if ((operation.kind === 'createView' || operation.kind === 'addForeignKey') && moved.delete(place)) return owned;
    return applyOperation(owned, operation);
  }, emptySchema);
}

function isDropOfForeign(operation: Operation, owned: Schema): boolean {
  if (operation.kind === 'dropView') return !owned.views[operation.view.name];
  if (operation.kind !== 'dropForeignKey') return false;
  return !owned.tables[operation.table]?.foreignKeys.some(({ name }) => name === operation.foreignKey.name);
}
