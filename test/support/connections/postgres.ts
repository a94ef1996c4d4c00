import pg from 'pg';
import { exactInteger } from './connection.ts';
import type { Connection, Engine, Row } from './connection.ts';
import { quoteName } from './quote.ts';
import { databaseUrl, parseServerUrl, serverUrl } from './server-url.ts';

export const postgresEngine: Engine = {
  create: (name) => copyTemplate('template0', name),
  copy: (from, name) => copyTemplate(parseServerUrl(from).database, name),
  open: openPostgres,
  async remove(url) {
    await onPostgresServer(
      `DROP DATABASE IF EXISTS ${quoteName('postgresql', parseServerUrl(url).database)} WITH (FORCE)`,
    );
  },
  async removeOfRun(run) {
    const rows = await onPostgresServer('SELECT datname FROM pg_database WHERE datname ~ $1', [`_${run}_[0-9]+$`]);
    for (const row of rows) await postgresEngine.remove(databaseUrl('postgresql', String(row['datname'])));
  },
};

async function copyTemplate(template: string, name: string): Promise<string> {
  const quote = (own: string): string => quoteName('postgresql', own);
  // A copy of the files takes a fifth of the time that a copy by way of the log does.
  await onPostgresServer(
    `CREATE DATABASE ${quote(name)} ENCODING 'UTF8' TEMPLATE ${quote(template)} STRATEGY file_copy`,
  );
  return databaseUrl('postgresql', name);
}

/** Asks the server itself, over one connection of this process: PostgreSQL starts a process for each. */
export function onPostgresServer(sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
  const url = serverUrl('postgresql');
  const connection = ofServers.get(url) ?? openPostgres(url);
  ofServers.set(url, connection);
  const answer = before.then(() => connection.query(sql, parameters));
  before = answer.catch(() => undefined);
  return answer;
}

const ofServers = new Map<string, Connection>();
let before: Promise<unknown> = Promise.resolve();

/** Opens a connection; see `Connection` for its promises. */
export function openPostgres(url: string): Connection {
  let opened: Promise<Client> | undefined;
  const connect = async (): Promise<Client> => {
    const settings = { connectionString: url, options: '-c timezone=UTC', types: { getTypeParser } };
    const client = new pg.Client(settings) as Client;
    const forget = () => {
      opened = undefined;
    };
    client.on('error', forget).on('end', forget);
    await client.connect();
    return client;
  };
  return {
    async query(sql, parameters) {
      opened ??= connect();
      const client = await opened.catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      client.ref();
      try {
        const result: pg.QueryResult | pg.QueryResult[] = await client.query(sql, parameters && [...parameters]);
        return (Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? [];
      } finally {
        // One that nobody asks does not keep the process.
        client.unref();
      }
    },
    async close() {
      await (await opened?.catch(() => undefined))?.end();
    },
  };
}

/** Its types leave these two out. */
type Client = pg.Client & { ref(): void; unref(): void };

const integers = [20, 21, 23, 26]; // int8, int2, int4, oid
const floats = [700, 701];

// The driver's own parsers would round numbers and move times to the local zone.
function getTypeParser(oid: number): (text: string) => unknown {
  if (integers.includes(oid)) return exactInteger;
  if (floats.includes(oid)) return Number;
  if (oid === pg.types.builtins.BOOL) return (text) => text === 't';
  if (oid === pg.types.builtins.BYTEA) return pg.types.getTypeParser(oid, 'text');
  return (text) => text;
}
