import type { DialectName } from '../../schema/sql-by-dialect.ts';
import type { ServerInfo } from '../dialect.ts';
import type { Session } from '../session.ts';
import { literal } from './quote.ts';
import { hidesTables, missingRights, readGrants } from './rights.ts';

/** What the server is, what it is set to and what its user may not do. */
export async function readServer(session: Session): Promise<ServerInfo> {
  const [row] = await session.query<{
    version: string;
    comment: string;
    databaseName: string | null;
    userName: string;
  }>(
    'select version() as `version`, @@version_comment as `comment`, database() as `databaseName`, current_user() as `userName`',
  );
  const version = String(row?.version);
  const settings = await readSettings(session);
  const database = String(row?.databaseName ?? '');
  const user = String(row?.userName ?? '');
  const grants = await readGrants(session);
  return {
    dialect: dialectOf(version, String(row?.comment)),
    version: `${version} ${row?.comment ?? ''}`.trim(),
    database,
    user,
    readOnly: readOnlySettings.some((name) => isOn(settings[name])),
    missingRights: missingRights(grants, { database, user }),
    hidesTables: hidesTables(grants, database),
    settings,
  };
}

const readOnlySettings = ['read_only', 'super_read_only', 'innodb_read_only', 'transaction_read_only', 'tx_read_only'];

const isOn = (value: string | undefined): boolean => value !== undefined && !/^(?:off|0|no|)$/iu.test(value);

/** The product by its own words; what only speaks the protocol, and what is too old, is no dialect. */
export function dialectOf(version: string, comment: string): DialectName | undefined {
  const told = `${version} ${comment}`;
  if (
    /tidb|vitess|planetscale|oceanbase|singlestore|memsql|dolt|clickhouse|starrocks|doris|databend|polardb-x|proxysql/iu.test(
      told,
    )
  )
    return undefined;
  const name = /mariadb/iu.test(told) ? 'mariadb' : 'mysql';
  // Old MariaDB servers put a false `5.5.5-` before their version.
  const [major = 0, minor = 0] = version
    .replace(/^5\.5\.5-/u, '')
    .split('.')
    .map((part) => Number.parseInt(part, 10));
  if (name === 'mysql') return major >= 8 ? name : undefined;
  return major > 10 || (major === 10 && minor >= 6) ? name : undefined;
}

const settingNames = [
  ...readOnlySettings,
  'sql_mode',
  'time_zone',
  'system_time_zone',
  'lower_case_table_names',
  'character_set_server',
  'collation_server',
  'character_set_database',
  'collation_database',
  'default_storage_engine',
  'innodb_strict_mode',
  'innodb_default_row_format',
  'innodb_flush_log_at_trx_commit',
  'sync_binlog',
  'log_bin',
  'binlog_format',
  'lock_wait_timeout',
  'innodb_online_alter_log_max_size',
  'innodb_file_per_table',
  'explicit_defaults_for_timestamp',
  'foreign_key_checks',
  'max_allowed_packet',
  'sql_require_primary_key',
  'sql_generate_invisible_primary_key',
  'restrict_fk_on_non_standard_key',
  'log_bin_trust_function_creators',
  'offline_mode',
  // Several writers, between which a named lock does not hold.
  'wsrep_on',
  'wsrep_cluster_address',
  'pxc_strict_mode',
  'group_replication_group_name',
  'group_replication_single_primary_mode',
];

async function readSettings(session: Session): Promise<Record<string, string>> {
  const rows = await session.query(`show variables where variable_name in (${settingNames.map(literal).join(', ')})`);
  return Object.fromEntries(
    rows.map((row) => Object.values(row).map(String)).map(([name = '', value = '']) => [name.toLowerCase(), value]),
  );
}
