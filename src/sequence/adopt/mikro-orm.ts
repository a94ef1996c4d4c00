import type { ForeignTool } from './foreign-tool.ts';
import { readTime } from './read-time.ts';

/** MikroORM's own migrator. */
export const mikroOrm: ForeignTool = {
  name: 'mikro-orm',
  title: 'MikroORM',
  tables: [{ names: ['mikro_orm_migrations'], columns: ['id', 'name'], optional: ['executed_at'], orderBy: ['id'] }],
  read: ({ rows }) => ({
    entries: rows.map(({ name, executed_at: time }) => {
      const appliedAt = readTime(time);
      return { name: name ?? '', state: 'applied', ...(appliedAt !== undefined && { appliedAt }) };
    }),
  }),
};
