import { createHash } from 'node:crypto';
import type { ForeignEntry, ForeignTool, TextRow } from './foreign-tool.ts';
import { readTime } from './read-time.ts';

/** Prisma up to 7: a row for each attempt; one without an end is unfinished until it is resolved. */
export const prisma: ForeignTool = {
  name: 'prisma',
  title: 'Prisma',
  tables: [
    {
      names: ['_prisma_migrations'],
      columns: ['id', 'checksum', 'finished_at', 'migration_name', 'rolled_back_at', 'started_at'],
      optional: ['logs', 'applied_steps_count'],
      orderBy: ['started_at'],
    },
  ],
  read: ({ rows }) => ({ entries: rows.map(entryOfRow) }),
  verify: ({ checksum }, { bytes }) => createHash('sha256').update(bytes).digest('hex') === checksum?.toLowerCase(),
};

function entryOfRow(row: TextRow): ForeignEntry {
  const appliedAt = readTime(row['finished_at']);
  return {
    name: row['migration_name'] ?? '',
    checksum: row['checksum'] ?? '',
    state: stateOf(row),
    ...(appliedAt !== undefined && { appliedAt }),
    ...(row['logs'] && { detail: row['logs'].trim() }),
  };
}

function stateOf(row: TextRow): ForeignEntry['state'] {
  if (row['rolled_back_at']) return 'rolled back';
  return row['finished_at'] ? 'applied' : 'unfinished';
}
