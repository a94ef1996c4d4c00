import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { findFreePort } from './free-port.ts';
import { serverUser } from './server-user.ts';

/** What MySQL and MariaDB need alike: the account that the tests use, and the arguments that make a start quick. */
export interface MysqlStart {
  readonly port: number;
  readonly args: readonly string[];
}

/** Arguments for a server whose data are in `data` and whose other files are in `folder`. */
export async function prepareStart(folder: string, data: string): Promise<MysqlStart> {
  const port = await findFreePort();
  const accounts = join(folder, 'accounts.sql');
  // Without name resolution 127.0.0.1 is not `localhost`, the only host that the first root account may come from.
  writeFileSync(
    accounts,
    "CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY '';\n" +
      "GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n",
  );
  const args = [
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    `--init-file=${accounts}`,
    `--socket=${join(folder, 's.sock')}`,
    `--pid-file=${join(folder, 'own.pid')}`,
    // A server that starts deletes the temporary tables of any other that shares its folder for them.
    `--tmpdir=${folder}`,
    ...userArguments(),
    '--max-connections=400',
    '--character-set-server=utf8mb4',
    '--skip-log-bin',
    '--secure-file-priv=',
    // Durability off: a crash of the machine may lose a test database.
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-doublewrite=0',
    '--innodb-buffer-pool-size=128M',
    '--innodb-flush-method=nosync',
    '--innodb-use-native-aio=0',
  ];
  return { port, args };
}

/** As root a server is told to become another user. */
export function userArguments(): string[] {
  const user = serverUser();
  return user ? [`--user=${user.name}`] : [];
}

/** Proves that the server takes the tests' account. */
export async function connectOnce(port: number): Promise<void> {
  const connection = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root', connectTimeout: 2000 });
  await connection.query('SELECT 1');
  await connection.end();
}
