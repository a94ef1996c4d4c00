import type { EventPayload, EventRow } from '../history/event.ts';
import { describeOperation, isKnownKind } from '../operations/index.ts';

/** Events in one line each; the columns fit the longest of them. */
export function eventLines(rows: readonly EventRow[]): string[] {
  const width = rows.reduce((most, { migration }) => Math.max(most, migration.length), 0);
  return rows.map((row) => eventLine(row, width));
}

function eventLine(row: EventRow, width: number): string {
  const time = row.startedAt.slice(0, 19);
  const took = row.durationMs === null ? '' : ` (${row.durationMs} ms)`;
  return `${String(row.version).padStart(5)}  ${time}  ${row.event.padEnd(11)} ${row.migration.padEnd(width)} ${row.summary}${took}${row.error === null ? '' : ` ❌ ${row.error}`}`;
}

/** All that an event says, for people: what was sent, what it did, the way back, its file and where it comes from. */
export function describeEvent(row: EventRow, payload: EventPayload): string[] {
  return [
    ...eventLines([row]),
    ...payload.sql.map(({ text, ms }) => `  ${text};  -- ${ms} ms`),
    ...describeDerived(payload),
    ...describeUndo(payload),
    ...describeFile(payload),
    ...describeProvenance(payload),
    row.release === null ? '  of no release' : `  of release ${row.release}`,
    `  by ${row.actor}@${row.host} with mikrate ${row.toolVersion}${row.appVersion === null ? '' : `, application ${row.appVersion}`}, run ${row.runId}`,
    `  hash ${row.hash}`,
  ];
}

function describeDerived({ derived = [] }: EventPayload): string[] {
  const known = derived.filter(({ kind }) => isKnownKind(kind));
  return known.map((operation) => `  did ${describeOperation(operation)}`);
}

function describeUndo({ undo }: EventPayload): string[] {
  if (!undo) return [];
  return [`  undo restores ${undo.restores}`, ...undo.sql.map((text) => `  ${text};`)];
}

function describeFile({ file }: EventPayload): string[] {
  if (!file) return [];
  const { path, format, down = [] } = file;
  const back = down.length > 0 ? [`  its author's way back:`, ...down.map((text) => `  ${text};`)] : [];
  return [`  completes the file ${path} (${format})`, ...back];
}

function describeProvenance({ provenance }: EventPayload): string[] {
  if (!provenance) return [];
  const { tool, table, name, appliedAt, verified } = provenance;
  const when = appliedAt === undefined ? '' : `, applied at ${appliedAt}`;
  const checksum = verified === undefined ? '' : `, checksum ${verified ? 'the same' : 'another'}`;
  return [`  imported from ${table} of ${tool}: ${name}${when}${checksum}`];
}
