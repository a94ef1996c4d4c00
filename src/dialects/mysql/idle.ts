import { sha256 } from '../../schema/sha256.ts';
import type { IdleReader } from '../idle-reader.ts';
import { mysqlDigestSql } from './digest.ts';
import { quote } from './quote.ts';

interface Connection {
  query(sql: string, done: (error: Error | null, rows: readonly Record<string, unknown>[]) => void): void;
  destroy(): void;
}

interface Driver {
  createConnection(options: object): Connection;
}

/** MySQL through mysql2: one connection, two queries. */
export const readIdleState: IdleReader = idleReader(mysqlDigestSql);

/** A reader with its own digest of the catalogs. */
export function idleReader(digestSql: string): IdleReader {
  return async (target, tables, { load, meanwhile }) => {
    const connection = (load('mysql2') as Driver).createConnection({
      ...target,
      charset: 'utf8mb4',
      connectTimeout: 2000,
    });
    const ask = (sql: string): Promise<readonly Record<string, unknown>[]> =>
      new Promise((resolve, reject) => {
        connection.query(sql, (error, rows) => (error ? reject(error) : resolve(rows)));
      });
    try {
      const [head] = await ask(
        `select v.version, v.hash, v.\`release\`, v.event, (select l.settled_digest from ${quote(tables.lock)} l where l.id = 1) as settled from ${quote(tables.versions)} v order by v.version desc limit 1`,
      );
      const asked = ask(digestSql);
      meanwhile();
      const catalog = await asked;
      return {
        head: head && ({ ...head, version: Number(head['version']) } as never),
        settled: (head?.['settled'] as string | null | undefined) ?? null,
        digest: sha256(JSON.stringify(catalog)),
      };
    } finally {
      connection.destroy();
    }
  };
}
