import { environmentName } from '../servers/index.ts';
import type { ServerKind } from '../servers/index.ts';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The URL of the server of a kind that this run uses. */
export function serverUrl(kind: ServerKind): string {
  const url = process.env[environmentName(kind)];
  if (!url)
    throw new Error(
      `No ${kind} server in this run: MIKRATE_DATABASES leaves it out, or test/support/global-setup.ts did not run.`,
    );
  return url;
}

/** The URL of a database on that server. */
export function databaseUrl(kind: ServerKind, name: string): string {
  const url = new URL(serverUrl(kind));
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

export function parseServerUrl(text: string): ServerAddress {
  const url = new URL(text);
  return {
    host: url.hostname,
    port: Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}
