import type { MigrationContext } from 'mikrate';

export const description = 'the roster knows when someone was last on it';

export const when = { exists: 'inmates', missing: 'inmates.last_seen' };

/** `timestamp` is the one word of PostgreSQL's for it; MySQL and MariaDB mean something else by it. */
export async function up({ dialect, execute }: MigrationContext): Promise<void> {
  const type = dialect === 'postgresql' ? 'timestamp' : 'datetime';
  await execute(`alter table inmates add column last_seen ${type}`);
  await execute('create index inmates_last_seen_index on inmates (last_seen)');
}

export async function down({ dialect, execute }: MigrationContext): Promise<void> {
  const of = dialect === 'mysql' || dialect === 'mariadb' ? ' on inmates' : '';
  await execute(`drop index inmates_last_seen_index${of}`);
  await execute('alter table inmates drop column last_seen');
}
