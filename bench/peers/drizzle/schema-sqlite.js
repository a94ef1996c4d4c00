import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable(
  'users',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    username: text('username', { length: 50 }).notNull(),
    email: text('email', { length: 255 }).notNull(),
    hashedPassword: text('hashed_password', { length: 255 }).notNull(),
    passwordFormat: text('password_format', { length: 20 }).notNull().default('bcrypt'),
    apiKey: text('api_key', { length: 255 }),
    amemberUserId: integer('amember_user_id'),
    isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
    createdAt: text('created_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
    updatedAt: text('updated_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
  },
  (t) => [
    uniqueIndex('unique_username').on(t.username),
    uniqueIndex('unique_email').on(t.email),
    uniqueIndex('users_api_key_unique').on(t.apiKey),
    uniqueIndex('users_amember_user_id_unique').on(t.amemberUserId),
  ],
);

export const groups = sqliteTable(
  'groups',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name', { length: 50 }).notNull(),
    displayName: text('display_name', { length: 100 }).notNull(),
    description: text('description'),
    isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
    createdAt: text('created_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
    updatedAt: text('updated_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
  },
  (t) => [uniqueIndex('unique_group_name').on(t.name)],
);

export const userGroups = sqliteTable(
  'user_groups',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    groupId: integer('group_id')
      .notNull()
      .references(() => groups.id),
    assignedBy: integer('assigned_by').references(() => users.id),
    createdAt: text('created_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
    updatedAt: text('updated_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
  },
  (t) => [
    uniqueIndex('unique_user_group').on(t.userId, t.groupId),
    index('user_groups_group_id_index').on(t.groupId),
    index('user_groups_assigned_by_index').on(t.assignedBy),
  ],
);

export const jails = sqliteTable(
  'jails',
  {
    id: integer('idjails').primaryKey({ autoIncrement: true }),
    jailName: text('jail_name', { length: 255 }).notNull(),
    state: text('state', { length: 2 }).notNull(),
    jailId: text('jail_id', { length: 255 }).notNull(),
    scrapeSystem: text('scrape_system', { length: 255 }).notNull(),
    active: integer('active', { mode: 'boolean' }).notNull().default(false),
    createdDate: text('created_date').notNull(),
    updatedDate: text('updated_date').notNull(),
    lastScrapeDate: text('last_scrape_date'),
    lastSuccessfulScrape: text('last_successful_scrape'),
  },
  (t) => [uniqueIndex('jails_jail_name_unique').on(t.jailName), uniqueIndex('jails_jail_id_unique').on(t.jailId)],
);

export const inmates = sqliteTable(
  'inmates',
  {
    id: integer('idinmates').primaryKey({ autoIncrement: true }),
    name: text('name', { length: 255 }).notNull(),
    race: text('race', { length: 255 }).notNull().default('Unknown'),
    sex: text('sex', { length: 255 }).notNull().default('Unknown'),
    cellBlock: text('cell_block', { length: 255 }),
    arrestDate: text('arrest_date'),
    heldForAgency: text('held_for_agency', { length: 255 }),
    mugshot: text('mugshot'),
    dob: text('dob', { length: 255 }).notNull().default('Unknown'),
    holdReasons: text('hold_reasons').notNull().default(''),
    isJuvenile: integer('is_juvenile', { mode: 'boolean' }).notNull().default(false),
    releaseDate: text('release_date', { length: 255 }).notNull().default(''),
    inCustodyDate: text('in_custody_date').notNull(),
    lastSeen: text('last_seen'),
    jailId: text('jail_id', { length: 255 }).notNull(),
    hideRecord: integer('hide_record', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    index('inmates_name_index').on(t.name),
    index('inmates_arrest_date_index').on(t.arrestDate),
    index('inmates_last_seen_index').on(t.lastSeen),
    index('inmates_jail_id_index').on(t.jailId),
    index('inmates_jail_id_last_seen_index').on(t.jailId, t.lastSeen),
    uniqueIndex('unique_inmate_optimized').on(t.jailId, t.arrestDate, t.name, t.dob, t.sex, t.race),
  ],
);

export const monitors = sqliteTable(
  'monitors',
  {
    id: integer('idmonitors').primaryKey({ autoIncrement: true }),
    name: text('name', { length: 255 }).notNull(),
    userId: integer('user_id'),
    arrestDate: text('arrest_date'),
    releaseDate: text('release_date', { length: 255 }),
    arrestReason: text('arrest_reason', { length: 255 }),
    arrestingAgency: text('arresting_agency', { length: 255 }),
    jail: text('jail', { length: 255 }),
    mugshot: text('mugshot'),
    enableNotifications: integer('enable_notifications').notNull().default(1),
    notifyMethod: text('notify_method', { length: 255 }).default('pushover'),
    notifyAddress: text('notify_address', { length: 255 }).notNull().default(''),
    lastSeenIncarcerated: text('last_seen_incarcerated'),
  },
  (t) => [uniqueIndex('unique_monitor').on(t.name, t.notifyAddress)],
);

export const monitorLinks = sqliteTable(
  'monitor_links',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    primaryMonitorId: integer('primary_monitor_id')
      .notNull()
      .references(() => monitors.id),
    linkedMonitorId: integer('linked_monitor_id')
      .notNull()
      .references(() => monitors.id),
    linkedByUserId: integer('linked_by_user_id')
      .notNull()
      .references(() => users.id),
    linkReason: text('link_reason', { length: 500 }),
    createdAt: text('created_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
  },
  (t) => [
    uniqueIndex('unique_monitor_link').on(t.primaryMonitorId, t.linkedMonitorId),
    index('monitor_links_linked_monitor_id_index').on(t.linkedMonitorId),
    index('monitor_links_linked_by_user_id_index').on(t.linkedByUserId),
  ],
);

export const monitorInmateLinks = sqliteTable(
  'monitor_inmate_links',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    monitorId: integer('monitor_id')
      .notNull()
      .references(() => monitors.id),
    inmateId: integer('inmate_id').notNull(),
    linkedByUserId: integer('linked_by_user_id')
      .notNull()
      .references(() => users.id),
    isExcluded: integer('is_excluded', { mode: 'boolean' }).notNull().default(false),
    linkReason: text('link_reason', { length: 500 }),
    createdAt: text('created_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
    updatedAt: text('updated_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
  },
  (t) => [
    uniqueIndex('unique_monitor_inmate_link').on(t.monitorId, t.inmateId),
    index('monitor_inmate_links_linked_by_user_id_index').on(t.linkedByUserId),
  ],
);

export const sessions = sqliteTable(
  'sessions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    sessionToken: text('session_token', { length: 255 }).notNull(),
    loginTime: text('login_time')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
    logoutTime: text('logout_time'),
    ipAddress: text('ip_address', { length: 45 }),
    userAgent: text('user_agent'),
    isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
    createdAt: text('created_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
    updatedAt: text('updated_at')
      .notNull()
      .default(sql`(CURRENT_TIMESTAMP)`),
  },
  (t) => [
    uniqueIndex('sessions_session_token_unique').on(t.sessionToken),
    index('sessions_user_id_index').on(t.userId),
  ],
);
