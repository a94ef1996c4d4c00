import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { quickFolder } from '../quick-folder.ts';
import { exactInteger } from './connection.ts';
import type { Connection, Engine, Row } from './connection.ts';

const prefix = 'mikrate-sqlite-';

// Each database has a folder of its own, so that its journal, lock and whatever else lies beside it goes with it.
export const sqliteEngine: Engine = {
  async create(name) {
    const path = placeOf(name);
    new Database(path).close();
    return `sqlite:${path}`;
  },
  async copy(from, name) {
    const path = placeOf(name);
    copyFileSync(sqlitePath(from), path);
    return `sqlite:${path}`;
  },
  open: openSqlite,
  async remove(url) {
    rmSync(dirname(sqlitePath(url)), { recursive: true, force: true });
  },
  async removeOfRun(run) {
    const folders = readdirSync(quickFolder()).filter((name) => name.startsWith(`${prefix}${run}-`));
    for (const folder of folders) rmSync(join(quickFolder(), folder), { recursive: true, force: true });
  },
};

/** A file in a new folder. */
function placeOf(name: string): string {
  const folder = mkdtempSync(join(quickFolder(), `${prefix}${name.split('_').slice(-2)[0]}-`));
  return join(folder, `${encodeURIComponent(name)}.db`);
}

/** The file of a `sqlite:` URL. */
export function sqlitePath(url: string): string {
  return url.slice('sqlite:'.length);
}

/** Opens a connection; see `Connection` for its promises. Foreign keys are enforced on it. */
export function openSqlite(url: string): Connection {
  let opened: Database.Database | undefined;
  return {
    async query(sql, parameters = []) {
      opened ??= new Database(sqlitePath(url), { fileMustExist: true, timeout: 10_000 }).defaultSafeIntegers(true);
      const statement = opened.prepare(sql);
      if (statement.reader) return (statement.all(...parameters) as Row[]).map(exactRow);
      statement.run(...parameters);
      return [];
    },
    async close() {
      opened?.close();
      opened = undefined;
    },
  };
}

function exactRow(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? exactInteger(value) : value]),
  );
}
