/** The nine tables as a knex user writes them: one migration. */
export async function up(knex) {
  const isMysql = knex.client.config.client === 'mysql2';
  const autoId = (table, name = 'id') => table.increments(name);
  const now = (table, name) => table.timestamp(name, { useTz: false }).notNullable().defaultTo(knex.fn.now());
  const time = (table, name) => table.datetime(name, { useTz: false });
  const reference = (table, name, target, column = 'id') => table.integer(name).references(column).inTable(target);
  const unsignedFor = (column) => (isMysql ? column.unsigned() : column);

  await knex.schema.createTable('users', (table) => {
    autoId(table);
    table.string('username', 50).notNullable().unique({ indexName: 'unique_username' });
    table.string('email', 255).notNullable().unique({ indexName: 'unique_email' });
    table.string('hashed_password', 255).notNullable();
    table.string('password_format', 20).notNullable().defaultTo('bcrypt');
    table.string('api_key', 255).unique();
    table.integer('amember_user_id').unique();
    table.boolean('is_active').notNullable().defaultTo(true);
    now(table, 'created_at');
    now(table, 'updated_at');
  });
  await knex.schema.createTable('groups', (table) => {
    autoId(table);
    table.string('name', 50).notNullable().unique({ indexName: 'unique_group_name' });
    table.string('display_name', 100).notNullable();
    table.text('description');
    table.boolean('is_active').notNullable().defaultTo(true);
    now(table, 'created_at');
    now(table, 'updated_at');
  });
  await knex.schema.createTable('user_groups', (table) => {
    autoId(table);
    unsignedFor(reference(table, 'user_id', 'users')).notNullable();
    unsignedFor(reference(table, 'group_id', 'groups'))
      .notNullable()
      .index();
    unsignedFor(reference(table, 'assigned_by', 'users')).index();
    now(table, 'created_at');
    now(table, 'updated_at');
    table.unique(['user_id', 'group_id'], { indexName: 'unique_user_group' });
  });
  await knex.schema.createTable('jails', (table) => {
    autoId(table, 'idjails');
    table.string('jail_name', 255).notNullable().unique();
    table.string('state', 2).notNullable();
    table.string('jail_id', 255).notNullable().unique();
    table.string('scrape_system', 255).notNullable();
    table.boolean('active').notNullable().defaultTo(false);
    table.date('created_date').notNullable();
    table.date('updated_date').notNullable();
    table.date('last_scrape_date');
    time(table, 'last_successful_scrape');
  });
  await knex.schema.createTable('inmates', (table) => {
    autoId(table, 'idinmates');
    table.string('name', 255).notNullable().index();
    table.string('race', 255).notNullable().defaultTo('Unknown');
    table.string('sex', 255).notNullable().defaultTo('Unknown');
    table.string('cell_block', 255);
    table.date('arrest_date').index();
    table.string('held_for_agency', 255);
    table.text('mugshot', 'mediumtext');
    table.string('dob', 255).notNullable().defaultTo('Unknown');
    table
      .text('hold_reasons')
      .notNullable()
      .defaultTo(isMysql ? knex.raw("('')") : '');
    table.boolean('is_juvenile').notNullable().defaultTo(false);
    table.string('release_date', 255).notNullable().defaultTo('');
    table.date('in_custody_date').notNullable();
    time(table, 'last_seen').index();
    table.string('jail_id', 255).notNullable().index();
    table.boolean('hide_record').notNullable().defaultTo(false);
    table.index(['jail_id', 'last_seen']);
    if (isMysql) table.specificType('h', `binary(32) generated always as (${arrestHash}) virtual`);
    const key = isMysql ? ['jail_id', 'h'] : ['jail_id', 'arrest_date', 'name', 'dob', 'sex', 'race'];
    table.unique(key, { indexName: 'unique_inmate_optimized' });
  });
  await knex.schema.createTable('monitors', (table) => {
    autoId(table, 'idmonitors');
    table.string('name', 255).notNullable();
    table.integer('user_id');
    table.date('arrest_date');
    table.string('release_date', 255);
    table.string('arrest_reason', 255);
    table.string('arresting_agency', 255);
    table.string('jail', 255);
    table.text('mugshot');
    table.integer('enable_notifications').notNullable().defaultTo(1);
    table.string('notify_method', 255).defaultTo('pushover');
    table.string('notify_address', 255).notNullable().defaultTo('');
    time(table, 'last_seen_incarcerated');
    table.unique(['name', 'notify_address'], { indexName: 'unique_monitor' });
  });
  await knex.schema.createTable('monitor_links', (table) => {
    autoId(table);
    unsignedFor(reference(table, 'primary_monitor_id', 'monitors', 'idmonitors')).notNullable();
    unsignedFor(reference(table, 'linked_monitor_id', 'monitors', 'idmonitors'))
      .notNullable()
      .index();
    unsignedFor(reference(table, 'linked_by_user_id', 'users'))
      .notNullable()
      .index();
    table.string('link_reason', 500);
    now(table, 'created_at');
    table.unique(['primary_monitor_id', 'linked_monitor_id'], { indexName: 'unique_monitor_link' });
  });
  await knex.schema.createTable('monitor_inmate_links', (table) => {
    autoId(table);
    unsignedFor(reference(table, 'monitor_id', 'monitors', 'idmonitors')).notNullable();
    table.integer('inmate_id').notNullable();
    unsignedFor(reference(table, 'linked_by_user_id', 'users'))
      .notNullable()
      .index();
    table.boolean('is_excluded').notNullable().defaultTo(false);
    table.string('link_reason', 500);
    now(table, 'created_at');
    now(table, 'updated_at');
    table.unique(['monitor_id', 'inmate_id'], { indexName: 'unique_monitor_inmate_link' });
  });
  await knex.schema.createTable('sessions', (table) => {
    autoId(table);
    unsignedFor(reference(table, 'user_id', 'users'))
      .notNullable()
      .index();
    table.string('session_token', 255).notNullable().unique();
    now(table, 'login_time');
    time(table, 'logout_time');
    table.string('ip_address', 45);
    table.text('user_agent');
    table.boolean('is_active').notNullable().defaultTo(true);
    now(table, 'created_at');
    now(table, 'updated_at');
  });
}

export async function down() {}

const fold = (column) =>
  `char_length(${column}), ':', lower(convert(${column} using utf8mb4) collate utf8mb4_unicode_ci)`;
const arrestHash = `unhex(sha2(concat(arrest_date, ':', ${['name', 'dob', 'sex', 'race'].map(fold).join(', ')}), 256))`;
