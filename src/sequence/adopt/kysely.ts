import type { ForeignTool } from './foreign-tool.ts';
import { readFlag } from './read-flag.ts';
import { readTime } from './read-time.ts';

/** Kysely's migrator: names without endings; times are ISO text. */
export const kysely: ForeignTool = {
  name: 'kysely',
  title: 'Kysely',
  tables: [{ names: ['kysely_migration'], columns: ['name', 'timestamp'], orderBy: ['timestamp', 'name'] }],
  beside: [{ names: ['kysely_migration_lock'], columns: ['is_locked'], orderBy: [] }],
  read: ({ rows, beside }) => ({
    entries: rows.map(({ name, timestamp }) => {
      const appliedAt = readTime(timestamp);
      return { name: name ?? '', state: 'applied', ...(appliedAt !== undefined && { appliedAt }) };
    }),
    problems: (beside['kysely_migration_lock'] ?? []).some((row) => readFlag(row['is_locked']))
      ? ['kysely_migration_lock is held: a migration is under way']
      : [],
  }),
};
