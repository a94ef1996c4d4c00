import type { EntityManager, EntitySchema } from '@mikro-orm/core';
import type { Dialect } from '../dialects/dialect.ts';
import type { Pinned } from '../dialects/pinned-session.ts';
import { withSavepoints } from '../dialects/with-savepoints.ts';
import type { Session } from '../dialects/session.ts';
import type { WriteWatch } from '../dialects/watch-writes.ts';
import { MigrateError } from '../errors.ts';
import { canonicalJson } from '../schema/canonical.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import type { Schema } from '../schema/schema.ts';
import { nextRow, type Chained, type EventDraft, type Head } from './chain.ts';
import type { EventPayload, EventRow, EventSummary } from './event.ts';
import { insertRows } from './insert-rows.ts';
import { readSummaries } from './read-summaries.ts';

/** The event log of one database, read and written on the pinned session through MikroORM. */
export interface EventLog {
  readHead(): Promise<Head | undefined>;
  readRows(): Promise<readonly EventRow[]>;
  /** One event; `undefined` where the log has none of this version. */
  readRow(version: number): Promise<EventRow | undefined>;
  /** All events without their payloads, oldest first: light enough for a log of a hundred thousand. */
  readSummaries(): Promise<EventSummary[]>;
  /** Adds one event behind `head`; a conflict means that another process wrote: the lock was lost. */
  append(draft: EventDraft, head: Head | undefined): Promise<Head & { readonly payload: EventPayload }>;
  /** Adds chained events in one statement; a conflict as with `append`. */
  write(chained: Chained): Promise<void>;
  saveSnapshot(schema: Schema): Promise<string>;
  readSnapshot(fingerprint: string): Promise<Schema | undefined>;
  readLock(): Promise<LockRow | undefined>;
  writeLock(row: Partial<LockRow>): Promise<void>;
  /**
   * An EntityManager of MikroORM's on the session, without entities loaded. `isOpen` says whether the run has a transaction
   * open; the watch hears of what is sent outside one.
   */
  openEntityManager(isOpen: () => boolean, watch?: WriteWatch): EntityManager;
  /** The server's clock: UTC, `YYYY-MM-DD HH:MM:SS.ffffff`. */
  now(): Promise<string>;
}

/** The one row of the lock table. */
export interface LockRow {
  readonly epoch: number;
  readonly holder: string | null;
  readonly progress: string | null;
  readonly updatedAt: string | null;
  readonly settledDigest: string | null;
}

export interface LogEntities {
  readonly versions: EntitySchema;
  readonly snapshots: EntitySchema;
  readonly lock: EntitySchema;
}

/** `context` is what pins MikroORM to the session. */
export function openLog(
  em: EntityManager,
  context: Pinned,
  session: Session,
  dialect: Dialect,
  entities: LogEntities,
): EventLog {
  const fork = (): EntityManager => {
    const forked = em.fork({ clear: true });
    forked.setTransactionContext(context);
    return forked;
  };
  const readLock = async (): Promise<LockRow | undefined> => {
    const row = await fork().findOne(entities.lock, { id: 1 });
    return row ?? undefined;
  };
  // Rows as the driver maps them: a long log need not become entities that nobody changes.
  const findRows = async (options: FindRows): Promise<EventRow[]> =>
    (await em.getDriver().find(entities.versions, {}, { ...options, ctx: context } as never)) as unknown as EventRow[];
  const readHead = async (): Promise<Head | undefined> => {
    const [head] = await findRows({ orderBy: { version: 'desc' }, fields: ['version', 'hash'], limit: 1 });
    return head && { version: Number(head.version), hash: head.hash };
  };
  const insertInto = (entity: EntitySchema, rows: readonly object[]): Promise<void> =>
    insertRows(rows, em.getMetadata().get(entity.meta.class), { context, dialect });
  // What was read and written. The hash of its last row tells whether it is the log.
  let known: EventRow[] = [];
  const insert = async (rows: readonly EventRow[]): Promise<void> => {
    try {
      await insertInto(entities.versions, rows);
      if (rows[0]?.version === known.length + 1) known.push(...rows);
      else known = [];
    } catch (error) {
      // The only rule a row of the log can break is the uniqueness of its version.
      const code = dialect.classifyError(error)?.code;
      if (code !== 'LOG_CONFLICT' && code !== 'ROWS_VIOLATE') throw error;
      const message = `another process wrote version ${rows[0]?.version} of the log`;
      throw new MigrateError('LOCK_LOST', { message }, { cause: error });
    }
  };
  return {
    readHead,
    readRows: async () => {
      const last = known.at(-1);
      const head = last && (await readHead());
      if (last === undefined || last.version !== head?.version || last.hash !== head.hash)
        known = (await findRows({ orderBy: { version: 'asc' } })).map(plainRow);
      return [...known];
    },
    readRow: async (version) => {
      const row = (await fork().findOne(entities.versions, { version })) as unknown as EventRow | null;
      return row ? plainRow(row) : undefined;
    },
    readSummaries: () => readSummaries(session, dialect, em.getMetadata().get(entities.versions.meta.class)),
    append: async (draft, head) => {
      const { payload, row } = nextRow(draft, head);
      await insert([row]);
      return { version: row.version, hash: row.hash, payload };
    },
    write: async ({ rows }) => {
      if (rows.length > 0) await insert(rows);
    },
    saveSnapshot: async (schema) => {
      const key = fingerprint(schema);
      const isKnown = (await fork().count(entities.snapshots, { fingerprint: key })) > 0;
      if (!isKnown) await insertInto(entities.snapshots, [{ fingerprint: key, document: canonicalJson(schema) }]);
      return key;
    },
    readSnapshot: async (key) => {
      const row = (await fork().findOne(entities.snapshots, { fingerprint: key })) as unknown as {
        document: string;
      } | null;
      return row ? (JSON.parse(row.document) as Schema) : undefined;
    },
    readLock,
    openEntityManager: (isOpen, watch) => {
      const forked = fork();
      const around = { session, traits: dialect.traits, isOpen, ...(watch && { watch }) };
      forked.setTransactionContext(withSavepoints(context, around));
      return forked;
    },
    writeLock: async (row) => {
      const changed = await fork().nativeUpdate(entities.lock, { id: 1 }, row as never);
      if (changed === 0 && !(await readLock())) await fork().insert(entities.lock, { id: 1, epoch: 0, ...row });
    },
    now: async () => {
      const { text, parameters } = dialect.queries.now();
      const [row] = await session.query<{ now: string }>(text, parameters);
      return String(row?.now);
    },
  };
}

interface FindRows {
  readonly orderBy: { readonly version: 'asc' | 'desc' };
  readonly fields?: readonly (keyof EventRow)[];
  readonly limit?: number;
}

function plainRow(row: EventRow): EventRow {
  const { version, ref, step, durationMs, ...rest } = { ...row };
  const number = (value: number | null): number | null =>
    value === null || value === undefined ? null : Number(value);
  return { ...rest, version: Number(version), step: Number(step), ref: number(ref), durationMs: number(durationMs) };
}
