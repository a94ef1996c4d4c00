import type { Spelling } from '../diff/expressions.ts';
import { MigrateError } from '../errors.ts';
import { describeOperation, isKnownKind } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { Head } from './chain.ts';
import { withoutOvertaken } from './without-overtaken.ts';
import { payloadFormat, type EventPayload, type EventRow, type FileRecord, type Provenance } from './event.ts';
import { liveChanges } from './live-changes.ts';
import { damaged, understood } from './damaged.ts';
import { foldOwned } from './fold-owned.ts';

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
  /** What we made or adopted, as the operations left it; what files made, once the models have it. */
  readonly owned: Schema;
  /** Files ran since the last run that ended well: what they made may be in the models. */
  readonly hasUnclaimed: boolean;
  readonly spellings: readonly Spelling[];
  /** Fingerprint of the live schema after the last event that knows it. */
  readonly lastSchema: string | undefined;
  /** Migration files that are done: applied, skipped or imported, and not taken back. By name. */
  readonly migrations: ReadonlyMap<string, DoneMigration>;
  /** Migration files that wait for the models to have built the database. */
  readonly deferred: ReadonlySet<string>;
  /** Events of files that were begun and are not done: what a crash or an error left, by name. */
  readonly begun: ReadonlyMap<string, readonly EventPayload[]>;
  /** Releases whose work was rolled back and not done again: they do not run by themselves. */
  readonly withdrawn: ReadonlySet<string>;
}

/** What the log says of a migration that is done. */
export interface DoneMigration {
  readonly name: string;
  /** The event that completed it. */
  readonly version: number;
  readonly event: EventPayload['event'];
  /** As it was when it ran, or as a repair accepted it; absent for one that was imported without its file. */
  readonly file?: FileRecord;
  readonly provenance?: Provenance;
}

/** A release with its lineage. */
export interface ReleaseState {
  readonly id: string;
  readonly parents: readonly string[];
  readonly ancestors: readonly string[];
}

/** Folds the log. `baselines` are the snapshots that events name as what is ours from then on. */
export function foldLog(rows: readonly EventRow[], baselines: ReadonlyMap<string, Schema>): LogState {
  const payloads = rows.map(readPayload);
  const closed = new Set(
    payloads.flatMap(({ event, ref, closes }) => [
      ...(ref !== undefined && event !== 'rolled_back' ? [ref] : []),
      ...(closes === undefined ? [] : [closes]),
    ]),
  );
  const last = rows.at(-1);
  const runs = payloads.filter(({ event, release }) => event === 'run' && release !== undefined);
  const current = currentRun(payloads);
  const migrations = withoutOvertaken(foldMigrations(payloads), payloads);
  return {
    lastEvent: payloads.at(-1)?.event,
    head: last && { version: last.version, hash: last.hash },
    release: current && releaseOf(current),
    releases: runs.map(({ release }) => release ?? ''),
    open: payloads.filter(({ event, version }) => event === 'started' && !closed.has(version)),
    owned: foldOwned(payloads, baselines),
    hasUnclaimed: hasUnclaimed(payloads),
    spellings: payloads.flatMap(({ expressions }) => expressions ?? []),
    lastSchema: payloads.findLast(({ schemaAfter }) => schemaAfter !== undefined)?.schemaAfter,
    migrations,
    deferred: new Set(payloads.flatMap(({ deferred = [] }) => deferred.filter((name) => !migrations.has(name)))),
    begun: foldBegun(payloads, migrations),
    withdrawn: foldWithdrawn(payloads),
  };
}

function hasUnclaimed(payloads: readonly EventPayload[]): boolean {
  const last = payloads.findLastIndex(({ event }) => event === 'verified');
  return payloads.slice(last + 1).some(({ source, event }) => fileSources.has(source) && event !== 'skipped');
}

/** The run that says at which release the database is; none where a rollback left no release. */
function currentRun(payloads: readonly EventPayload[]): EventPayload | undefined {
  const last = payloads.findLast(
    ({ event, release, source }) => event === 'run' && (release !== undefined || source === 'rollback'),
  );
  return last?.release === undefined ? undefined : last;
}

/** The release of a run's first event, with its lineage. */
export function releaseOf({ release = '', lineage }: EventPayload): ReleaseState {
  return { id: release, parents: lineage?.parents ?? [], ancestors: lineage?.ancestors ?? [] };
}

function foldMigrations(payloads: readonly EventPayload[]): ReadonlyMap<string, DoneMigration> {
  const done = new Map<string, DoneMigration>();
  const versions = new Map<number, string>();
  for (const { event, migration, version, file, provenance, ref } of payloads) {
    if (event === 'rolled_back' && ref !== undefined) done.delete(versions.get(ref) ?? '');
    if (event === 'rolled_back' || (!file && !provenance && event !== 'repaired')) continue;
    // What is taken back of a file that has another name now is to be done under that name.
    versions.set(event === 'repaired' && ref !== undefined ? ref : version, migration);
    done.set(migration, { name: migration, version, event, ...(file && { file }), ...(provenance && { provenance }) });
  }
  return done;
}

/** What was applied of files that are not done, and not taken back. */
function foldBegun(
  payloads: readonly EventPayload[],
  done: ReadonlyMap<string, DoneMigration>,
): ReadonlyMap<string, readonly EventPayload[]> {
  const steps = liveChanges(payloads).flatMap((change) => change.steps);
  const begun = steps.filter(({ source, migration }) => fileSources.has(source) && !done.has(migration));
  return Map.groupBy(begun, ({ migration }) => migration);
}

/** `repair` is what a person says that a statement of a file has done. */
const fileSources: ReadonlySet<string> = new Set(['legacy', 'generated', 'repair']);

/** A later run of the same release takes its work up again. */
function foldWithdrawn(payloads: readonly EventPayload[]): ReadonlySet<string> {
  const withdrawn = new Set<string>();
  for (const { event, release, source, withdrawn: taken = [] } of payloads) {
    if (event !== 'run') continue;
    if (release !== undefined && source !== 'rollback') withdrawn.delete(release);
    for (const id of taken) withdrawn.add(id);
  }
  return withdrawn;
}

/**
 * The payload of a row. Throws LOG_DAMAGED for one that is none, LOG_TOO_NEW for one written by a newer format. An
 * operation of a kind that this version does not know is left out.
 */
export function readPayload(row: EventRow): EventPayload {
  const data = parsePayload(row);
  if (!data) throw damaged(row.version, 'the payload is no event');
  const { v, operation, ...payload } = data;
  if (v > payloadFormat) throw new MigrateError('LOG_TOO_NEW', { format: v, known: payloadFormat });
  if (operation === undefined) return { ...payload, v: payloadFormat };
  if (typeof operation !== 'object' || operation === null) throw damaged(row.version, 'the operation is none');
  if (!isKnownKind(operation.kind)) return { ...payload, v: payloadFormat };
  understood(row.version, () => describeOperation(operation));
  return { ...payload, operation, v: payloadFormat };
}

type Parsed = Omit<EventPayload, 'v'> & { readonly v: number };

function parsePayload({ payload, version }: EventRow): Parsed | undefined {
  try {
    const data = JSON.parse(payload) as Partial<Parsed> | null;
    const isEvent = typeof data?.v === 'number' && Number.isInteger(data.version) && typeof data.event === 'string';
    return isEvent && Array.isArray(data.expressions ?? []) ? (data as Parsed) : undefined;
  } catch (error) {
    throw damaged(version, 'the payload is no JSON', error);
  }
}
