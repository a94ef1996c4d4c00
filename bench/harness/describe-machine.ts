import { cpus, totalmem } from 'node:os';
import { createDatabase, type DatabaseKind } from '../../test/support/databases.ts';

export interface Machine {
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly platform: string;
  readonly servers: Readonly<Record<string, string>>;
}

const versionOf: { readonly [K in DatabaseKind]: string } = {
  sqlite: 'select sqlite_version() as v',
  postgresql: "select current_setting('server_version') as v",
  mariadb: 'select version() as v',
  mysql: 'select version() as v',
};

/** What the numbers depend on, and nothing that tells whose machine it is. */
export async function describeMachine(kinds: readonly DatabaseKind[]): Promise<Machine> {
  const servers = await Promise.all(kinds.map(async (kind) => [kind, await readVersion(kind)] as const));
  return {
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    servers: Object.fromEntries(servers),
  };
}

async function readVersion(kind: DatabaseKind): Promise<string> {
  const database = await createDatabase(kind, { name: 'bench' });
  try {
    const [row] = await database.query(versionOf[kind]);
    // `15.18 (Debian …)`, `10.11.19-MariaDB-…`: the number alone.
    return /^[\d.]+/u.exec(String(row?.['v']))?.[0] ?? '';
  } finally {
    await database.drop();
  }
}
