import { startMariadb } from './mariadb.ts';
import { startMysql } from './mysql.ts';
import { startPostgres } from './postgres.ts';
import { showProgress } from './progress.ts';
import type { RunningServer, ServerKind } from './server.ts';
import { environmentName } from './tools.ts';

export { environmentName, findTools } from './tools.ts';
export type { Tools } from './tools.ts';
export type { RunningServer, ServerKind } from './server.ts';

const starters: { readonly [K in ServerKind]: () => Promise<RunningServer> } = {
  postgresql: startPostgres,
  mariadb: startMariadb,
  mysql: startMysql,
};

/** The kinds of database that run as a server. */
export const serverKinds = Object.keys(starters) as readonly ServerKind[];

/**
 * Provides a server of each kind: the one that the environment names, else a private one that ends with this process.
 * If one cannot be had, the others are stopped and the error says what to install.
 */
export async function startServers(kinds: readonly ServerKind[]): Promise<RunningServer[]> {
  const results = await Promise.allSettled(kinds.map(startServer));
  const failed = results.find((result) => result.status === 'rejected');
  const running = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (!failed) return running;
  await Promise.all(running.map((server) => server.stop()));
  throw failed.reason;
}

async function startServer(kind: ServerKind): Promise<RunningServer> {
  const given = process.env[environmentName(kind)];
  if (given) return { kind, url: given, stop: async () => undefined };
  const begin = performance.now();
  showProgress(`${kind}: starting …`);
  const server = await starters[kind]();
  showProgress(`${kind}: ready after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  return server;
}
