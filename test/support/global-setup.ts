import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { databaseKinds, removeDatabasesOfRun } from './databases.ts';
import type { DatabaseKind } from './databases.ts';
import { environmentName, serverKinds, startServers } from './servers/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    serverUrls: { readonly [K in DatabaseKind]?: string };
  }
}

/** Provides the servers of a test run: their URLs by `inject('serverUrls')` and, for child processes, in the environment. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env['MIKRATE_TEST_RUN'] = `r${Date.now().toString(36)}${process.pid.toString(36)}`;
  // The hundreds of processes of a run compile the same files.
  process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'node-compile-cache');
  const servers = await startServers(serverKinds.filter((kind) => databaseKinds.includes(kind)));
  for (const { kind, url } of servers) process.env[environmentName(kind)] = url;
  project.provide('serverUrls', Object.fromEntries(servers.map(({ kind, url }) => [kind, url])));
  return async () => {
    await removeDatabasesOfRun();
    await Promise.all(servers.map((server) => server.stop()));
  };
}
