import { compareSchemas } from '../diff/compare.ts';
import { MigrateError } from '../errors.ts';
import type { EventPayload, EventRow, EventSummary } from '../history/event.ts';
import { renamesBetween } from '../history/renames-between.ts';
import { readPayload } from '../history/state.ts';
import { describeOperation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import { tableKey } from '../schema/names.ts';
import { withRun } from './open-run.ts';
import type { Job, Run } from './run.ts';
import { schemaThen } from './schema-then.ts';

/** Every event of the log, oldest first; none where there is no log. */
export async function readHistory(job: Job): Promise<readonly EventRow[]> {
  return withRun(job, readRows);
}

/** Every event without its payload, oldest first; none where there is no log. */
export async function readSummaries(job: Job): Promise<readonly EventSummary[]> {
  return withRun(job, async (run) => ((await hasLog(run)) ? run.events.readSummaries() : []));
}

/** One event. Throws VERSION_UNKNOWN where the log has none of this version. */
export async function readEvent(job: Job, version: number): Promise<EventRow> {
  return withRun(job, async (run) => {
    const isThere = await hasLog(run);
    const row = isThere ? await run.events.readRow(version) : undefined;
    if (!row) throw versionUnknown(version, isThere ? (await run.events.readHead())?.version : undefined);
    return row;
  });
}

/** That the log has no such version, and which it has; `last` is absent where it has none. */
export function versionUnknown(version: number, last: number | undefined): MigrateError<'VERSION_UNKNOWN'> {
  return new MigrateError('VERSION_UNKNOWN', { version, ...(last !== undefined && { last }) });
}

/** The schema as it was after a version: the nearest snapshot before it, and the operations since. */
export async function schemaAt(job: Job, version: number): Promise<Schema> {
  return withRun(job, async (run) => schemaOf((await readRows(run)).map(readPayload), version, run));
}

async function schemaOf(payloads: readonly EventPayload[], version: number, { events }: Run): Promise<Schema> {
  const until = payloads.filter((payload) => payload.version <= version);
  if (until.at(-1)?.version !== version) throw versionUnknown(version, payloads.at(-1)?.version);
  return schemaThen(until, events);
}

/**
 * What leads from the schema of one version to that of another, forwards or back, in sentences. Renames are those that the
 * log tells of between the two.
 */
export async function differenceBetween(job: Job, from: number, to: number): Promise<readonly string[]> {
  return withRun(job, async (run) => {
    const { session, dialect } = run;
    const payloads = (await readRows(run)).map(readPayload);
    const { difference } = await compareSchemas({
      session,
      dialect,
      desired: await schemaOf(payloads, to, run),
      actual: await schemaOf(payloads, from, run),
      spellings: payloads.flatMap(({ expressions }) => expressions ?? []),
      isOurs: () => true,
      renames: renamesBetween(payloads, from, to),
    });
    return difference.changes.map(describeOperation);
  });
}

/** Every event, oldest first; none where there is no log. The log's tables alone are looked for. */
export async function readRows({
  dialect,
  session,
  events,
  log,
}: Pick<Run, 'dialect' | 'session' | 'events' | 'log'>): Promise<readonly EventRow[]> {
  return (await hasLog({ dialect, session, log })) ? events.readRows() : [];
}

async function hasLog({ dialect, session, log }: Pick<Run, 'dialect' | 'session' | 'log'>): Promise<boolean> {
  const key = tableKey(log.tables.versions, log.tables.schema);
  const { tables } = await dialect.inspect(session, { tables: [key] });
  return tables[key] !== undefined;
}
