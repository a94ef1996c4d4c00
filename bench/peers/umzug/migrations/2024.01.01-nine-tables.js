import { DataTypes as T, literal } from 'sequelize';

/** The nine tables as a user of umzug and sequelize writes them with the query interface. */
export async function up({ context: tables }) {
  const dialect = tables.sequelize.getDialect();
  const isMysql = dialect === 'mysql';
  const datetime = dialect === 'postgres' ? 'TIMESTAMP' : T.DATE(0);

  const id = { type: T.INTEGER, primaryKey: true, autoIncrement: true };
  const required = (type, more = {}) => ({ type, allowNull: false, ...more });
  const now = () => required(datetime, { defaultValue: literal('CURRENT_TIMESTAMP') });
  const reference = (model, key = 'id') => ({ references: { model, key } });
  const unique = (table, name, ...fields) => tables.addIndex(table, fields, { name, unique: true });
  const index = (table, ...fields) => tables.addIndex(table, fields);

  await tables.createTable('users', {
    id,
    username: required(T.STRING(50)),
    email: required(T.STRING(255)),
    hashed_password: required(T.STRING(255)),
    password_format: required(T.STRING(20), { defaultValue: 'bcrypt' }),
    api_key: { type: T.STRING(255), unique: true },
    amember_user_id: { type: T.INTEGER, unique: true },
    is_active: required(T.BOOLEAN, { defaultValue: true }),
    created_at: now(),
    updated_at: now(),
  });
  await unique('users', 'unique_username', 'username');
  await unique('users', 'unique_email', 'email');
  await tables.createTable('groups', {
    id,
    name: required(T.STRING(50)),
    display_name: required(T.STRING(100)),
    description: T.TEXT,
    is_active: required(T.BOOLEAN, { defaultValue: true }),
    created_at: now(),
    updated_at: now(),
  });
  await unique('groups', 'unique_group_name', 'name');
  await tables.createTable('user_groups', {
    id,
    user_id: required(T.INTEGER, reference('users')),
    group_id: required(T.INTEGER, reference('groups')),
    assigned_by: { type: T.INTEGER, ...reference('users') },
    created_at: now(),
    updated_at: now(),
  });
  await unique('user_groups', 'unique_user_group', 'user_id', 'group_id');
  await index('user_groups', 'group_id');
  await index('user_groups', 'assigned_by');
  await tables.createTable('jails', {
    idjails: id,
    jail_name: required(T.STRING(255), { unique: true }),
    state: required(T.STRING(2)),
    jail_id: required(T.STRING(255), { unique: true }),
    scrape_system: required(T.STRING(255)),
    active: required(T.BOOLEAN, { defaultValue: false }),
    created_date: required(T.DATEONLY),
    updated_date: required(T.DATEONLY),
    last_scrape_date: T.DATEONLY,
    last_successful_scrape: datetime,
  });
  await tables.createTable('inmates', {
    idinmates: id,
    name: required(T.STRING(255)),
    race: required(T.STRING(255), { defaultValue: 'Unknown' }),
    sex: required(T.STRING(255), { defaultValue: 'Unknown' }),
    cell_block: T.STRING(255),
    arrest_date: T.DATEONLY,
    held_for_agency: T.STRING(255),
    mugshot: T.TEXT(isMysql ? 'medium' : undefined),
    dob: required(T.STRING(255), { defaultValue: 'Unknown' }),
    hold_reasons: isMysql ? "TEXT NOT NULL DEFAULT ('')" : required(T.TEXT, { defaultValue: '' }),
    is_juvenile: required(T.BOOLEAN, { defaultValue: false }),
    release_date: required(T.STRING(255), { defaultValue: '' }),
    in_custody_date: required(T.DATEONLY),
    last_seen: datetime,
    jail_id: required(T.STRING(255)),
    hide_record: required(T.BOOLEAN, { defaultValue: false }),
    ...(isMysql && { h: `binary(32) generated always as (${arrestHash}) virtual` }),
  });
  await index('inmates', 'name');
  await index('inmates', 'arrest_date');
  await index('inmates', 'last_seen');
  await index('inmates', 'jail_id');
  await index('inmates', 'jail_id', 'last_seen');
  await unique(
    'inmates',
    'unique_inmate_optimized',
    ...(isMysql ? ['jail_id', 'h'] : ['jail_id', 'arrest_date', 'name', 'dob', 'sex', 'race']),
  );
  await tables.createTable('monitors', {
    idmonitors: id,
    name: required(T.STRING(255)),
    user_id: T.INTEGER,
    arrest_date: T.DATEONLY,
    release_date: T.STRING(255),
    arrest_reason: T.STRING(255),
    arresting_agency: T.STRING(255),
    jail: T.STRING(255),
    mugshot: T.TEXT,
    enable_notifications: required(T.INTEGER, { defaultValue: 1 }),
    notify_method: { type: T.STRING(255), defaultValue: 'pushover' },
    notify_address: required(T.STRING(255), { defaultValue: '' }),
    last_seen_incarcerated: datetime,
  });
  await unique('monitors', 'unique_monitor', 'name', 'notify_address');
  await tables.createTable('monitor_links', {
    id,
    primary_monitor_id: required(T.INTEGER, reference('monitors', 'idmonitors')),
    linked_monitor_id: required(T.INTEGER, reference('monitors', 'idmonitors')),
    linked_by_user_id: required(T.INTEGER, reference('users')),
    link_reason: T.STRING(500),
    created_at: now(),
  });
  await unique('monitor_links', 'unique_monitor_link', 'primary_monitor_id', 'linked_monitor_id');
  await index('monitor_links', 'linked_monitor_id');
  await index('monitor_links', 'linked_by_user_id');
  await tables.createTable('monitor_inmate_links', {
    id,
    monitor_id: required(T.INTEGER, reference('monitors', 'idmonitors')),
    inmate_id: required(T.INTEGER),
    linked_by_user_id: required(T.INTEGER, reference('users')),
    is_excluded: required(T.BOOLEAN, { defaultValue: false }),
    link_reason: T.STRING(500),
    created_at: now(),
    updated_at: now(),
  });
  await unique('monitor_inmate_links', 'unique_monitor_inmate_link', 'monitor_id', 'inmate_id');
  await index('monitor_inmate_links', 'linked_by_user_id');
  await tables.createTable('sessions', {
    id,
    user_id: required(T.INTEGER, reference('users')),
    session_token: required(T.STRING(255), { unique: true }),
    login_time: now(),
    logout_time: datetime,
    ip_address: T.STRING(45),
    user_agent: T.TEXT,
    is_active: required(T.BOOLEAN, { defaultValue: true }),
    created_at: now(),
    updated_at: now(),
  });
  await index('sessions', 'user_id');
}

const fold = (column) =>
  `char_length(${column}), ':', lower(convert(${column} using utf8mb4) collate utf8mb4_unicode_ci)`;
const arrestHash = `unhex(sha2(concat(arrest_date, ':', ${['name', 'dob', 'sex', 'race'].map(fold).join(', ')}), 256))`;
