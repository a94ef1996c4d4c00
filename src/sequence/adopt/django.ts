import type { ForeignTool } from './foreign-tool.ts';
import { readTime } from './read-time.ts';

/** Django: a migration's name is its application's and its own. */
export const django: ForeignTool = {
  name: 'django',
  title: 'Django',
  tables: [{ names: ['django_migrations'], columns: ['id', 'app', 'name', 'applied'], orderBy: ['id'] }],
  read: ({ rows }) => ({
    entries: rows.map(({ app, name, applied }) => {
      const appliedAt = readTime(applied);
      return { name: `${app}.${name}`, state: 'applied', ...(appliedAt !== undefined && { appliedAt }) };
    }),
  }),
};
