import { MigrateError } from '../errors.ts';
import type { DialectName } from '../schema/sql-by-dialect.ts';
import { Secret } from './secret.ts';

/** What a database URL says. For SQLite only `dialect`, `database` (the path) and `parameters`. */
export interface DatabaseUrl {
  readonly dialect: DialectName;
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: Secret;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads `mysql:` `mariadb:` `postgres:` `postgresql:` `sqlite:` `file:` URLs. Throws URL_INVALID, never with the URL in
 * the message. Characters with a meaning of their own must be percent-encoded: nothing is guessed.
 */
export function parseDatabaseUrl(url: string): DatabaseUrl {
  const scheme = /^([a-z][a-z0-9+.-]*):/iu.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) throw invalid('it has no scheme');
  const dialect = dialects[scheme];
  if (!dialect) throw invalid(`mikrate does not know the scheme ${scheme}:`);
  const rest = url.slice(scheme.length + 1);
  return dialect === 'sqlite' ? sqliteUrl(rest) : serverUrl(dialect, rest);
}

const dialects: Readonly<Record<string, DialectName>> = {
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mariadb',
  postgres: 'postgresql',
  postgresql: 'postgresql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  file: 'sqlite',
};

/** `sqlite:relative`, `sqlite:/absolute`, `sqlite:///absolute`, `sqlite::memory:`. */
function sqliteUrl(rest: string): DatabaseUrl {
  const [path = '', query = ''] = splitOnce(rest, '?');
  const database = decode(path.replace(/^\/\/(?=\/)/u, '').replace(/^\/\/(?=[^/])/u, ''), 'path');
  if (database === '') throw invalid('it names no file');
  return { dialect: 'sqlite', database, parameters: parametersOf(query) };
}

function serverUrl(dialect: DialectName, rest: string): DatabaseUrl {
  if (!rest.startsWith('//')) throw invalid('`//` must follow the scheme');
  const { authority, path, query } = splitUrl(rest.slice(2));
  const at = authority.lastIndexOf('@');
  if (path.includes('@') || (at < 0 && query.includes('@'))) {
    throw invalid('write @ / ? # in user, password and database as %40 %2F %3F %23');
  }
  const [user, password] = at < 0 ? [] : splitOnce(authority.slice(0, at), ':');
  const database = decode(path.slice(1), 'database');
  const parameters = parametersOf(query);
  return {
    dialect,
    ...hostAndPort(authority.slice(at + 1), parameters),
    ...(database !== '' && { database }),
    ...(user && { user: decode(user, 'user') }),
    ...(password !== undefined && { password: new Secret(decode(password, 'password')) }),
    parameters,
  };
}

function splitUrl(rest: string): { authority: string; path: string; query: string } {
  const end = rest.search(/[/?#]/u);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const [path = '', query = ''] = splitOnce(end < 0 ? '' : rest.slice(end), /[?#]/u);
  return { authority, path, query };
}

/** A socket's folder is given as `?host=/var/run/postgresql`, or percent-encoded in the host's place. */
function hostAndPort(text: string, parameters: Readonly<Record<string, string>>): Pick<DatabaseUrl, 'host' | 'port'> {
  const match = /^(\[[0-9a-f:.]+\]|[^:]*)(?::(\d*))?$/iu.exec(text);
  const port = match?.[2] ? Number(match[2]) : undefined;
  if (!match || (port !== undefined && port > 65_535)) throw invalid('host and port are not `host:port`');
  const host = parameters['host'] || decode(match[1] ?? '', 'host').replace(/^\[|\]$/gu, '');
  return { ...(host !== '' && { host }), ...(port !== undefined && { port }) };
}

function parametersOf(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

function splitOnce(text: string, separator: string | RegExp): string[] {
  const at = typeof separator === 'string' ? text.indexOf(separator) : text.search(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(`the ${part} has a % that is not followed by two hexadecimal digits; write %25`);
  }
}

function invalid(message: string): MigrateError<'URL_INVALID'> {
  return new MigrateError('URL_INVALID', { message });
}
