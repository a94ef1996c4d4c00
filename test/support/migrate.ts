import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { connect, type Connection } from '../../src/config/connect.ts';
import { readLockFile } from '../../src/config/lock-file.ts';
import { readOptions, type MigrateOptions, type ResolvedOptions } from '../../src/config/options.ts';
import type { OrmOptions } from '../../src/config/target.ts';
import { loadDialect } from '../../src/dialects/index.ts';
import type { Fact } from '../../src/events/facts.ts';
import { logTables } from '../../src/history/log-tables.ts';
import type { LockFile } from '../../src/config/lock-file.ts';
import { logEntities } from '../../src/history/schema-version.ts';
import { migrate, planOnly, verifyOnly, type Flags, type Job, type RunReport } from '../../src/pipeline.ts';
import type { RollbackReport } from '../../src/stages/rollback/roll-back.ts';
import { rollback } from '../../src/stages/rollback/rollback.ts';
import type { RollbackAsk } from '../../src/stages/rollback/rollback-ask.ts';
import { schemaAt } from '../../src/stages/read-history.ts';
import { migrate as referenceOptions } from '../../mikro-orm.config.ts';
import { adaptToPlatform, entities } from '../../models/index.ts';
import type { TestDatabase } from './databases.ts';

export interface MigrateSettings {
  /** MikroORM's options without a connection: entities of the test's own. The reference application's nine by default. */
  readonly config?: OrmOptions;
  /** `export const migrate`. The reference application's beside its own entities, else none. */
  readonly options?: MigrateOptions;
  readonly flags?: Partial<Flags>;
  /** What `migrations/schema.lock.json` says; by default the reference application's own beside its entities, else none. */
  readonly lockFile?: LockFile | null;
  readonly signal?: AbortSignal;
  /** The folder whose `migrations/` holds the files. This repository beside the reference application's own entities, else none. */
  readonly root?: string;
  /** What `connectTo` gave for the same config, to be used and left open; by default each command connects anew. */
  readonly connection?: JobConnection;
}

/** A connection with the entities that it was opened for. */
export interface JobConnection {
  readonly connection: Connection;
  readonly log: Job['log'];
  close(): Promise<void>;
}

type Target = Pick<TestDatabase, 'url'>;
type Survey = Awaited<ReturnType<typeof planOnly>>;

/** `migrate --ci` in this process: the real pipeline, and every fact that it told. */
export async function migrateDatabase(
  database: Target,
  settings: MigrateSettings = {},
): Promise<{ report: RunReport; facts: Fact[] }> {
  const facts: Fact[] = [];
  const report = await withTestJob(database, settings, facts, migrate);
  return { report, facts };
}

/** `migrate plan` in this process: the plan, and what was seen while making it. */
export async function planDatabase(database: Target, settings: MigrateSettings = {}): Promise<Survey> {
  return withTestJob(database, settings, [], planOnly);
}

/** `migrate verify` in this process. */
export async function verifyDatabase(database: Target, settings: MigrateSettings = {}): ReturnType<typeof verifyOnly> {
  return withTestJob(database, settings, [], verifyOnly);
}

/** `migrate rollback --yes` in this process, or with `yes: false` its plan; and every fact that it told. */
export async function rollBackDatabase(
  database: Target,
  request: Pick<RollbackAsk, 'selection'> & Partial<RollbackAsk>,
  settings: MigrateSettings = {},
): Promise<{ report: RollbackReport; facts: Fact[] }> {
  const facts: Fact[] = [];
  const report = await withTestJob(database, settings, facts, (job) => rollback(job, { yes: true, ...request }));
  return { report, facts };
}

/** The schema that the log tells of a version. */
export async function readSchemaAt(
  database: Target,
  version: number,
  settings: MigrateSettings = {},
): ReturnType<typeof schemaAt> {
  return withTestJob(database, settings, [], (job) => schemaAt(job, version));
}

const noProject = join(tmpdir(), 'no-project-is-here');
const importModule = async (path: string) => (await import(pathToFileURL(path).href)) as Record<string, unknown>;
const file = fileURLToPath(new URL('../../mikro-orm.config.ts', import.meta.url));

/** A job as the command line would open it, for tests that call a stage themselves. */
export async function withTestJob<Result>(
  database: Target,
  settings: MigrateSettings,
  facts: Fact[],
  work: (job: Job) => Promise<Result>,
): Promise<Result> {
  const { config, flags, lockFile, root, signal = new AbortController().signal } = settings;
  const resolved = optionsOf(settings);
  const emit = (fact: Fact): void => void facts.push(fact);
  const opened = settings.connection ?? (await connectTo(database, settings));
  const { connection, log } = opened;
  try {
    return await work({
      connection,
      dialect: await loadDialect(connection.dialectName),
      options: resolved,
      lockFile: lockFile === undefined ? ownLockFile(config, resolved) : (lockFile ?? undefined),
      log,
      emit,
      signal,
      project: { root: root ?? (config ? noProject : dirname(file)), importModule },
      flags: { lockTimeoutMs: 30_000, strict: false, failIfNewer: false, redo: false, ...flags },
      identity: { actor: 'tester', host: 'test', tool: '0.0.0' },
    });
  } finally {
    if (!settings.connection) await opened.close();
  }
}

/** Connects as the command line would. The caller closes it. */
export async function connectTo(database: Target, settings: MigrateSettings = {}): Promise<JobConnection> {
  const resolved = optionsOf(settings);
  const tables = logTables(resolved.log);
  const log = { tables, entities: logEntities(tables) };
  const given = {
    file,
    options: settings.config ?? { entities, discovery: { onMetadata: adaptToPlatform } },
    migrate: resolved,
    importModule,
  };
  const connection = await connect({
    config: given,
    databaseUrl: database.url,
    env: {},
    entities: Object.values(log.entities),
    wait: 0,
    ...(settings.signal && { signal: settings.signal }),
  });
  return { connection, log, close: () => connection.close() };
}

function optionsOf({ config, options }: MigrateSettings): ResolvedOptions {
  return readOptions(options ?? (config ? {} : referenceOptions), file);
}

function ownLockFile(config: OrmOptions | undefined, { migrations }: ResolvedOptions): LockFile | undefined {
  return config ? undefined : readLockFile(resolve(dirname(file), migrations.lockFile));
}
