import type { EventRow, Provenance } from '../../history/event.ts';
import { readPayload } from '../../history/state.ts';

/** Says whether a row of another tool's history was ever imported into the log, even if it was taken back since. */
export function importedBefore(rows: readonly EventRow[]): (origin: Provenance) => boolean {
  const payloads = rows.filter(({ event }) => event === 'imported').map(readPayload);
  const keys = new Set(payloads.flatMap(({ provenance }) => (provenance ? [keyOf(provenance)] : [])));
  return (origin) => keys.has(keyOf(origin));
}

/** One that was taken back and applied again with the tool is another row. */
function keyOf({ tool, table, name, appliedAt = '' }: Provenance): string {
  return JSON.stringify([tool, table, name, appliedAt]);
}
