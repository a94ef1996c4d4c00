import { defineEntity, p, Type, type EntityProperty, type EntitySchema, type Platform } from '@mikro-orm/core';
import { logTables, type LogTables } from './log-tables.ts';

/** Text without a practical limit: the exact bytes that were hashed must come back. */
class HashedText extends Type<string, string> {
  override getColumnType(_property: EntityProperty, platform: Platform): string {
    return isMySqlFamily(platform) ? 'longtext' : 'text';
  }
}

/**
 * The MikroORM entity of the event log `schema_versions`: one row for each fact about one change, append-only, chained by
 * hash. For reading, among an application's own entities; the tool alone writes it. Times are UTC text to the microsecond.
 */
export const SchemaVersion = defineSchemaVersion(logTables());

/** All entities of the log, for MikroORM's `entities`. */
export function logEntities(tables: LogTables): {
  versions: EntitySchema;
  snapshots: EntitySchema;
  lock: EntitySchema;
} {
  return {
    versions: defineSchemaVersion(tables),
    snapshots: defineSchemaSnapshot(tables),
    lock: defineSchemaLock(tables),
  };
}

/** One row for each event. */
function defineSchemaVersion({ versions, schema }: LogTables) {
  return defineEntity({
    name: 'SchemaVersion',
    tableName: versions,
    ...(schema !== undefined && { schema }),
    properties: {
      version: p.bigint('number').primary().autoincrement(false).unsigned(false),
      release: id('release').nullable(),
      runId: id('run_id'),
      migration: id('migration'),
      step: p.integer().fieldName('step').unsigned(false),
      source: p.string().fieldName('source').length(20),
      event: p.string().fieldName('event').length(20),
      ref: p.bigint('number').fieldName('ref').nullable().unsigned(false),
      operation: p.string().fieldName('operation').length(40).nullable(),
      object: p.type(HashedText).fieldName('object').nullable(),
      summary: p.type(HashedText).fieldName('summary'),
      payload: p.type(HashedText).fieldName('payload'),
      checksum: p.string().fieldName('checksum').length(191).nullable(),
      schemaBefore: hash('schema_before').nullable(),
      schemaAfter: hash('schema_after').nullable(),
      startedAt: time('started_at'),
      finishedAt: time('finished_at').nullable(),
      durationMs: p.integer().fieldName('duration_ms').nullable().unsigned(false),
      actor: id('actor'),
      host: id('host'),
      toolVersion: p.string().fieldName('tool_version').length(50),
      appVersion: id('app_version').nullable(),
      error: p.type(HashedText).fieldName('error').nullable(),
      prevHash: hash('prev_hash'),
      hash: hash('hash'),
    },
  });
}

/** Keeps each schema once, by its fingerprint. */
function defineSchemaSnapshot({ snapshots, schema }: LogTables) {
  return defineEntity({
    name: 'SchemaSnapshot',
    tableName: snapshots,
    ...(schema !== undefined && { schema }),
    properties: { fingerprint: hash('fingerprint').primary(), document: p.type(HashedText).fieldName('document') },
  });
}

/** The one mutable table: who holds the lock and how far the running operation is, read by replicas that wait. */
function defineSchemaLock({ lock, schema }: LogTables) {
  return defineEntity({
    name: 'SchemaLock',
    tableName: lock,
    ...(schema !== undefined && { schema }),
    properties: {
      id: p.integer().primary().autoincrement(false).unsigned(false),
      epoch: p.bigint('number').fieldName('epoch').unsigned(false),
      holder: p.type(HashedText).fieldName('holder').nullable(),
      progress: p.type(HashedText).fieldName('progress').nullable(),
      updatedAt: time('updated_at').nullable(),
      /** Digest of the catalogs after the last run that left nothing to do; see the idle path. */
      settledDigest: p.type(HashedText).fieldName('settled_digest').nullable(),
    },
  });
}

function id(name: string) {
  return p.string().fieldName(name).length(191);
}

function hash(name: string) {
  return p.string().fieldName(name).length(64);
}

/** `YYYY-MM-DD HH:MM:SS.ffffff`, UTC. */
function time(name: string) {
  return p.string().fieldName(name).length(26);
}

function isMySqlFamily(platform: Platform): boolean {
  return /my ?sql|mariadb/i.test(platform.constructor.name);
}
