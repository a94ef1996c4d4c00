import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from '@mikro-orm/core';

const defaultFile = fileURLToPath(new URL('data/jail-roster.sqlite', import.meta.url));

/**
 * The reference application's MikroORM options. `DATABASE_URL` says where the database is; without it, a SQLite file in
 * `data/`. A function, so that loading this file loads neither the models nor a driver.
 */
export default async (): Promise<Partial<Options>> => {
  const { adaptToPlatform, entities } = await import('./models/index.ts');
  return {
    ...(await connection(process.env['DATABASE_URL'] || `sqlite:${defaultFile}`)),
    entities,
    discovery: { onMetadata: adaptToPlatform },
  };
};

/** What `migrate` has to know beyond the models. */
export const migrate = {
  tables: {
    // The primary key is then (idinmates, jail_id); for the entities it stays idinmates, which auto_increment keeps unique.
    ...(process.env['PARTITION_INMATES'] === '1' && {
      inmates: { partitionBy: { mysql: 'KEY(jail_id) PARTITIONS 16' } },
    }),
  },
  criticalQueries: {
    monitors_basic: 'select idmonitors, name from monitors limit 1',
    monitors_arrest_date: 'select name, arrest_date from monitors limit 1',
    monitors_full: 'select name, arrest_date, arrest_reason, arresting_agency from monitors limit 1',
    monitors_user_relation: 'select name, user_id from monitors limit 1',
    monitors_notifications: 'select name, notify_method, notify_address from monitors limit 1',
    users_basic: 'select id, username from users limit 1',
    users_api_key: 'select username, api_key from users limit 1',
    users_amember: 'select username, amember_user_id from users limit 1',
    inmates_basic: 'select idinmates, name from inmates limit 1',
    inmates_mugshot: 'select name, mugshot from inmates limit 1',
    inmates_hold_reasons: 'select name, hold_reasons from inmates limit 1',
    groups_basic: withGroups((groups) => `select id, name from ${groups} limit 1`),
    user_groups: withGroups(
      (groups) =>
        'select users.username, g.name as group_name from users left join user_groups on user_groups.user_id = users.id ' +
        `left join ${groups} g on g.id = user_groups.group_id limit 1`,
    ),
  },
};

/** `groups` is a reserved word in MySQL 8 and later; MariaDB takes MySQL's spelling. */
function withGroups(query: (groups: string) => string): { mysql: string; postgresql: string; sqlite: string } {
  const quoted = query('"groups"');
  return { mysql: query('`groups`'), postgresql: quoted, sqlite: quoted };
}

/** Driver and address for a URL; imports that driver alone. */
async function connection(url: string): Promise<Partial<Options>> {
  const scheme = url.slice(0, url.indexOf(':'));
  switch (scheme) {
    case 'mysql':
      return { driver: (await import('@mikro-orm/mysql')).MySqlDriver, clientUrl: url };
    case 'mariadb':
      return { driver: (await import('@mikro-orm/mariadb')).MariaDbDriver, clientUrl: url };
    case 'postgres':
    case 'postgresql':
      return { driver: (await import('@mikro-orm/postgresql')).PostgreSqlDriver, clientUrl: url };
    case 'sqlite':
    case 'file':
      return { driver: (await import('@mikro-orm/sqlite')).SqliteDriver, dbName: sqliteFile(url) };
    default:
      throw new Error(
        `DATABASE_URL begins with "${scheme}:"; known are mysql, mariadb, postgresql, postgres, sqlite and file.`,
      );
  }
}

/** The path in a `sqlite:` or `file:` URL: `sqlite:relative`, `sqlite:/absolute`, `sqlite:///absolute`; makes its folder. */
function sqliteFile(url: string): string {
  const path = url.slice(url.indexOf(':') + 1).replace(/^\/\/(?=\/)/, '');
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  return path;
}
