import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand, withArguments } from './command.ts';
import type { Command } from './command.ts';
import { hasDebianTools, unpackPackages } from './debian-packages.ts';
import type { PackageSet } from './debian-packages.ts';
import type { ServerKind } from './server.ts';

/** The programs of one database server: the server itself, what prepares its data folder, its client, its dump program. */
export interface Tools {
  /** Set for unpacked packages: the folder that stands for `/`. */
  readonly root?: string;
  command(name: string): Command;
}

interface ToolSource {
  readonly programs: readonly string[];
  readonly folders: () => readonly string[];
  readonly isRight?: (tools: Tools) => Promise<boolean>;
  readonly packages: PackageSet;
  readonly install: string;
}

const programFolders = () => [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'];

const sources: { readonly [K in ServerKind]: ToolSource } = {
  postgresql: {
    programs: ['postgres', 'initdb', 'psql', 'pg_dump'],
    folders: () => [...postgresFolders('/usr/lib/postgresql'), ...programFolders()],
    packages: { name: 'postgresql', suite: 'own', packages: ['postgresql'] },
    install: 'PostgreSQL (Debian: postgresql)',
  },
  mariadb: {
    programs: ['mariadbd', 'mariadb-install-db', 'mariadb', 'mariadb-dump'],
    folders: programFolders,
    packages: { name: 'mariadb', suite: 'own', packages: ['mariadb-server-core', 'mariadb-client'] },
    install: 'MariaDB (Debian: mariadb-server-core and mariadb-client)',
  },
  mysql: {
    programs: ['mysqld', 'mysql', 'mysqldump'],
    folders: programFolders,
    // MariaDB installs programs under these names too.
    isRight: async (tools) =>
      !/mariadb/i.test((await runCommand(withArguments(tools.command('mysqld'), ['--version']))).toString()),
    packages: { name: 'mysql', suite: 'sid', packages: ['mysql-server-core', 'mysql-client-core'] },
    install: 'MySQL (https://dev.mysql.com/downloads/mysql/)',
  },
};

const environmentNames: { readonly [K in ServerKind]: string } = {
  postgresql: 'MIKRATE_TEST_POSTGRES_URL',
  mariadb: 'MIKRATE_TEST_MARIADB_URL',
  mysql: 'MIKRATE_TEST_MYSQL_URL',
};

/** The name of the environment variable that holds the URL of a server to use instead of starting one. */
export function environmentName(kind: ServerKind): string {
  return environmentNames[kind];
}

/** The programs of a server: those of the machine, else those of downloaded packages. Fails saying what to install. */
export async function findTools(kind: ServerKind): Promise<Tools> {
  const source = sources[kind];
  const onMachine = findOnMachine(source);
  if (onMachine && (await source.isRight?.(onMachine)) !== false) return onMachine;
  if (!hasDebianTools()) throw new Error(adviceFor(kind));
  try {
    return await findInPackages(source);
  } catch (cause) {
    throw new Error(adviceFor(kind), { cause });
  }
}

function findOnMachine(source: ToolSource): Tools | undefined {
  const found = new Map<string, string>();
  for (const name of source.programs) {
    const file = source
      .folders()
      .map((folder) => join(folder, name))
      .find(isExecutable);
    if (!file) return undefined;
    found.set(name, file);
  }
  return { command: (name) => ({ file: found.get(name) ?? name, args: [] }) };
}

async function findInPackages(source: ToolSource): Promise<Tools> {
  const unpacked = await unpackPackages(source.packages);
  const folders = [
    ...postgresFolders(join(unpacked.root, 'usr/lib/postgresql')),
    ...['usr/bin', 'usr/sbin'].map((f) => join(unpacked.root, f)),
  ];
  return {
    root: unpacked.root,
    command(name) {
      const file = folders.map((folder) => join(folder, name)).find(existsSync);
      if (!file) throw new Error(`The packages ${source.packages.packages.join(', ')} brought no program "${name}".`);
      return unpacked.command(file.slice(unpacked.root.length + 1));
    },
  };
}

/** The programs' folder of each installed major version, newest first. */
function postgresFolders(base: string): string[] {
  if (!existsSync(base)) return [];
  return readdirSync(base)
    .sort((a, b) => Number(b) - Number(a))
    .map((major) => join(base, major, 'bin'));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function adviceFor(kind: ServerKind): string {
  return (
    `No ${kind} server for the tests: none on this machine, and its packages could not be downloaded. ` +
    `Install ${sources[kind].install}, or set ${environmentNames[kind]} to a server that tests may fill with databases, ` +
    'or choose a smaller run on purpose: MIKRATE_DATABASES=sqlite.'
  );
}
