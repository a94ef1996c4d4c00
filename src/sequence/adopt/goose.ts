import type { ForeignEntry, ForeignTool } from './foreign-tool.ts';
import { matchByVersion } from './match-file.ts';
import { readFlag } from './read-flag.ts';
import { readTime } from './read-time.ts';

/** goose: versions; one that was taken back has a later row that is not applied (or, since 3, no row). */
export const goose: ForeignTool = {
  name: 'goose',
  title: 'goose',
  tables: [
    {
      names: ['goose_db_version'],
      columns: ['id', 'version_id', 'is_applied'],
      optional: ['tstamp'],
      orderBy: ['id'],
    },
  ],
  read: ({ rows }) => ({
    // Its table begins with version 0, which is no migration.
    entries: rows
      .filter(({ version_id: version }) => version !== null && version !== '0')
      .map((row): ForeignEntry => {
        const appliedAt = readTime(row['tstamp']);
        const state = readFlag(row['is_applied']) ? 'applied' : 'rolled back';
        return { name: row['version_id'] ?? '', state, ...(appliedAt !== undefined && { appliedAt }) };
      }),
  }),
  match: ({ name }, files) => matchByVersion(name, files),
};
