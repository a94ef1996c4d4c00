import type { Options } from '@mikro-orm/core';
import { MigrateError } from '../errors.ts';
import type { DialectName } from '../schema/sql-by-dialect.ts';
import { parseDatabaseUrl, type DatabaseUrl } from './database-url.ts';
import { dialectOfDriver, importDriver, isSameFamily, type DriverClass } from './driver.ts';
import { hide } from './secret.ts';
import { chooseTls } from './tls.ts';

/** What a MikroORM config holds. */
export type OrmOptions = Partial<Options>;

/** Which database is meant, and MikroORM's options for it. */
export interface Target {
  readonly dialect: DialectName;
  readonly driver: DriverClass;
  readonly options: OrmOptions;
  /** `host:port`, a socket or a file: never with user or password. */
  readonly address: string;
  readonly database: string;
  readonly user: string;
  /** Nobody asked for TLS, but the database is on another machine. */
  readonly tlsByDefault: boolean;
}

export interface TargetUrls {
  /** `--database-url`: overrides config and environment. */
  readonly override?: string | undefined;
  /** The option `migrationUrl`: another address or user for migrations. */
  readonly migration?: string | undefined;
  /** DATABASE_URL: fills what the config leaves open. */
  readonly environment?: string | undefined;
}

/** Decides between config and URLs. Throws URL_CONTRADICTS_CONFIG, URL_INVALID, DRIVER_MISSING, DRIVER_UNKNOWN. */
export async function chooseTarget(
  config: OrmOptions,
  urls: TargetUrls,
  packages: { readonly from: string; readonly version: string },
): Promise<Target> {
  if (typeof config.password === 'string') hide(config.password);
  const driver = config.driver as DriverClass | undefined;
  const named = driver && dialectOfDriver(driver);
  if (urls.override !== undefined) return overridden(config, parseDatabaseUrl(urls.override));
  if (urls.migration !== undefined) return overridden(config, agreeing(parseDatabaseUrl(urls.migration), named));
  const url = urls.environment ? agreeing(parseDatabaseUrl(urls.environment), named) : undefined;
  const configured = config.clientUrl ? lenientUrl(config.clientUrl) : undefined;
  const dialect = named ?? configured?.dialect ?? url?.dialect;
  if (!dialect)
    throw new MigrateError('CONFIG_DOES_NOT_LOAD', {
      file: packages.from,
      message: 'it names no driver, and DATABASE_URL is not set',
    });
  const filled = config.clientUrl ? configured : url;
  if (!config.clientUrl && !config.dbName && filled?.database === undefined)
    throw namesNoDatabase(filled, packages.from);
  return targetOf(dialect, config, filled, driver ?? (await importDriver(dialect, packages.from, packages.version)));

  async function overridden(options: OrmOptions, to: DatabaseUrl): Promise<Target> {
    if (to.database === undefined) throw namesNoDatabase(to, packages.from);
    const same = named !== undefined && isSameFamily(named, to.dialect);
    const chosen = same && driver ? driver : await importDriver(to.dialect, packages.from, packages.version);
    return targetOf(same ? named : to.dialect, withoutDatabase(options, { keepDriverOptions: same }), to, chosen);
  }
}

/** The same target for another driver of its family. */
export async function switchDriver(
  target: Target,
  dialect: DialectName,
  packages: { readonly from: string; readonly version: string },
): Promise<Target> {
  const driver = await importDriver(dialect, packages.from, packages.version);
  return { ...target, dialect, driver, options: { ...target.options, driver: driver as never } };
}

function namesNoDatabase(url: DatabaseUrl | undefined, file: string): MigrateError {
  if (url) return new MigrateError('URL_INVALID', { message: 'it names no database' });
  return new MigrateError('CONFIG_DOES_NOT_LOAD', {
    file,
    message: 'it names no database, and DATABASE_URL is not set',
  });
}

function agreeing(url: DatabaseUrl, named: DialectName | undefined): DatabaseUrl {
  if (named === undefined || isSameFamily(named, url.dialect)) return url;
  throw new MigrateError('URL_CONTRADICTS_CONFIG', { url: url.dialect, config: named });
}

/** A config may hold any URL that MikroORM takes. */
function lenientUrl(clientUrl: string): DatabaseUrl | undefined {
  try {
    return parseDatabaseUrl(clientUrl);
  } catch {
    return undefined;
  }
}

function withoutDatabase(
  config: OrmOptions,
  { keepDriverOptions }: { readonly keepDriverOptions: boolean },
): OrmOptions {
  const {
    clientUrl: _url,
    dbName: _database,
    host: _host,
    port: _port,
    user: _user,
    password: _password,
    driverOptions,
    ...rest
  } = config;
  return keepDriverOptions && driverOptions ? { ...rest, driverOptions } : rest;
}

function targetOf(dialect: DialectName, config: OrmOptions, url: DatabaseUrl | undefined, driver: DriverClass): Target {
  const { clientUrl: _, ...rest } = config;
  const base: OrmOptions = url ? rest : config;
  const password = base.password ?? url?.password?.reveal();
  const host = base.host ?? url?.host;
  const schema = base.schema ?? url?.parameters['schema'];
  const { driverOptions, tlsByDefault } = connectionOptions(dialect, base, url, host);
  const options: OrmOptions = {
    ...base,
    ...defined({
      host,
      port: base.port ?? url?.port,
      user: base.user ?? url?.user,
      password,
      dbName: base.dbName ?? url?.database,
      schema,
    }),
    driver: driver as never,
    ...(driverOptions && { driverOptions }),
  };
  return { dialect, driver, options, ...describe(dialect, options), tlsByDefault };
}

function describe(
  dialect: DialectName,
  { host, port, user, dbName = '' }: OrmOptions,
): Pick<Target, 'address' | 'database' | 'user'> {
  if (dialect === 'sqlite') return { address: dbName, database: dbName, user: '' };
  const name = host ?? '127.0.0.1';
  const address = name.startsWith('/')
    ? name
    : `${name.includes(':') ? `[${name}]` : name}:${port ?? defaultPorts[dialect]}`;
  return { address, database: dbName, user: user ?? '' };
}

const defaultPorts = { mysql: 3306, mariadb: 3306, postgresql: 5432 } as const;

/** An attempt that hangs would use up the whole time to wait. */
const connectTimeout = 10_000;
/** Another process may be writing. */
const busyTimeout = 10_000;

function connectionOptions(
  dialect: DialectName,
  config: OrmOptions,
  url: DatabaseUrl | undefined,
  host: string | undefined,
): { driverOptions?: NonNullable<OrmOptions['driverOptions']>; tlsByDefault: boolean } {
  const given = config.driverOptions;
  // A function, a Kysely instance or a Kysely dialect: the config has taken the connection in its own hands.
  if (typeof given === 'function' || (given && Object.getPrototypeOf(given) !== Object.prototype))
    return { driverOptions: given, tlsByDefault: false };
  const own = given;
  if (dialect === 'sqlite') return { driverOptions: { timeout: busyTimeout, ...own }, tlsByDefault: false };
  const tls = own && 'ssl' in own ? undefined : chooseTls(host, url?.parameters ?? {});
  const socket = url?.parameters['socket'] ?? url?.parameters['socketPath'];
  const timeout = dialect === 'postgresql' ? { connectionTimeoutMillis: connectTimeout } : { connectTimeout };
  const driverOptions = { ...timeout, ...(socket && { socketPath: socket }), ...sslOption(dialect, tls), ...own };
  return { driverOptions, tlsByDefault: tls !== undefined && tls !== false && tls.rejectUnauthorized };
}

/** mysql2 has no `ssl: false`: absent is off. */
function sslOption(dialect: DialectName, tls: ReturnType<typeof chooseTls>): object {
  if (tls === undefined) return {};
  if (dialect === 'postgresql') return { ssl: tls };
  return tls === false ? {} : { ssl: tls };
}

function defined<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}
