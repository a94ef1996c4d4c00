import { sha256 } from '../../schema/sha256.ts';
import type { IdleReader } from '../idle-reader.ts';
import { digestSql } from './digest.ts';
import { quote } from './quote.ts';

interface Driver {
  readonly Client: new (options: object) => {
    connect(): Promise<void>;
    query(sql: string): Promise<readonly { readonly rows: readonly Record<string, unknown>[] }[]>;
    end(): Promise<void>;
  };
}

/** PostgreSQL through pg: one connection, two queries in one message. */
export const readIdleState: IdleReader = async (
  { host, port, user, password, database, ssl },
  tables,
  { load, meanwhile },
) => {
  const { Client } = load('pg') as Driver;
  const client = new Client({ host, port, user, password, database, ssl, connectionTimeoutMillis: 2000 });
  await client.connect();
  try {
    const name = (table: string): string =>
      tables.schema === undefined ? quote(table) : `${quote(tables.schema)}.${quote(table)}`;
    const asked = client.query(
      `select v.version, v.hash, v.release, v.event, (select l.settled_digest from ${name(tables.lock)} l where l.id = 1) as settled from ${name(tables.versions)} v order by v.version desc limit 1;\n${digestSql}`,
    );
    meanwhile();
    const [log, catalog] = await asked;
    const [head] = log?.rows ?? [];
    return {
      head: head && ({ ...head, version: Number(head['version']) } as never),
      settled: (head?.['settled'] as string | null | undefined) ?? null,
      digest: sha256(JSON.stringify(catalog?.rows)),
    };
  } finally {
    void client.end();
  }
};
