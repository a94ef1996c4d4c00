// Starts the test servers for work by hand, prints their URLs as lines for a shell, and stays until Ctrl-C:
//   npx node test/support/servers/run.ts > servers.env &
//   . ./servers.env; npx vitest
import { environmentName, serverKinds, startServers } from './index.ts';

const servers = await startServers(serverKinds);
for (const { kind, url } of servers) process.stdout.write(`export ${environmentName(kind)}='${url}'\n`);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
  process.exit(0);
}
