import type { ForeignTool } from './foreign-tool.ts';
import { readFlag } from './read-flag.ts';
import { readTime } from './read-time.ts';

/** Knex: file names with their endings, and a lock row that a crash leaves held. */
export const knex: ForeignTool = {
  name: 'knex',
  title: 'Knex',
  tables: [
    { names: ['knex_migrations'], columns: ['id', 'name', 'batch'], optional: ['migration_time'], orderBy: ['id'] },
  ],
  beside: [{ names: ['knex_migrations_lock'], columns: ['is_locked'], orderBy: [] }],
  read: ({ rows, beside }) => ({
    entries: rows.map(({ name, migration_time: time }) => {
      const appliedAt = readTime(time);
      return { name: name ?? '', state: 'applied', ...(appliedAt !== undefined && { appliedAt }) };
    }),
    problems: (beside['knex_migrations_lock'] ?? []).some((row) => readFlag(row['is_locked']))
      ? ['knex_migrations_lock is held: a migration is under way, or a crash left it']
      : [],
  }),
};
