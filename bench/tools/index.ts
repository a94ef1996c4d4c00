import { join } from 'node:path';
import { referenceApps } from './reference-app.ts';
import type { Tool } from './tool.ts';

const bench = join(import.meta.dirname, '..');
const root = join(bench, '..');
const peer = (path: string): string => join(bench, 'peers', path);
const installed = (path: string): string => join(bench, 'node_modules', path);

const mikroCli = [installed('@mikro-orm/cli/cli.js'), 'schema:update', '--run'];

/** All that is measured, in the order of the results. */
export const tools: readonly Tool[] = [
  {
    id: 'floor',
    name: 'floor: Node.js + driver + `select 1`',
    makesTables: false,
    command: (kind, url) => ({
      args: [peer(`floor/select-1-${kind === 'mariadb' ? 'mysql' : kind}.js`)],
      cwd: bench,
      env: { DATABASE_URL: url },
    }),
  },
  {
    id: 'mikrate',
    name: '**mikrate** `migrate --ci`',
    makesTables: true,
    command: (_, url) => ({
      args: [join(root, 'dist/main.js'), '--ci'],
      cwd: referenceApps.ours,
      env: { DATABASE_URL: url },
    }),
  },
  {
    id: 'knex',
    name: 'knex `migrate:latest`',
    makesTables: true,
    command: (_, url) => ({
      args: [installed('knex/bin/cli.js'), 'migrate:latest', '--knexfile', peer('knex/knexfile.js')],
      cwd: bench,
      env: { DATABASE_URL: url },
    }),
  },
  {
    id: 'knex-api',
    name: 'knex, no CLI',
    makesTables: true,
    command: (_, url) => ({ args: [peer('knex/run.js')], cwd: bench, env: { DATABASE_URL: url } }),
  },
  {
    id: 'umzug',
    name: 'umzug + sequelize',
    makesTables: true,
    command: (_, url) => ({ args: [peer('umzug/run.js')], cwd: bench, env: { DATABASE_URL: url } }),
  },
  {
    id: 'typeorm',
    name: 'typeorm `migration:run`',
    makesTables: true,
    command: (_, url) => ({
      args: [installed('typeorm/cli.js'), 'migration:run', '-d', peer('typeorm/data-source.js')],
      cwd: bench,
      env: { DATABASE_URL: url },
    }),
  },
  {
    id: 'mikro-cli',
    name: 'MikroORM `schema:update --run`',
    makesTables: true,
    command: (_, url) => ({ args: mikroCli, cwd: referenceApps.mikroOrm, env: { DATABASE_URL: url } }),
  },
  {
    id: 'mikro-cli-native',
    name: 'the same, without its TypeScript loader',
    makesTables: true,
    command: (_, url) => ({
      args: mikroCli,
      cwd: referenceApps.mikroOrm,
      env: { DATABASE_URL: url, MIKRO_ORM_CLI_PREFER_TS: '1', MIKRO_ORM_CLI_TS_LOADER: 'none' },
    }),
  },
  {
    id: 'mikro-api',
    name: 'MikroORM `orm.schema.update()`, no CLI',
    makesTables: true,
    command: (_, url) => ({ args: ['update.ts'], cwd: referenceApps.mikroOrm, env: { DATABASE_URL: url } }),
  },
  {
    id: 'drizzle',
    name: 'drizzle-kit `push`',
    makesTables: true,
    command: (_, url) => ({
      args: [installed('drizzle-kit/bin.cjs'), 'push', '--force', '--config', 'drizzle.config.js'],
      cwd: peer('drizzle'),
      env: { DATABASE_URL: url, DRIZZLE_SCHEMAS: peer('drizzle') },
    }),
  },
];
