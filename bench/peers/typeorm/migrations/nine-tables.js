import { Table } from 'typeorm';

/** The nine tables as a typeorm user writes them with the query runner. */
export class NineTables1704067200000 {
  async up(runner) {
    const kind = runner.connection.options.type;
    const isMysql = kind === 'mysql' || kind === 'mariadb';
    const datetime = kind === 'postgres' ? 'timestamp' : 'datetime';
    const boolean = kind === 'better-sqlite3' ? 'integer' : 'boolean';
    const integer = kind === 'better-sqlite3' ? 'integer' : 'int';

    const id = (name = 'id') => ({
      name,
      type: integer,
      isPrimary: true,
      isGenerated: true,
      generationStrategy: 'increment',
    });
    const string = (name, length, more = {}) => ({ name, type: 'varchar', length: String(length), ...more });
    const text = (name, more = {}) => ({ name, type: 'text', ...more });
    const int = (name, more = {}) => ({ name, type: integer, ...more });
    const bool = (name, value) => ({
      name,
      type: boolean,
      default: value ? (kind === 'postgres' ? 'true' : '1') : kind === 'postgres' ? 'false' : '0',
    });
    const date = (name, more = {}) => ({ name, type: 'date', ...more });
    const time = (name) => ({ name, type: datetime, isNullable: true });
    const now = (name) => ({ name, type: datetime, default: kind === 'postgres' ? 'now()' : 'CURRENT_TIMESTAMP' });
    const nullable = { isNullable: true };
    const unique = { isUnique: true };
    const reference = (column, table, target = 'id') => ({
      columnNames: [column],
      referencedTableName: table,
      referencedColumnNames: [target],
    });
    const uniqueIndex = (name, ...columnNames) => ({ name, columnNames, isUnique: true });
    const index = (...columnNames) => ({ columnNames });
    const create = (name, columns, rest = {}) => runner.createTable(new Table({ name, columns, ...rest }));

    await create(
      'users',
      [
        id(),
        string('username', 50),
        string('email', 255),
        string('hashed_password', 255),
        string('password_format', 20, { default: "'bcrypt'" }),
        string('api_key', 255, { ...nullable, ...unique }),
        int('amember_user_id', { ...nullable, ...unique }),
        bool('is_active', true),
        now('created_at'),
        now('updated_at'),
      ],
      { indices: [uniqueIndex('unique_username', 'username'), uniqueIndex('unique_email', 'email')] },
    );
    await create(
      'groups',
      [
        id(),
        string('name', 50),
        string('display_name', 100),
        text('description', nullable),
        bool('is_active', true),
        now('created_at'),
        now('updated_at'),
      ],
      { indices: [uniqueIndex('unique_group_name', 'name')] },
    );
    await create(
      'user_groups',
      [id(), int('user_id'), int('group_id'), int('assigned_by', nullable), now('created_at'), now('updated_at')],
      {
        indices: [uniqueIndex('unique_user_group', 'user_id', 'group_id'), index('group_id'), index('assigned_by')],
        foreignKeys: [
          reference('user_id', 'users'),
          reference('group_id', 'groups'),
          reference('assigned_by', 'users'),
        ],
      },
    );
    await create('jails', [
      id('idjails'),
      string('jail_name', 255, unique),
      string('state', 2),
      string('jail_id', 255, unique),
      string('scrape_system', 255),
      bool('active', false),
      date('created_date'),
      date('updated_date'),
      date('last_scrape_date', nullable),
      time('last_successful_scrape'),
    ]);
    await create(
      'inmates',
      [
        id('idinmates'),
        string('name', 255),
        string('race', 255, { default: "'Unknown'" }),
        string('sex', 255, { default: "'Unknown'" }),
        string('cell_block', 255, nullable),
        date('arrest_date', nullable),
        string('held_for_agency', 255, nullable),
        { name: 'mugshot', type: isMysql ? 'mediumtext' : 'text', ...nullable },
        string('dob', 255, { default: "'Unknown'" }),
        text('hold_reasons', { default: isMysql ? "('')" : "''" }),
        bool('is_juvenile', false),
        string('release_date', 255, { default: "''" }),
        date('in_custody_date'),
        time('last_seen'),
        string('jail_id', 255),
        bool('hide_record', false),
      ],
      {
        indices: [
          index('name'),
          index('arrest_date'),
          index('last_seen'),
          index('jail_id'),
          index('jail_id', 'last_seen'),
          ...(isMysql
            ? []
            : [uniqueIndex('unique_inmate_optimized', 'jail_id', 'arrest_date', 'name', 'dob', 'sex', 'race')]),
        ],
      },
    );
    // Its own generated columns need a table of metadata that only typeorm's schema sync makes.
    if (isMysql)
      await runner.query(
        `alter table inmates add h binary(32) generated always as (${arrestHash}) virtual, add unique unique_inmate_optimized (jail_id, h)`,
      );
    await create(
      'monitors',
      [
        id('idmonitors'),
        string('name', 255),
        int('user_id', nullable),
        date('arrest_date', nullable),
        string('release_date', 255, nullable),
        string('arrest_reason', 255, nullable),
        string('arresting_agency', 255, nullable),
        string('jail', 255, nullable),
        text('mugshot', nullable),
        int('enable_notifications', { default: '1' }),
        string('notify_method', 255, { ...nullable, default: "'pushover'" }),
        string('notify_address', 255, { default: "''" }),
        time('last_seen_incarcerated'),
      ],
      { indices: [uniqueIndex('unique_monitor', 'name', 'notify_address')] },
    );
    await create(
      'monitor_links',
      [
        id(),
        int('primary_monitor_id'),
        int('linked_monitor_id'),
        int('linked_by_user_id'),
        string('link_reason', 500, nullable),
        now('created_at'),
      ],
      {
        indices: [
          uniqueIndex('unique_monitor_link', 'primary_monitor_id', 'linked_monitor_id'),
          index('linked_monitor_id'),
          index('linked_by_user_id'),
        ],
        foreignKeys: [
          reference('primary_monitor_id', 'monitors', 'idmonitors'),
          reference('linked_monitor_id', 'monitors', 'idmonitors'),
          reference('linked_by_user_id', 'users'),
        ],
      },
    );
    await create(
      'monitor_inmate_links',
      [
        id(),
        int('monitor_id'),
        int('inmate_id'),
        int('linked_by_user_id'),
        bool('is_excluded', false),
        string('link_reason', 500, nullable),
        now('created_at'),
        now('updated_at'),
      ],
      {
        indices: [uniqueIndex('unique_monitor_inmate_link', 'monitor_id', 'inmate_id'), index('linked_by_user_id')],
        foreignKeys: [reference('monitor_id', 'monitors', 'idmonitors'), reference('linked_by_user_id', 'users')],
      },
    );
    await create(
      'sessions',
      [
        id(),
        int('user_id'),
        string('session_token', 255, unique),
        now('login_time'),
        time('logout_time'),
        string('ip_address', 45, nullable),
        text('user_agent', nullable),
        bool('is_active', true),
        now('created_at'),
        now('updated_at'),
      ],
      { indices: [index('user_id')], foreignKeys: [reference('user_id', 'users')] },
    );
  }

  async down() {}
}

const fold = (column) =>
  `char_length(${column}), ':', lower(convert(${column} using utf8mb4) collate utf8mb4_unicode_ci)`;
const arrestHash = `unhex(sha2(concat(arrest_date, ':', ${['name', 'dob', 'sex', 'race'].map(fold).join(', ')}), 256))`;
