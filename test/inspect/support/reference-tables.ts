import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { Column, Default, ForeignKey, Index, Table } from '../../../src/schema/schema.ts';
import type { DialectName } from '../../../src/schema/sql-by-dialect.ts';

/**
 * The nine tables as the reference application's specification lists them, independent of the entities:
 * `column type[!] [= default]`, `!` for NOT NULL; then unique keys, indexes, foreign keys.
 */
const specification: Readonly<
  Record<
    string,
    {
      columns: string;
      uniques?: Record<string, string>;
      indexes?: Record<string, string>;
      foreignKeys?: Record<string, string>;
    }
  >
> = {
  users: {
    columns: `id auto · username string(50)! · email string(255)! · hashed_password string(255)! · password_format string(20)! = 'bcrypt' · api_key string(255) ·
      amember_user_id integer · is_active boolean! = true · created_at datetime! = now · updated_at datetime! = now`,
    uniques: {
      unique_username: 'username',
      unique_email: 'email',
      users_api_key_unique: 'api_key',
      users_amember_user_id_unique: 'amember_user_id',
    },
  },
  groups: {
    columns:
      'id auto · name string(50)! · display_name string(100)! · description text · is_active boolean! = true · created_at datetime! = now · updated_at datetime! = now',
    uniques: { unique_group_name: 'name' },
  },
  user_groups: {
    columns:
      'id auto · user_id integer! · group_id integer! · assigned_by integer · created_at datetime! = now · updated_at datetime! = now',
    uniques: { unique_user_group: 'user_id, group_id' },
    indexes: { user_groups_group_id_index: 'group_id', user_groups_assigned_by_index: 'assigned_by' },
    foreignKeys: {
      user_groups_user_id_foreign: 'user_id → users.id',
      user_groups_group_id_foreign: 'group_id → groups.id',
      user_groups_assigned_by_foreign: 'assigned_by → users.id',
    },
  },
  jails: {
    columns: `idjails auto · jail_name string(255)! · state string(2)! · jail_id string(255)! · scrape_system string(255)! · active boolean! = false · created_date date! ·
      updated_date date! · last_scrape_date date · last_successful_scrape datetime`,
    uniques: { jails_jail_name_unique: 'jail_name', jails_jail_id_unique: 'jail_id' },
  },
  inmates: {
    columns: `idinmates auto · name string(255)! · race string(255)! = 'Unknown' · sex string(255)! = 'Unknown' · cell_block string(255) · arrest_date date ·
      held_for_agency string(255) · mugshot longer · dob string(255)! = 'Unknown' · hold_reasons text! = '' · is_juvenile boolean! = false · release_date string(255)! = '' ·
      in_custody_date date! · last_seen datetime · jail_id string(255)! · hide_record boolean! = false`,
    uniques: { unique_inmate_optimized: 'jail_id, arrest_date, name, dob, sex, race' },
    indexes: {
      inmates_name_index: 'name',
      inmates_arrest_date_index: 'arrest_date',
      inmates_last_seen_index: 'last_seen',
      inmates_jail_id_index: 'jail_id',
      inmates_jail_id_last_seen_index: 'jail_id, last_seen',
    },
  },
  monitors: {
    columns: `idmonitors auto · name string(255)! · user_id integer · arrest_date date · release_date string(255) · arrest_reason string(255) · arresting_agency string(255) ·
      jail string(255) · mugshot text · enable_notifications integer! = 1 · notify_method string(255) = 'pushover' · notify_address string(255)! = '' · last_seen_incarcerated datetime`,
    uniques: { unique_monitor: 'name, notify_address' },
  },
  monitor_links: {
    columns:
      'id auto · primary_monitor_id integer! · linked_monitor_id integer! · linked_by_user_id integer! · link_reason string(500) · created_at datetime! = now',
    uniques: { unique_monitor_link: 'primary_monitor_id, linked_monitor_id' },
    indexes: {
      monitor_links_linked_monitor_id_index: 'linked_monitor_id',
      monitor_links_linked_by_user_id_index: 'linked_by_user_id',
    },
    foreignKeys: {
      monitor_links_primary_monitor_id_foreign: 'primary_monitor_id → monitors.idmonitors',
      monitor_links_linked_monitor_id_foreign: 'linked_monitor_id → monitors.idmonitors',
      monitor_links_linked_by_user_id_foreign: 'linked_by_user_id → users.id',
    },
  },
  monitor_inmate_links: {
    columns: `id auto · monitor_id integer! · inmate_id integer! · linked_by_user_id integer! · is_excluded boolean! = false · link_reason string(500) ·
      created_at datetime! = now · updated_at datetime! = now`,
    uniques: { unique_monitor_inmate_link: 'monitor_id, inmate_id' },
    indexes: { monitor_inmate_links_linked_by_user_id_index: 'linked_by_user_id' },
    foreignKeys: {
      monitor_inmate_links_monitor_id_foreign: 'monitor_id → monitors.idmonitors',
      monitor_inmate_links_linked_by_user_id_foreign: 'linked_by_user_id → users.id',
    },
  },
  sessions: {
    columns: `id auto · user_id integer! · session_token string(255)! · login_time datetime! = now · logout_time datetime · ip_address string(45) · user_agent text ·
      is_active boolean! = true · created_at datetime! = now · updated_at datetime! = now`,
    uniques: { sessions_session_token_unique: 'session_token' },
    indexes: { sessions_user_id_index: 'user_id' },
    foreignKeys: { sessions_user_id_foreign: 'user_id → users.id' },
  },
};

/** What a table of the specification is on one database; indexes in the order of their names. */
export function referenceTables(dialect: DialectName): Readonly<Record<string, Table>> {
  return Object.fromEntries(Object.keys(specification).map((name) => [name, referenceTable(name, dialect)]));
}

/** Indexes have no order of their own. */
export function withSortedIndexes(table: Table): Table {
  return { ...table, indexes: [...table.indexes].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function referenceTable(name: string, dialect: DialectName): Table {
  const { columns, uniques = {}, indexes = {}, foreignKeys = {} } = specification[name] ?? { columns: '' };
  const all = columns.split('·').map((text) => columnOf(text.trim(), dialect));
  const key = all[0]?.name ?? '';
  const isMySql = dialect === 'mysql' || dialect === 'mariadb';
  const unique = (index: Index): Index => ({
    ...index,
    unique: true,
    ...(dialect === 'postgresql' && { constraint: true }),
  });
  return withSortedIndexes({
    name,
    columns: Object.fromEntries(all.map((column) => [column.name, column])),
    primaryKey: { ...(dialect === 'postgresql' && { name: `${name}_pkey` }), columns: [key] },
    indexes: [
      ...Object.entries(uniques).map(([index, list]) => unique(indexOf(index, list))),
      ...Object.entries(indexes).map(([index, list]) => indexOf(index, list)),
    ],
    foreignKeys: Object.entries(foreignKeys).map(([foreignKey, text]) => foreignKeyOf(foreignKey, text)),
    checks: [],
    triggers: [],
    ...(isMySql && { storage: { engine: 'InnoDB', charset: 'utf8mb4' } }),
  });
}

function columnOf(text: string, dialect: DialectName): Column {
  const [, name = '', type = '', required, value] = /^(\w+) ([a-z()0-9]+)(!)?(?: = (.*))?$/u.exec(text) ?? [];
  if (type === 'auto') return { name, type: { type: 'integer', bits: 32 }, nullable: false, autoIncrement: true };
  return {
    name,
    type: typeOf(type, dialect),
    nullable: required === undefined,
    ...(value !== undefined && { default: defaultOf(value, dialect) }),
  };
}

function typeOf(text: string, dialect: DialectName): LogicalType {
  const length = /\((\d+)\)/u.exec(text)?.[1];
  if (length !== undefined) return { type: 'string', length: Number(length) };
  if (text === 'integer') return { type: 'integer', bits: 32 };
  if (text === 'longer')
    return dialect === 'mysql' || dialect === 'mariadb' ? { type: 'text', size: 'medium' } : { type: 'text' };
  return { type: text as 'text' | 'boolean' | 'date' | 'datetime' };
}

/** SQLite has no booleans: its defaults are numbers. */
function defaultOf(text: string, dialect: DialectName): Default {
  if (text === 'now') return { now: true };
  if (text === 'true' || text === 'false')
    return { value: dialect === 'sqlite' ? Number(text === 'true') : text === 'true' };
  return { value: text.startsWith("'") ? text.slice(1, -1) : Number(text) };
}

function indexOf(name: string, columns: string): Index {
  return { name, parts: columns.split(', ').map((column) => ({ column })), unique: false };
}

function foreignKeyOf(name: string, text: string): ForeignKey {
  const [, column = '', table = '', key = ''] = /^(\w+) → (\w+)\.(\w+)$/u.exec(text) ?? [];
  return { name, columns: [column], references: { table, columns: [key] } };
}
