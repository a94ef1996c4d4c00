import { sql } from 'drizzle-orm';
import {
  boolean,
  customType,
  date,
  datetime,
  index,
  int,
  mediumtext,
  mysqlTable,
  text,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';

// Filled by the application: drizzle-kit would change a generated column at each push.
const binary32 = customType({ dataType: () => 'binary(32)' });

export const users = mysqlTable(
  'users',
  {
    id: int('id').autoincrement().primaryKey(),
    username: varchar('username', { length: 50 }).notNull(),
    email: varchar('email', { length: 255 }).notNull(),
    hashedPassword: varchar('hashed_password', { length: 255 }).notNull(),
    passwordFormat: varchar('password_format', { length: 20 }).notNull().default('bcrypt'),
    apiKey: varchar('api_key', { length: 255 }),
    amemberUserId: int('amember_user_id'),
    isActive: boolean('is_active').notNull().default(true),
    createdAt: datetime('created_at')
      .notNull()
      .default(sql`(now())`),
    updatedAt: datetime('updated_at')
      .notNull()
      .default(sql`(now())`),
  },
  (t) => [
    uniqueIndex('unique_username').on(t.username),
    uniqueIndex('unique_email').on(t.email),
    uniqueIndex('users_api_key_unique').on(t.apiKey),
    uniqueIndex('users_amember_user_id_unique').on(t.amemberUserId),
  ],
);

export const groups = mysqlTable(
  'groups',
  {
    id: int('id').autoincrement().primaryKey(),
    name: varchar('name', { length: 50 }).notNull(),
    displayName: varchar('display_name', { length: 100 }).notNull(),
    description: text('description'),
    isActive: boolean('is_active').notNull().default(true),
    createdAt: datetime('created_at')
      .notNull()
      .default(sql`(now())`),
    updatedAt: datetime('updated_at')
      .notNull()
      .default(sql`(now())`),
  },
  (t) => [uniqueIndex('unique_group_name').on(t.name)],
);

export const userGroups = mysqlTable(
  'user_groups',
  {
    id: int('id').autoincrement().primaryKey(),
    userId: int('user_id')
      .notNull()
      .references(() => users.id),
    groupId: int('group_id')
      .notNull()
      .references(() => groups.id),
    assignedBy: int('assigned_by').references(() => users.id),
    createdAt: datetime('created_at')
      .notNull()
      .default(sql`(now())`),
    updatedAt: datetime('updated_at')
      .notNull()
      .default(sql`(now())`),
  },
  (t) => [
    uniqueIndex('unique_user_group').on(t.userId, t.groupId),
    index('user_groups_group_id_index').on(t.groupId),
    index('user_groups_assigned_by_index').on(t.assignedBy),
  ],
);

export const jails = mysqlTable(
  'jails',
  {
    id: int('idjails').autoincrement().primaryKey(),
    jailName: varchar('jail_name', { length: 255 }).notNull(),
    state: varchar('state', { length: 2 }).notNull(),
    jailId: varchar('jail_id', { length: 255 }).notNull(),
    scrapeSystem: varchar('scrape_system', { length: 255 }).notNull(),
    active: boolean('active').notNull().default(false),
    createdDate: date('created_date').notNull(),
    updatedDate: date('updated_date').notNull(),
    lastScrapeDate: date('last_scrape_date'),
    lastSuccessfulScrape: datetime('last_successful_scrape'),
  },
  (t) => [uniqueIndex('jails_jail_name_unique').on(t.jailName), uniqueIndex('jails_jail_id_unique').on(t.jailId)],
);

export const inmates = mysqlTable(
  'inmates',
  {
    id: int('idinmates').autoincrement().primaryKey(),
    name: varchar('name', { length: 255 }).notNull(),
    race: varchar('race', { length: 255 }).notNull().default('Unknown'),
    sex: varchar('sex', { length: 255 }).notNull().default('Unknown'),
    cellBlock: varchar('cell_block', { length: 255 }),
    arrestDate: date('arrest_date'),
    heldForAgency: varchar('held_for_agency', { length: 255 }),
    mugshot: mediumtext('mugshot'),
    dob: varchar('dob', { length: 255 }).notNull().default('Unknown'),
    holdReasons: text('hold_reasons')
      .notNull()
      .default(sql`('')`),
    isJuvenile: boolean('is_juvenile').notNull().default(false),
    releaseDate: varchar('release_date', { length: 255 }).notNull().default(''),
    inCustodyDate: date('in_custody_date').notNull(),
    lastSeen: datetime('last_seen'),
    jailId: varchar('jail_id', { length: 255 }).notNull(),
    hideRecord: boolean('hide_record').notNull().default(false),
    h: binary32('h'),
  },
  (t) => [
    index('inmates_name_index').on(t.name),
    index('inmates_arrest_date_index').on(t.arrestDate),
    index('inmates_last_seen_index').on(t.lastSeen),
    index('inmates_jail_id_index').on(t.jailId),
    index('inmates_jail_id_last_seen_index').on(t.jailId, t.lastSeen),
    uniqueIndex('unique_inmate_optimized').on(t.jailId, t.h),
  ],
);

export const monitors = mysqlTable(
  'monitors',
  {
    id: int('idmonitors').autoincrement().primaryKey(),
    name: varchar('name', { length: 255 }).notNull(),
    userId: int('user_id'),
    arrestDate: date('arrest_date'),
    releaseDate: varchar('release_date', { length: 255 }),
    arrestReason: varchar('arrest_reason', { length: 255 }),
    arrestingAgency: varchar('arresting_agency', { length: 255 }),
    jail: varchar('jail', { length: 255 }),
    mugshot: text('mugshot'),
    enableNotifications: int('enable_notifications').notNull().default(1),
    notifyMethod: varchar('notify_method', { length: 255 }).default('pushover'),
    notifyAddress: varchar('notify_address', { length: 255 }).notNull().default(''),
    lastSeenIncarcerated: datetime('last_seen_incarcerated'),
  },
  (t) => [uniqueIndex('unique_monitor').on(t.name, t.notifyAddress)],
);

export const monitorLinks = mysqlTable(
  'monitor_links',
  {
    id: int('id').autoincrement().primaryKey(),
    primaryMonitorId: int('primary_monitor_id')
      .notNull()
      .references(() => monitors.id),
    linkedMonitorId: int('linked_monitor_id')
      .notNull()
      .references(() => monitors.id),
    linkedByUserId: int('linked_by_user_id')
      .notNull()
      .references(() => users.id),
    linkReason: varchar('link_reason', { length: 500 }),
    createdAt: datetime('created_at')
      .notNull()
      .default(sql`(now())`),
  },
  (t) => [
    uniqueIndex('unique_monitor_link').on(t.primaryMonitorId, t.linkedMonitorId),
    index('monitor_links_linked_monitor_id_index').on(t.linkedMonitorId),
    index('monitor_links_linked_by_user_id_index').on(t.linkedByUserId),
  ],
);

export const monitorInmateLinks = mysqlTable(
  'monitor_inmate_links',
  {
    id: int('id').autoincrement().primaryKey(),
    monitorId: int('monitor_id')
      .notNull()
      .references(() => monitors.id),
    inmateId: int('inmate_id').notNull(),
    linkedByUserId: int('linked_by_user_id')
      .notNull()
      .references(() => users.id),
    isExcluded: boolean('is_excluded').notNull().default(false),
    linkReason: varchar('link_reason', { length: 500 }),
    createdAt: datetime('created_at')
      .notNull()
      .default(sql`(now())`),
    updatedAt: datetime('updated_at')
      .notNull()
      .default(sql`(now())`),
  },
  (t) => [
    uniqueIndex('unique_monitor_inmate_link').on(t.monitorId, t.inmateId),
    index('monitor_inmate_links_linked_by_user_id_index').on(t.linkedByUserId),
  ],
);

export const sessions = mysqlTable(
  'sessions',
  {
    id: int('id').autoincrement().primaryKey(),
    userId: int('user_id')
      .notNull()
      .references(() => users.id),
    sessionToken: varchar('session_token', { length: 255 }).notNull(),
    loginTime: datetime('login_time')
      .notNull()
      .default(sql`(now())`),
    logoutTime: datetime('logout_time'),
    ipAddress: varchar('ip_address', { length: 45 }),
    userAgent: text('user_agent'),
    isActive: boolean('is_active').notNull().default(true),
    createdAt: datetime('created_at')
      .notNull()
      .default(sql`(now())`),
    updatedAt: datetime('updated_at')
      .notNull()
      .default(sql`(now())`),
  },
  (t) => [
    uniqueIndex('sessions_session_token_unique').on(t.sessionToken),
    index('sessions_user_id_index').on(t.userId),
  ],
);
