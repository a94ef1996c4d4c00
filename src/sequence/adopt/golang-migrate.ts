import { compareNames } from '../order.ts';
import { bareName } from './bare-name.ts';
import type { ForeignEntry, ForeignTool } from './foreign-tool.ts';
import { versionOf } from './match-file.ts';
import type { Project } from './project.ts';
import { readFlag } from './read-flag.ts';

/** golang-migrate: one row with the version reached, which stands for every file up to it. */
export const golangMigrate: ForeignTool = {
  name: 'golang-migrate',
  aliases: ['migrate'],
  title: 'golang-migrate',
  tables: [{ names: ['schema_migrations'], columns: ['version', 'dirty'], alone: true, orderBy: [] }],
  fits: (rows) => rows.length <= 1 && rows.every(({ version }) => /^-?\d+$/u.test(version ?? '')),
  read: async ({ rows, project }) => {
    const [row] = rows;
    const version = row?.['version'];
    if (!row || !version) return { entries: [] };
    const isDirty = readFlag(row['dirty']);
    // Version -1 is none; dirty, it is a first migration that was half taken back.
    if (version.startsWith('-')) return { entries: [], problems: isDirty ? ['version none is marked dirty'] : [] };
    const names = await namesUpTo(version, project);
    const last = names.findLast((name) => versionOf(name) === versionOf(version)) ?? version;
    const earlier = names.filter((name) => name !== last);
    return {
      entries: [
        ...earlier.map((name): ForeignEntry => ({ name, state: 'applied' })),
        { name: last, state: isDirty ? 'unfinished' : 'applied', ...(isDirty && { detail: 'it is marked dirty' }) },
      ],
    };
  },
};

/** Of the files that it would have run, wherever they lie. */
async function namesUpTo(version: string, { files, find }: Project): Promise<readonly string[]> {
  const found = await find(['**/*.up.*']);
  const names = new Set([...files.map(({ name }) => name), ...found.map(({ base }) => bareName(base))]);
  return [...names]
    .filter((name) => versionOf(name) !== undefined && BigInt(versionOf(name) ?? '0') <= BigInt(version))
    .toSorted(compareNames);
}
