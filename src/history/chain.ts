import { canonicalJson } from '../schema/canonical.ts';
import { sha256 } from '../schema/sha256.ts';
import { payloadFormat, type EventPayload, type EventRow } from './event.ts';

/** `prev_hash` of the first event. */
export const chainStart = '0'.repeat(64);

/** The last link of the chain; `hash` is the anchor that shows a cut-off tail when it is kept elsewhere. */
export interface Head {
  readonly version: number;
  readonly hash: string;
}

/** An event before it has its place in the chain. */
export type EventDraft = Omit<EventPayload, 'v' | 'version'>;

/** Rows one behind the other, and the head after them. */
export interface Chained {
  readonly rows: readonly EventRow[];
  readonly head: Head | undefined;
}

/** Chains events behind `head`. */
export function chainEvents(drafts: readonly EventDraft[], head: Head | undefined): Chained {
  let last = head;
  const rows = drafts.map((draft) => {
    const { row } = nextRow(draft, last);
    last = { version: row.version, hash: row.hash };
    return row;
  });
  return { rows, head: last };
}

/** An event in its place behind `head`, and its row. */
export function nextRow(
  draft: EventDraft,
  head: Head | undefined,
): { readonly payload: EventPayload; readonly row: EventRow } {
  const payload: EventPayload = { ...draft, v: payloadFormat, version: (head?.version ?? 0) + 1 };
  return { payload, row: chainedRow(payload, head?.hash ?? chainStart) };
}

/** The row of an event: its payload in canonical bytes, chained to the one before, and the projections of it. */
export function chainedRow(payload: EventPayload, previous: string): EventRow {
  const text = canonicalJson(payload);
  return { ...projections(payload), payload: text, prevHash: previous, hash: linkHash(previous, text) };
}

/** The first damaged row, and how it is damaged; `undefined` for a sound chain. Rows in ascending order of version. */
export function findDamage(
  rows: readonly EventRow[],
): { readonly version: number; readonly reason: string } | undefined {
  let previous = chainStart;
  for (const [at, row] of rows.entries()) {
    const reason = damageOf(row, at + 1, previous);
    if (reason) return { version: row.version, reason };
    previous = row.hash;
  }
  return undefined;
}

function damageOf(row: EventRow, version: number, previous: string): string | undefined {
  if (row.version !== version) return `version ${version} is missing`;
  if (row.prevHash !== previous) return 'prev_hash is not the hash of the event before';
  if (row.hash !== linkHash(previous, row.payload)) return 'the payload does not have the hash that was recorded';
  const payload = parse(row.payload);
  if (!payload) return 'the payload is no JSON';
  const expected = projections(payload);
  const changed = Object.entries(expected).find(([key, value]) => row[key as keyof EventRow] !== value);
  return changed && `the column ${changed[0]} differs from the payload`;
}

function parse(text: string): EventPayload | undefined {
  try {
    const data = JSON.parse(text) as EventPayload | null;
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}

function linkHash(previous: string, payload: string): string {
  return sha256(`${previous}\n${payload}`);
}

function projections(payload: EventPayload): Omit<EventRow, 'payload' | 'prevHash' | 'hash'> {
  const { finishedAt } = payload;
  return {
    version: payload.version,
    release: payload.release ?? null,
    runId: payload.run,
    migration: payload.migration,
    step: payload.step,
    source: payload.source,
    event: payload.event,
    ref: payload.ref ?? null,
    operation: payload.operation?.kind ?? null,
    object: payload.object ?? null,
    summary: payload.summary,
    checksum: payload.file?.checksum ?? null,
    schemaBefore: payload.schemaBefore ?? null,
    schemaAfter: payload.schemaAfter ?? null,
    startedAt: payload.startedAt,
    finishedAt: finishedAt ?? null,
    durationMs: finishedAt === undefined ? null : milliseconds(payload.startedAt, finishedAt),
    actor: payload.actor,
    host: payload.host,
    toolVersion: payload.tool,
    appVersion: payload.app ?? null,
    error: payload.error ? `${payload.error.code}: ${payload.error.message}` : null,
  };
}

function milliseconds(from: string, to: string): number {
  const at = (text: string): number => Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`);
  return Math.max(0, Math.round(at(to) - at(from)));
}
