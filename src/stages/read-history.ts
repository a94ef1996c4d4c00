import { MigrateError } from '../errors.ts';
import type { EventRow } from '../history/event.ts';
import { readPayload } from '../history/state.ts';
import { applyOperation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import { tableKey } from '../schema/names.ts';
import { emptySchema } from '../schema/schema.ts';
import { withRun } from './open-run.ts';
import type { Job, Run } from './run.ts';

/** Every event of the log, oldest first; none where there is no log. */
export async function readHistory(job: Job): Promise<readonly EventRow[]> {
  return withRun(job, readRows);
}

/** The schema as it was after a version: the nearest snapshot before it, and the operations since. */
export async function schemaAt(job: Job, version: number): Promise<Schema> {
  return withRun(job, async (run) => {
    const payloads = (await readRows(run)).map(readPayload).filter((payload) => payload.version <= version);
    if (payloads.at(-1)?.version !== version) throw new MigrateError('SCHEMA_UNKNOWN', { version });
    let schema: Schema = emptySchema;
    for (const payload of payloads) {
      const isSnapshot = payload.event === 'baseline' || payload.event === 'verified';
      const snapshot =
        isSnapshot && payload.schemaAfter !== undefined
          ? await run.events.readSnapshot(payload.schemaAfter)
          : undefined;
      if (snapshot) schema = snapshot;
      else if (payload.operation && (payload.event === 'applied' || payload.event === 'settled'))
        schema = applyOperation(schema, payload.operation);
    }
    return schema;
  });
}

async function readRows({ dialect, session, events, log }: Run): Promise<readonly EventRow[]> {
  const key = tableKey(log.tables.versions, log.tables.schema);
  const { tables } = await dialect.inspect(session, { tables: [key] });
  return tables[key] ? events.readRows() : [];
}
