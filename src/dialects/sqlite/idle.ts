import { sha256 } from '../../schema/sha256.ts';
import type { IdleReader } from '../idle-reader.ts';
import { digestSql } from './digest.ts';
import { quote } from './quote.ts';

interface Driver {
  new (
    file: string,
    options: { readonly readonly: true; readonly fileMustExist: true; readonly timeout: number },
  ): {
    prepare(sql: string): { all(): unknown[]; get(): unknown };
    close(): void;
  };
}

/** SQLite through better-sqlite3, opened read-only. */
export const readIdleState: IdleReader = async (target, tables, { load, meanwhile }) => {
  const Database = load('better-sqlite3') as Driver;
  const database = new Database(target.database, { readonly: true, fileMustExist: true, timeout: 1000 });
  try {
    const head = database
      .prepare(`select version, hash, release, event from ${quote(tables.versions)} order by version desc limit 1`)
      .get();
    const lock = database.prepare(`select settled_digest as settled from ${quote(tables.lock)} where id = 1`).get() as
      | { settled: string | null }
      | undefined;
    const digest = sha256(JSON.stringify(database.prepare(digestSql).all()));
    meanwhile();
    return { head: head as never, settled: lock?.settled ?? null, digest };
  } finally {
    database.close();
  }
};
