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
  const create = async (name: string) => {
    await onServer(`CREATE DATABASE ${quoteName(kind, name)} CHARACTER SET utf8mb4`);
    return databaseUrl(kind, name);
  };
  return {
    create,
    async copy(from, name) {
      const url = await create(name);
      await copyTables(kind, parseServerUrl(from).database, openMysql(url));
      return url;
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

/** Without views and programs. */
async function copyTables(kind: 'mysql' | 'mariadb', from: string, to: Connection): Promise<void> {
  const quote = (name: string): string => quoteName(kind, name);
  try {
    await to.query('SET foreign_key_checks = 0, unique_checks = 0');
    for (const { name } of await to.query(baseTables, [from])) {
      const table = quote(String(name));
      const [found] = await to.query(`SHOW CREATE TABLE ${quote(from)}.${table}`);
      const columns = (await to.query(storedColumns, [from, name])).map((row) => quote(String(row['name']))).join();
      await to.query(String(found?.['Create Table']));
      await to.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${quote(from)}.${table}`);
    }
  } finally {
    await to.close();
  }
}

const baseTables = `SELECT table_name AS name FROM information_schema.tables
  WHERE table_schema = ? AND table_type = 'BASE TABLE'`;
const storedColumns = `SELECT column_name AS name FROM information_schema.columns
  WHERE table_schema = ? AND table_name = ? AND coalesce(generation_expression, '') = ''`;

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
