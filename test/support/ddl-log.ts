import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, Row } from './connections/connection.ts';
import { openMysql } from './connections/mysql.ts';
import { onPostgresServer } from './connections/postgres.ts';
import { processList } from './connections/process-list.ts';
import { serverUrl } from './connections/server-url.ts';
import type { DatabaseKind, TestDatabase } from './databases.ts';

export interface DdlLog {
  /**
   * The DDL statements that the server itself has got for this database since the watch began, in order, whether they
   * succeeded or not. To look may end the watch. SQLite keeps no such log: there it is one entry `schema change` per step
   * of `pragma schema_version`.
   */
  statements(): Promise<string[]>;
}

const watchers: { readonly [K in DatabaseKind]: (database: TestDatabase) => Promise<DdlLog> } = {
  sqlite: watchSqlite,
  postgresql: watchPostgres,
  mariadb: watchMysql,
  mysql: watchMysql,
};

/** Begins to watch what DDL the server gets for `database`, from any session. */
export function watchDdl(database: TestDatabase): Promise<DdlLog> {
  return watchers[database.kind](database);
}

async function watchSqlite(database: TestDatabase): Promise<DdlLog> {
  const readVersion = async () => Number((await database.query('PRAGMA schema_version'))[0]?.['schema_version']);
  const before = await readVersion();
  return { statements: async () => Array<string>((await readVersion()) - before).fill('schema change') };
}

async function watchPostgres(database: TestDatabase): Promise<DdlLog> {
  const begin = randomUUID();
  const file = await findPostgresLog();
  await markPostgresLog(begin);
  return {
    async statements() {
      const end = randomUUID();
      await markPostgresLog(end);
      const log = await readPostgresLog(file, end);
      const between = log.slice(log.indexOf(begin), log.indexOf(end));
      return parsePostgresLog(between)
        .filter((line) => line.database === database.name)
        .map((line) => line.statement);
    },
  };
}

interface LogPosition {
  readonly path: string;
  readonly offset: number;
}

/** The log file, which only the server itself may be able to read, and where it ends now. */
async function findPostgresLog(): Promise<LogPosition> {
  const [row] = await onPostgresServer(
    "SELECT current_setting('log_statement') AS level, f AS path, (pg_stat_file(f)).size AS size FROM pg_current_logfile() AS f",
  );
  if (row?.['level'] === 'none' || !row?.['path']) {
    throw new Error('watchDdl needs a PostgreSQL with log_statement = ddl and logging_collector = on.');
  }
  return { path: row['path'] as string, offset: Number(row['size']) };
}

// A mark in the log itself needs no clock, and says that all that came before it has been written.
async function markPostgresLog(mark: string): Promise<void> {
  await onPostgresServer(`DO $$ BEGIN RAISE LOG 'mark ${mark}'; END $$`);
}

async function readPostgresLog({ path, offset }: LogPosition, mark: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const [row] = await onPostgresServer('SELECT pg_read_binary_file($1, $2, (pg_stat_file($1)).size - $2) AS log', [
      path,
      offset,
    ]);
    const log = String(row?.['log']);
    if (log.includes(mark)) return log;
    await sleep(25);
  }
  throw new Error('The mark that was just logged is not in the log file of PostgreSQL.');
}

/** Lines begin with `time [pid] database `; the further lines of a statement begin with a tab. */
function parsePostgresLog(log: string): { database: string; statement: string }[] {
  const entries = log.replaceAll('\n\t', '\u0000').split('\n');
  return entries.flatMap((entry) => {
    const found = /^\S+ \S+ \S+ \[\d+\] (.*?) LOG: {2}(?:statement|execute [^:]*): (.*)$/s.exec(entry);
    const statement = found?.[2]?.replaceAll('\u0000', '\n');
    return found?.[1] && statement && isDdl(statement) ? [{ database: found[1], statement }] : [];
  });
}

/** Turns the general log on for the whole server; it is emptied, and off again, while nobody watches. */
async function watchMysql(database: TestDatabase): Promise<DdlLog> {
  const kind = database.kind as 'mysql' | 'mariadb';
  const begin = randomUUID();
  const threads = new Map<number, string>();
  const since = await amongWatchers(kind, async (connection, watched) => {
    // Each look reads the whole log: 3.5 s for 100,000 statements.
    if (watched.length === 0) await connection.query('TRUNCATE TABLE mysql.general_log');
    await connection.query('REPLACE INTO mysql.mikrate_watched (name) VALUES (?)', [database.name]);
    await connection.query("SET GLOBAL log_output = 'TABLE'");
    await connection.query('SET GLOBAL general_log = ON');
    const [now] = await connection.query('SELECT now(6) AS t');
    await connection.query(`SELECT '${begin}'`);
    for (const row of await connection.query(`SELECT id AS id, db AS db FROM ${processList[kind]}`)) {
      threads.set(Number(row['id']), String(row['db']));
    }
    return String(now?.['t']);
  });
  return {
    async statements() {
      const log = await amongWatchers(kind, async (connection, watched) => {
        const rows = await connection.query(generalLog, [since]);
        if (watched.every((name) => name === database.name)) await connection.query('SET GLOBAL general_log = OFF');
        return rows;
      });
      const first = log.findIndex((row) => String(row['argument']).includes(begin));
      return filterGeneralLog(log.slice(first + 1), database.name, new Map(threads));
    },
  };
}

/** Works alone with the server's log, and with the names of the databases there still are that somebody watches. */
function amongWatchers<T>(
  kind: 'mysql' | 'mariadb',
  work: (connection: Connection, watched: readonly string[]) => Promise<T>,
): Promise<T> {
  return withConnection(openMysql(serverUrl(kind)), async (connection) => {
    await connection.query("SELECT GET_LOCK('mikrate-watch', 60)");
    await connection.query('CREATE TABLE IF NOT EXISTS mysql.mikrate_watched (name VARCHAR(64) NOT NULL PRIMARY KEY)');
    const names = async (sql: string): Promise<string[]> =>
      (await connection.query(sql)).map((row) => String(row['name']));
    const existing = new Set(await names('SELECT schema_name AS name FROM information_schema.schemata'));
    const watched = await names('SELECT name AS name FROM mysql.mikrate_watched');
    return work(
      connection,
      watched.filter((name) => existing.has(name)),
    );
  });
}

const generalLog = `SELECT thread_id AS thread, command_type AS command, CONVERT(argument USING utf8mb4) AS argument
  FROM mysql.general_log WHERE event_time >= ?`;

function filterGeneralLog(log: readonly Row[], name: string, threads: Map<number, string>): string[] {
  const statements: string[] = [];
  for (const row of log) {
    const thread = Number(row['thread']);
    const text = String(row['argument']);
    if (row['command'] === 'Connect') threads.set(thread, / on (.*) using /.exec(text)?.[1] ?? '');
    if (row['command'] === 'Init DB') threads.set(thread, text);
    if (row['command'] !== 'Query' && row['command'] !== 'Execute') continue;
    const used = /^\s*use\s+`?([^`;]+?)`?\s*;?\s*$/i.exec(text)?.[1];
    if (used) threads.set(thread, used);
    if (isDdl(text) && (threads.get(thread) === name || text.includes(name))) statements.push(text);
  }
  return statements;
}

function isDdl(statement: string): boolean {
  const text = statement.replace(/^(\s+|--.*\n|\/\*(?!!).*?\*\/)+/s, '');
  return /^(\/\*!\d*\s*)?(create|alter|drop|rename|truncate|comment|grant|revoke|reindex|cluster|optimize)\b/i.test(
    text,
  );
}

async function withConnection<C extends { close(): Promise<void> }, T>(
  connection: C,
  use: (connection: C) => Promise<T>,
): Promise<T> {
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}
