import { dirname, resolve } from 'node:path';
import { displayVersion, firstContact, productOf } from '../dialects/first-contact.ts';
import { loadDialect } from '../dialects/index.ts';
import { withPinnedSession, type OnStatement } from '../dialects/pinned-session.ts';
import type { Session } from '../dialects/session.ts';
import { MigrateError } from '../errors.ts';
import type { DialectName } from '../schema/sql-by-dialect.ts';
import { buildBareOrm, buildOrm, type BuildOptions, type Orm } from './build-orm.ts';
import { checkVersions } from './check-versions.ts';
import { connectionFailure, type ConnectionFailure } from './connection-failure.ts';
import { displayPlace, placeOf } from './error-place.ts';
import { withEnvironment } from './orm-environment.ts';
import { prepareFile } from './prepare-file.ts';
import { chooseTarget, switchDriver, type OrmOptions, type Target } from './target.ts';
import { waitForServer, type Attempt, type Waiting } from './wait-for-server.ts';

export interface ConnectOptions {
  /** What `loadConfig` gave. */
  readonly config: {
    readonly file: string;
    readonly options: OrmOptions;
    readonly migrate: { readonly migrationUrl?: string | undefined };
  };
  /** `--database-url`. */
  readonly databaseUrl?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Entities of our own, e.g. the log's. */
  readonly entities?: readonly unknown[];
  /** Milliseconds to wait for the server; 0 tries once. */
  readonly wait?: number;
  readonly onWait?: (waiting: Waiting) => void;
  /** Told what the user should know, e.g. that the server is another product than the config says. */
  readonly onNotice?: (text: string) => void;
  readonly signal?: AbortSignal;
  /** Let MikroORM log as its config says. */
  readonly debug?: boolean;
}

/** A database that answers, with the entities discovered for it. */
export interface Connection {
  readonly orm: Orm;
  readonly dialectName: DialectName;
  /** Keeps one session of the pool for as long as `work` runs. `context` is MikroORM's transaction context. */
  withSession<Result>(
    onStatement: OnStatement,
    work: (session: Session, context: Parameters<Parameters<typeof withPinnedSession>[2]>[1]) => Promise<Result>,
  ): Promise<Result>;
  close(): Promise<void>;
  /** Without secrets, for people. */
  readonly describe: {
    readonly server: string;
    readonly database: string;
    /** `host:port` or a socket; absent for SQLite. */
    readonly host?: string;
    /** As configured; absent where nothing is. */
    readonly user?: string;
  };
  /** SQLite: the absolute path; absent for memory and for servers. */
  readonly file?: string;
}

/**
 * Connects to the database that config and URLs name; waits for the server, creates a missing database, and uses the
 * driver of the product that really answers. Throws SERVER_UNREACHABLE, ACCESS_DENIED, DATABASE_MISSING, DRIVER_MISSING,
 * VERSIONS_DIFFER, URL_CONTRADICTS_CONFIG, MODELS_DO_NOT_LOAD.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { file, options: config, migrate } = options.config;
  const env = options.env ?? process.env;
  const build: BuildOptions = {
    file,
    version: checkVersions(file),
    entities: options.entities ?? [],
    debug: options.debug ?? false,
  };
  const packages = { from: file, version: build.version };
  const urls = { override: options.databaseUrl, migration: migrate.migrationUrl, environment: env['DATABASE_URL'] };
  const target = await chooseTarget(withEnvironment(config, env), urls, packages);
  if (target.dialect === 'sqlite') prepareFile(target.database, options.onNotice);
  const orm = await buildOrm(target.options, build);
  try {
    const version = await greet(orm, target, { ...options, build });
    const product = productOf(target.dialect, version);
    if (product === target.dialect) return connection(orm, target, version);
    options.onNotice?.(
      `the server is ${displayVersion(product, version)}, the config says ${target.dialect}: mikrate uses the driver for ${product}`,
    );
    const switched = await switchDriver(target, product, packages);
    await orm.close(true);
    const second = await buildOrm(switched.options, build);
    await second.connect();
    return connection(second, switched, version);
  } catch (error) {
    await orm.close(true);
    throw error;
  }
}

function connection(orm: Orm, target: Target, version: string): Connection {
  const { dialect, database, address, user } = target;
  const inFile = dialect === 'sqlite' && database !== ':memory:' && database !== '';
  return {
    orm,
    dialectName: dialect,
    withSession: (onStatement, work) => withPinnedSession(clientOf(orm), onStatement, work),
    close: () => orm.close(true),
    describe: {
      server: `${displayVersion(dialect, version)}${dialect === 'sqlite' ? '' : ` at ${address}`}`,
      database,
      ...(dialect !== 'sqlite' && { host: address }),
      ...(user !== '' && { user }),
    },
    ...(inFile && { file: resolve(database) }),
  };
}

/** The version text of the server, once it answers and has the database. */
async function greet(orm: Orm, target: Target, options: ConnectOptions & { build: BuildOptions }): Promise<string> {
  const waiting = {
    target: target.address,
    wait: options.wait ?? 0,
    onWait: options.onWait,
    signal: options.signal,
    hint: hintOf(target),
  };
  const first = await waitForServer(() => readVersion(orm, target.dialect), waiting);
  if ('ok' in first) return first.ok;
  if (first.failure.kind !== 'missing' || target.options.ensureDatabase === false)
    throw await failed(first, target, options.build.file);
  await createDatabase(target, options.build, first.failure);
  options.onNotice?.(`created the database ${target.database}`);
  const second = await readVersion(orm, target.dialect);
  if ('ok' in second) return second.ok;
  throw await failed(second, target, options.build.file);
}

async function readVersion(orm: Orm, dialect: DialectName): Promise<Attempt<string>> {
  try {
    await orm.connect();
    const rows = await withPinnedSession(
      clientOf(orm),
      () => {},
      (session) => session.query<{ version: string }>(firstContact[dialect].version),
    );
    return { ok: rows[0]?.version ?? '' };
  } catch (error) {
    return { failure: connectionFailure(error), error };
  }
}

/** Asks through a database that every server has. */
async function createDatabase(target: Target, build: BuildOptions, missing: ConnectionFailure): Promise<void> {
  const { managementDatabases, createDatabase: statement } = firstContact[target.dialect];
  const sql = statement(await loadDialect(target.dialect), target.database);
  let message = missing.message;
  for (const dbName of managementDatabases) {
    const orm = await buildBareOrm({ ...target.options, dbName }, { file: build.file, version: build.version });
    try {
      await orm.connect();
      await withPinnedSession(
        clientOf(orm),
        () => {},
        (session) => session.run(sql),
      );
      return;
    } catch (error) {
      // Another replica that starts at the same time may have been faster; the next try to connect tells.
      message = connectionFailure(error).message;
      if (await exists(target, build)) return;
    } finally {
      await orm.close(true);
    }
  }
  throw new MigrateError('DATABASE_MISSING', { database: target.database, message });
}

async function exists(target: Target, build: BuildOptions): Promise<boolean> {
  const orm = await buildBareOrm(target.options, { file: build.file, version: build.version });
  try {
    return 'ok' in (await readVersion(orm, target.dialect));
  } finally {
    await orm.close(true);
  }
}

async function failed(
  { failure, error }: { failure: ConnectionFailure; error: unknown },
  target: Target,
  file: string,
): Promise<MigrateError> {
  const { address, user, database } = target;
  const { kind, message } = failure;
  const cause = { cause: error };
  switch (kind) {
    case 'denied':
      return new MigrateError('ACCESS_DENIED', { user, target: address, message }, cause);
    case 'missing':
      return new MigrateError('DATABASE_MISSING', { database, message }, cause);
    case 'rights': {
      const grant = firstContact[target.dialect].grantUse(await loadDialect(target.dialect), database, user);
      return new MigrateError('RIGHT_MISSING', { right: `use the database ${database}`, grant, message }, cause);
    }
    case 'forbidden':
      return new MigrateError('READ_ONLY', { target: database, message }, cause);
    case 'refused':
      return new MigrateError('CONNECTION_REFUSED', { target: address, message }, cause);
    case 'config': {
      const place = placeOf(error);
      const where = place && displayPlace(place, dirname(file));
      return new MigrateError('CONFIG_DOES_NOT_LOAD', { file, message, ...(where !== undefined && { where }) }, cause);
    }
    default:
      return new MigrateError(
        'SERVER_UNREACHABLE',
        { target: address, waited: '0 s', message: withHint(message, kind, target) },
        cause,
      );
  }
}

function withHint(message: string, kind: ConnectionFailure['kind'], target: Target): string {
  const hint = kind === 'tls' ? hintOf(target) : undefined;
  return hint === undefined ? message : `${message} (${hint})`;
}

function hintOf({ tlsByDefault }: Target): string | undefined {
  if (!tlsByDefault) return undefined;
  return 'TLS with a valid certificate is required of a server on another machine; sslmode=disable or sslmode=require in the URL, or driverOptions.ssl, changes that';
}

/** The Kysely instance that MikroORM talks through. */
function clientOf(orm: Orm): ReturnType<ReturnType<Orm['em']['getConnection']>['getClient']> {
  return orm.em.getConnection().getClient();
}
