import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { runCommand, withArguments } from './command.ts';
import { createDataFolder, giveToServer } from './data-folder.ts';
import { findFreePort } from './free-port.ts';
import type { RunningServer } from './server.ts';
import { asServerUser, supervise } from './supervise.ts';
import { findTools } from './tools.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** Durability off: a crash of the machine may lose a test database. */
const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const settings = {
  max_connections: '400',
  shared_buffers: '64MB',
  // Databases that live for seconds need no statistics, and to compile a query takes longer than to answer it.
  autovacuum: 'off',
  jit: 'off',
  // The log of `watchDdl`: every DDL statement, one file, the session's database in each line.
  log_statement: 'ddl',
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'server.log',
  log_rotation_age: '0',
  log_rotation_size: '0',
  log_line_prefix: '%m [%p] %d ',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/** The tests' own account comes in as it is; roles that tests make need their passwords. */
const access = 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n';

/** Starts a private PostgreSQL; a durable one has what is committed on the disk, as PostgreSQL does by itself. */
export async function startPostgres({ isDurable = false } = {}): Promise<RunningServer> {
  const tools = await findTools('postgresql');
  const folder = createDataFolder('postgresql', isDurable ? tmpdir() : undefined);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  giveToServer(data);
  const initialize = ['-A', 'trust', '-U', 'postgres', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', '-D', data];
  await runCommand(asServerUser(withArguments(tools.command('initdb'), initialize)), { cwd: folder });
  writeFileSync(join(data, 'pg_hba.conf'), access);
  const port = await findFreePort();
  const start = [
    '-D',
    data,
    '-p',
    String(port),
    '-k',
    folder,
    '-h',
    '127.0.0.1',
    ...settingArguments(isDurable ? settings : { ...settings, ...quick }),
  ];
  const server = supervise(asServerUser(withArguments(tools.command('postgres'), start)), { folder, signal: 'QUIT' });
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  await waitUntilReady(server, () => connectOnce(url));
  return { kind: 'postgresql', url, stop: server.stop };
}

function settingArguments(chosen: Readonly<Record<string, string>>): string[] {
  return Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function connectOnce(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.end();
}
