import mysql from 'mysql2/promise';
import type { Connection, Engine, Row } from './connection.ts';
import { processList } from './process-list.ts';
import { quoteName } from './quote.ts';
import { databaseUrl, parseServerUrl, serverUrl } from './server-url.ts';

export const mysqlEngine = createEngine('mysql');
export const mariadbEngine = createEngine('mariadb');

function createEngine(kind: 'mysql' | 'mariadb'): Engine {
  const onServer = async (sql: string, parameters?: readonly unknown[]) => {
    const connection = openMysql(serverUrl(kind));
    try {
      return await connection.query(sql, parameters);
    } finally {
      await connection.close();
    }
  };
  const remove = async (url: string) => {
    const name = parseServerUrl(url).database;
    // An open transaction of a forgotten session would keep DROP DATABASE waiting.
    const sessions = await onServer(`SELECT id AS id FROM ${processList[kind]} WHERE db = ?`, [name]);
    for (const session of sessions) await onServer(`KILL ${Number(session['id'])}`).catch(() => undefined);
    await onServer(`DROP DATABASE IF EXISTS ${quoteName(kind, name)}`);
  };
  return {
    async create(name) {
      await onServer(`CREATE DATABASE ${quoteName(kind, name)} CHARACTER SET utf8mb4`);
      return databaseUrl(kind, name);
    },
    open: openMysql,
    remove,
    async removeOfRun(run) {
      const rows = await onServer(
        'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name REGEXP ?',
        [`_${run}_[0-9]+$`],
      );
      for (const row of rows) await remove(databaseUrl(kind, String(row['name'])));
    },
  };
}

/** Opens a connection; see `Connection` for its promises. */
export function openMysql(url: string): Connection {
  const { host, port, user, password, database } = parseServerUrl(url);
  let opened: Promise<mysql.Connection> | undefined;
  const connect = async (): Promise<mysql.Connection> => {
    const connection = await mysql.createConnection({
      host,
      port,
      user,
      password,
      database,
      charset: 'utf8mb4',
      dateStrings: true,
      jsonStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: false,
    });
    const forget = () => {
      opened = undefined;
    };
    connection.on('error', forget);
    connection.on('end', forget);
    await connection.query("SET time_zone = '+00:00'");
    return connection;
  };
  return {
    async query(sql, parameters) {
      opened ??= connect();
      const connection = await opened.catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      const [rows] = await connection.query(sql, parameters && [...parameters]);
      return Array.isArray(rows) ? (rows as Row[]) : [];
    },
    async close() {
      await (await opened?.catch(() => undefined))?.end().catch(() => undefined);
    },
  };
}
