import { dirname, join, relative } from 'node:path';
import {
  digestContents,
  digestFile,
  digestFolder,
  digestVariable,
  versionOf,
  type IdleDigests,
} from './idle-digests.ts';
import type { LoadedConfig } from './load-config.ts';
import { chooseTarget, type OrmOptions, type Target } from './target.ts';
import type { Reads } from './watch-reads.ts';

/** Options of MikroORM that change how it connects; with one of them only the full path knows the way. */
const connectionOptions = [
  'driverOptions',
  'host',
  'port',
  'user',
  'password',
  'schema',
  'onCreateConnection',
  'replicas',
  'pool',
] as const;

export interface IdleInput {
  readonly config: LoadedConfig;
  readonly root: string;
  readonly reads: Reads;
  readonly version: string;
  readonly log: IdleDigests['log'];
  /** Folders of the migration files, from the root. */
  readonly migrationFolders: readonly string[];
  /** Evaluates the config as it would be with another DATABASE_URL; `undefined` unsets it. */
  evaluate(url: string | undefined): Promise<OrmOptions>;
}

/** The digests for the lock file; `undefined` where the database cannot be known without running the config. */
export async function readIdleDigests(input: IdleInput): Promise<IdleDigests | undefined> {
  const { config, root, reads, log } = input;
  if (config.migrate.migrationUrl !== undefined || !(await takesDatabaseUrl(input))) return undefined;
  const files = [...reads.files].toSorted();
  const variables = [...reads.variables].filter((name) => name !== 'DATABASE_URL').toSorted();
  const folders = [...new Set([...files.map((file) => dirname(file)), 'migrations'])].toSorted();
  const packages = [
    'mikrate',
    ...['core', 'sql', 'sqlite', 'postgresql', 'mysql', 'mariadb'].map((name) => `@mikro-orm/${name}`),
  ];
  const defaultFile = await defaultFileOf(input);
  return {
    files: Object.fromEntries(files.map((file) => [file, digestFile(join(root, file))])),
    folders: Object.fromEntries(
      folders.filter((folder) => folder !== '.').map((folder) => [folder, digestFolder(join(root, folder))]),
    ),
    migrations: Object.fromEntries(
      input.migrationFolders.map((folder) => [folder, digestContents(join(root, folder))]),
    ),
    packages: Object.fromEntries(packages.flatMap((name) => pair(name, versionOf(name, root)))),
    environment: Object.fromEntries(variables.map((name) => [name, digestVariable(process.env[name])])),
    ...(defaultFile !== undefined && { defaultFile }),
    log,
  };
}

/** A host that no config would name by itself, asked of each driver that may be installed. */
async function takesDatabaseUrl(input: IdleInput): Promise<boolean> {
  for (const url of [
    'sqlite:idle-probe.sqlite',
    'postgresql://idle.invalid:5999/idle',
    'mysql://idle.invalid:5999/idle',
    'mariadb://idle.invalid:5999/idle',
  ]) {
    const target = await targetWith(input, url);
    if (!target) continue;
    const isItsOwn =
      target.dialect === 'sqlite'
        ? target.database.endsWith('idle-probe.sqlite')
        : target.address === 'idle.invalid:5999';
    return isItsOwn;
  }
  return false;
}

async function defaultFileOf(input: IdleInput): Promise<string | undefined> {
  const target = await targetWith(input, undefined);
  if (target?.dialect !== 'sqlite' || target.database === ':memory:') return undefined;
  return relative(input.root, target.database);
}

/** The database that the config would choose; `undefined` where it fails or has ways of its own to connect. */
async function targetWith(
  { evaluate, config, version }: IdleInput,
  url: string | undefined,
): Promise<Target | undefined> {
  try {
    const options = await evaluate(url);
    if (connectionOptions.some((name) => options[name as keyof OrmOptions] !== undefined)) return undefined;
    return await chooseTarget(options, { environment: url }, { from: config.file, version });
  } catch {
    return undefined;
  }
}

const pair = (name: string, version: string | undefined): [string, string][] =>
  version === undefined ? [] : [[name, version]];
