import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, withArguments } from './command.ts';
import type { Command } from './command.ts';
import { createDataFolder, giveToServer } from './data-folder.ts';
import { connectOnce, prepareStart, userArguments } from './mysql-protocol.ts';
import type { RunningServer } from './server.ts';
import { supervise } from './supervise.ts';
import { findTools } from './tools.ts';
import type { Tools } from './tools.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** Starts a private MySQL. */
export async function startMysql(): Promise<RunningServer> {
  const mysqld = serverCommand(await findTools('mysql'));
  const folder = createDataFolder('mysql');
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o750 });
  giveToServer(data);
  const small = [
    '--innodb-redo-log-capacity=32M',
    '--innodb-flush-method=nosync',
    '--innodb-doublewrite=0',
    '--innodb-use-native-aio=0',
  ];
  await runCommand(
    withArguments(mysqld, ['--initialize-insecure', `--datadir=${data}`, ...userArguments(), ...small]),
    { cwd: folder },
  );
  const { port, args } = await prepareStart(folder, data);
  const own = [
    '--innodb-redo-log-capacity=32M',
    '--mysqlx=OFF',
    // By default four threads share each index, which costs three times the work when the table is small.
    '--innodb-ddl-threads=1',
    '--innodb-parallel-read-threads=1',
  ];
  const start = withArguments(mysqld, [...args, ...own]);
  const server = supervise(start, { folder, signal: 'KILL' });
  await waitUntilReady(server, () => connectOnce(port));
  return { kind: 'mysql', url: `mysql://root@127.0.0.1:${port}/mysql`, stop: server.stop };
}

function serverCommand(tools: Tools): Command {
  const mysqld = withArguments(tools.command('mysqld'), ['--no-defaults']);
  if (tools.root === undefined) return mysqld;
  const base = join(tools.root, 'usr');
  return withArguments(mysqld, [`--basedir=${base}`, `--lc-messages-dir=${base}/share/mysql`]);
}
