import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, withArguments } from './command.ts';
import { createDataFolder, giveToServer } from './data-folder.ts';
import { connectOnce, prepareStart, userArguments } from './mysql-protocol.ts';
import type { RunningServer } from './server.ts';
import { supervise } from './supervise.ts';
import { findTools } from './tools.ts';
import type { Tools } from './tools.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** Starts a private MariaDB. */
export async function startMariadb(): Promise<RunningServer> {
  const tools = await findTools('mariadb');
  const folder = createDataFolder('mariadb');
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o750 });
  giveToServer(data);
  const initialize = [
    '--no-defaults',
    ...baseArguments(tools),
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--innodb-log-file-size=32M',
    '--innodb-flush-method=nosync',
    // The folder for temporary files may be closed to the server's user.
    `--tmpdir=${folder}`,
    ...userArguments(),
  ];
  await runCommand(withArguments(tools.command('mariadb-install-db'), initialize), { cwd: folder });
  const { port, args } = await prepareStart(folder, data);
  const own = ['--no-defaults', ...baseArguments(tools), ...args, '--innodb-log-file-size=32M'];
  const server = supervise(withArguments(tools.command('mariadbd'), own), { folder, signal: 'KILL' });
  await waitUntilReady(server, () => connectOnce(port));
  return { kind: 'mariadb', url: `mariadb://root@127.0.0.1:${port}/mysql`, stop: server.stop };
}

function baseArguments(tools: Tools): string[] {
  if (tools.root === undefined) return [];
  return [`--basedir=${join(tools.root, 'usr')}`];
}
