import { compareNames } from '../order.ts';
import type { ForeignTool } from './foreign-tool.ts';
import { matchByVersion } from './match-file.ts';

/** dbmate and Rails: nothing but versions, which are numbers. */
export const dbmate: ForeignTool = {
  name: 'dbmate',
  aliases: ['rails'],
  title: 'dbmate or Rails',
  tables: [{ names: ['schema_migrations'], columns: ['version'], alone: true, orderBy: [] }],
  // Other tools keep file names in a table of this name.
  fits: (rows) => rows.every(({ version }) => /^\d+$/u.test(version ?? '')),
  read: ({ rows }) => ({
    entries: rows
      .map(({ version }) => version ?? '')
      .toSorted(compareNames)
      .map((name) => ({ name, state: 'applied' })),
  }),
  match: ({ name }, files) => matchByVersion(name, files),
};
