import { MigrateError } from '../errors.ts';
import type { EventRow } from '../history/event.ts';
import { readPayload } from '../history/state.ts';
import type { Schema } from '../schema/schema.ts';
import { tableKey } from '../schema/names.ts';
import { withRun } from './open-run.ts';
import type { Job, Run } from './run.ts';
import { schemaThen } from './schema-then.ts';

/** Every event of the log, oldest first; none where there is no log. */
export async function readHistory(job: Job): Promise<readonly EventRow[]> {
  return withRun(job, readRows);
}

/** The schema as it was after a version: the nearest snapshot before it, and the operations since. */
export async function schemaAt(job: Job, version: number): Promise<Schema> {
  return withRun(job, async (run) => {
    const payloads = (await readRows(run)).map(readPayload).filter((payload) => payload.version <= version);
    if (payloads.at(-1)?.version !== version) throw new MigrateError('SCHEMA_UNKNOWN', { version });
    return schemaThen(payloads, run.events);
  });
}

/** Every event, oldest first; none where there is no log. The log's tables alone are looked for. */
export async function readRows({
  dialect,
  session,
  events,
  log,
}: Pick<Run, 'dialect' | 'session' | 'events' | 'log'>): Promise<readonly EventRow[]> {
  const key = tableKey(log.tables.versions, log.tables.schema);
  const { tables } = await dialect.inspect(session, { tables: [key] });
  return tables[key] ? events.readRows() : [];
}
