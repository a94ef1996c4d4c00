import type { SchemaBefore } from '../apply/settled-effect.ts';
import type { EventRow } from '../history/event.ts';
import type { EventLog } from '../history/log.ts';
import { readPayload } from '../history/state.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import { schemaThen } from './schema-then.ts';

/** Gives the schema just before a step from the log: only where it has the fingerprint that the step noted. */
export function schemaBeforeFrom(rows: readonly EventRow[], events: EventLog): SchemaBefore {
  return async ({ version, schemaBefore }) => {
    const payloads = rows.filter((row) => row.version < version).map(readPayload);
    const schema = await schemaThen(payloads, events);
    return fingerprint(schema) === schemaBefore ? schema : undefined;
  };
}
