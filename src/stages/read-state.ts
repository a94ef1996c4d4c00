import { foldLog, readPayload, type LogState } from '../history/state.ts';
import type { EventRow } from '../history/event.ts';
import type { EventLog } from '../history/log.ts';
import type { LogTables } from '../history/log-tables.ts';
import { readActual } from '../inspect/actual.ts';
import { tableKey } from '../schema/names.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';
import type { Run } from './run.ts';

/** The database as it is: the application's objects, the log's own tables, and what the log says. */
export interface DatabaseState {
  readonly actual: Schema;
  readonly logSchema: Schema;
  readonly log: LogState;
  readonly rows: readonly EventRow[];
}

/** Inspects the catalogs and folds the log. */
export async function readState(
  run: Pick<Run, 'dialect' | 'session' | 'events' | 'log' | 'desired'>,
): Promise<DatabaseState> {
  const inspected = await readActual(run.session, run.dialect, run.desired);
  const { own, rest } = splitLogTables(inspected, run.log.tables);
  const rows = own.tables[tableKey(run.log.tables.versions, run.log.tables.schema)] ? await run.events.readRows() : [];
  return { actual: rest, logSchema: own, log: foldLog(rows, await readBaselines(rows, run.events)), rows };
}

/** The application's objects as they are now. */
export async function inspectApplication({
  dialect,
  session,
  desired,
  log,
}: Pick<Run, 'dialect' | 'session' | 'desired' | 'log'>): Promise<Schema> {
  return splitLogTables(await readActual(session, dialect, desired), log.tables).rest;
}

/** The log's tables apart from everything else. */
export function splitLogTables(schema: Schema, names: LogTables): { readonly own: Schema; readonly rest: Schema } {
  const keys = new Set([names.versions, names.snapshots, names.lock].map((name) => tableKey(name, names.schema)));
  const pick = (isOwn: boolean) =>
    Object.fromEntries(Object.entries(schema.tables).filter(([name]) => keys.has(name) === isOwn));
  const { namespaces } = schema;
  return {
    own: { ...emptySchema, ...(namespaces && { namespaces }), tables: pick(true) },
    rest: { ...schema, tables: pick(false) },
  };
}

/** The snapshots of what is ours from an event on. */
async function readBaselines(rows: readonly EventRow[], events: EventLog): Promise<ReadonlyMap<string, Schema>> {
  const baselines = new Map<string, Schema>();
  for (const row of rows.filter(({ event }) => event === 'baseline' || event === 'verified')) {
    const key = readPayload(row).expected;
    const schema = key === undefined ? undefined : await events.readSnapshot(key);
    if (key !== undefined && schema) baselines.set(key, schema);
  }
  return baselines;
}
