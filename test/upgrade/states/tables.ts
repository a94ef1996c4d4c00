import { column, id, nullable, string } from './old-table.ts';
import type { OldTable } from './old-table.ts';

const timestamps = [column('created_at', 'datetime'), column('updated_at', 'datetime')];

/** Six whole columns are over MySQL's limit of 3,072 bytes: there, someone has cut what is always short. */
export const arrestKeyLengths = { race: 64, sex: 64, dob: 64 };

// The tables as each was when it first appeared.

export const jails: OldTable = {
  name: 'jails',
  columns: [
    id('idjails'),
    string('jail_name'),
    string('state', 2),
    string('jail_id'),
    string('scrape_system'),
    column('active', 'boolean'),
    column('created_date', 'date'),
    column('updated_date', 'date'),
    nullable(column('last_scrape_date', 'date')),
    nullable(column('last_successful_scrape', 'datetime')),
  ],
  uniques: [{ columns: ['jail_name'] }, { columns: ['jail_id'] }],
};

export const inmates: OldTable = {
  name: 'inmates',
  columns: [
    id('idinmates'),
    string('name'),
    string('race'),
    string('sex'),
    nullable(string('cell_block')),
    nullable(column('arrest_date', 'date')),
    nullable(string('held_for_agency')),
    nullable(column('mugshot', 'text')),
    string('dob'),
    column('hold_reasons', 'text'),
    column('is_juvenile', 'boolean'),
    string('release_date'),
    column('in_custody_date', 'date'),
    string('jail_id'),
    column('hide_record', 'boolean'),
  ],
  uniques: [{ name: 'unique_inmate', columns: ['name', 'dob', 'jail_id', 'arrest_date'], mysqlPrefix: { dob: 64 } }],
  indexes: [{ name: 'ix_inmates_name', columns: ['name'] }],
  foreignKeys: [{ column: 'jail_id', table: 'jails', references: 'jail_id' }],
};

export const monitors: OldTable = {
  name: 'monitors',
  columns: [
    id('idmonitors'),
    string('name'),
    nullable(column('arrest_date', 'date')),
    nullable(string('release_date')),
    nullable(string('arrest_reason')),
    nullable(string('arresting_agency')),
    nullable(string('jail')),
    nullable(column('mugshot', 'text')),
    column('enable_notifications', 'int'),
    nullable(string('notify_method')),
    string('notify_address'),
    nullable(column('last_seen_incarcerated', 'datetime')),
  ],
  uniques: [{ name: 'unique_monitor', columns: ['name', 'notify_address'] }],
  indexes: [{ name: 'ix_monitors_jail', columns: ['jail'] }],
};

export const users: OldTable = {
  name: 'users',
  columns: [
    id(),
    string('username', 50),
    string('email'),
    string('hashed_password'),
    string('role', 20),
    column('is_active', 'boolean'),
    ...timestamps,
  ],
  uniques: [{ columns: ['username'] }, { columns: ['email'] }],
};

export const monitorLinks: OldTable = {
  name: 'monitor_links',
  columns: [
    id(),
    column('primary_monitor_id', 'int'),
    column('linked_monitor_id', 'int'),
    column('linked_by_user_id', 'int'),
    nullable(string('link_reason', 500)),
    column('created_at', 'datetime'),
  ],
  uniques: [{ name: 'unique_monitor_link', columns: ['primary_monitor_id', 'linked_monitor_id'] }],
  foreignKeys: [
    { column: 'primary_monitor_id', table: 'monitors', references: 'idmonitors' },
    { column: 'linked_monitor_id', table: 'monitors', references: 'idmonitors' },
    { column: 'linked_by_user_id', table: 'users', references: 'id' },
  ],
};

export const monitorInmateLinks: OldTable = {
  name: 'monitor_inmate_links',
  columns: [
    id(),
    column('monitor_id', 'int'),
    column('inmate_id', 'int'),
    column('linked_by_user_id', 'int'),
    column('is_excluded', 'boolean'),
    nullable(string('link_reason', 500)),
    ...timestamps,
  ],
  uniques: [{ name: 'unique_monitor_inmate_link', columns: ['monitor_id', 'inmate_id'] }],
  foreignKeys: [
    { column: 'monitor_id', table: 'monitors', references: 'idmonitors' },
    { column: 'inmate_id', table: 'inmates', references: 'idinmates' },
    { column: 'linked_by_user_id', table: 'users', references: 'id' },
  ],
};

export const groups: OldTable = {
  name: 'groups',
  columns: [
    id(),
    string('name', 50),
    string('display_name', 100),
    nullable(column('description', 'text')),
    column('is_active', 'boolean'),
    ...timestamps,
  ],
  uniques: [{ columns: ['name'] }],
};

export const userGroups: OldTable = {
  name: 'user_groups',
  columns: [
    id(),
    column('user_id', 'int'),
    column('group_id', 'int'),
    nullable(column('assigned_by', 'int')),
    ...timestamps,
  ],
  uniques: [{ name: 'unique_user_group', columns: ['user_id', 'group_id'] }],
  foreignKeys: [
    { column: 'user_id', table: 'users', references: 'id' },
    { column: 'group_id', table: 'groups', references: 'id' },
    { column: 'assigned_by', table: 'users', references: 'id' },
  ],
};

export const sessions: OldTable = {
  name: 'sessions',
  columns: [
    id(),
    column('user_id', 'int'),
    string('session_token'),
    column('login_time', 'datetime'),
    nullable(column('logout_time', 'datetime')),
    nullable(string('ip_address', 45)),
    nullable(column('user_agent', 'text')),
    column('is_active', 'boolean'),
    ...timestamps,
  ],
  uniques: [{ columns: ['session_token'] }],
  foreignKeys: [{ column: 'user_id', table: 'users', references: 'id' }],
};

/** A table that neither the models nor the tool know. */
export const legacyNotes: OldTable = {
  name: 'legacy_notes',
  columns: [id(), string('Written by', 100), nullable(column('note', 'text')), column('written_at', 'datetime')],
};
