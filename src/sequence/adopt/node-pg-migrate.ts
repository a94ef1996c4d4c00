import type { ForeignTool } from './foreign-tool.ts';
import { readTime } from './read-time.ts';

/** node-pg-migrate: names without endings. */
export const nodePgMigrate: ForeignTool = {
  name: 'node-pg-migrate',
  title: 'node-pg-migrate',
  tables: [{ names: ['pgmigrations'], columns: ['id', 'name', 'run_on'], orderBy: ['id'] }],
  read: ({ rows }) => ({
    entries: rows.map(({ name, run_on: time }) => {
      const appliedAt = readTime(time);
      return { name: name ?? '', state: 'applied', ...(appliedAt !== undefined && { appliedAt }) };
    }),
  }),
};
