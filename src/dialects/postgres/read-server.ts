import type { ServerInfo } from '../dialect.ts';
import type { Session } from '../session.ts';
import { literal, quote } from './quote.ts';

/** What the server is, who we are there, and what we may not do. */
export async function readServer(session: Session): Promise<ServerInfo> {
  // Alone: what only looks like PostgreSQL may lack the catalogs that the next question needs.
  const [product] = await session.query<{ version: string }>('select version() as version');
  const version = product?.version ?? '';
  if (!isPostgres(version))
    return {
      dialect: undefined,
      version,
      database: '',
      user: '',
      readOnly: false,
      missingRights: [],
      hidesTables: false,
      settings: {},
    };
  const [row] = await session.query<ServerRow>(serverQuery);
  if (!row)
    return {
      dialect: undefined,
      version,
      database: '',
      user: '',
      readOnly: false,
      missingRights: [],
      hidesTables: false,
      settings: {},
    };
  return {
    dialect: 'postgresql',
    version: row.version,
    database: row.database,
    user: row.user,
    readOnly: row.read_only,
    missingRights: missingRights(row),
    hidesTables: false,
    settings: JSON.parse(row.settings) as Record<string, string>,
  };
}

/** Some products speak the protocol and say so in their version, but have other catalogs and other DDL; so has what is too old. */
function isPostgres(version: string): boolean {
  return (
    Number(/^(?:PostgreSQL|EnterpriseDB) (\d+)/u.exec(version)?.[1]) >= 12 &&
    !/CockroachDB|-YB-|Yugabyte|Redshift|Greenplum|Materialize|CrateDB|QuestDB|RisingWave|Spanner/iu.test(version)
  );
}

interface ServerRow {
  readonly version: string;
  readonly database: string;
  readonly user: string;
  readonly read_only: boolean;
  readonly home: string | null;
  readonly may_create: boolean;
  readonly path: string;
  readonly owners: string | null;
  readonly settings: string;
}

const settings = [
  'TimeZone',
  'server_encoding',
  'client_encoding',
  'search_path',
  'lock_timeout',
  'statement_timeout',
  'synchronous_commit',
  'fsync',
  'max_connections',
  'standard_conforming_strings',
];

const serverQuery = `select pg_catalog.current_setting('server_version') as version, pg_catalog.current_database()::text as database, current_user::text as "user",
  pg_catalog.pg_is_in_recovery() or pg_catalog.current_setting('transaction_read_only') = 'on' as read_only,
  pg_catalog.current_schema()::text as home,
  coalesce(pg_catalog.has_schema_privilege(pg_catalog.current_schema(), 'CREATE'), false) as may_create,
  pg_catalog.current_setting('search_path') as path,
  (select pg_catalog.json_agg(pg_catalog.json_build_array(o.owner, o.tables))::text from (
    select pg_catalog.pg_get_userbyid(c.relowner)::text as owner, pg_catalog.json_agg(c.relname order by c.relname) as tables
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = pg_catalog.current_schema() and c.relkind in ('r', 'p') and not pg_catalog.pg_has_role(c.relowner, 'USAGE')
    group by c.relowner) o) as owners,
  (select pg_catalog.json_object_agg(s.name, pg_catalog.current_setting(s.name))::text
    from pg_catalog.unnest(array[${settings.map(literal).join(', ')}]) s(name)) as settings`;

function missingRights(row: ServerRow): ServerInfo['missingRights'] {
  const user = quote(row.user);
  const owners = JSON.parse(row.owners ?? '[]') as [string, string[]][];
  return [
    ...missingHome(row, user),
    ...owners.map(([owner, tables]) => ({
      right: `change tables of ${owner} (${some(tables)})`,
      grant: `GRANT ${quote(owner)} TO ${user};`,
    })),
  ];
}

function missingHome(
  { home, may_create: mayCreate, path, database }: ServerRow,
  user: string,
): ServerInfo['missingRights'] {
  if (home !== null)
    return mayCreate
      ? []
      : [
          {
            right: `create objects in the schema ${home}`,
            grant: `GRANT USAGE, CREATE ON SCHEMA ${quote(home)} TO ${user};`,
          },
        ];
  const schema = /(?:^|[\s,])public(?:$|[\s,])/u.test(path) ? 'public' : undefined;
  const grant = schema
    ? `GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${user};`
    : `CREATE SCHEMA AUTHORIZATION ${user}; ALTER ROLE ${user} IN DATABASE ${quote(database)} SET search_path = ${user};`;
  return [{ right: `use any schema of the search path ${path}`, grant }];
}

function some(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
