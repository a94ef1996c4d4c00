import type { MigrationFile } from '../migration-file.ts';
import { bareName } from './bare-name.ts';
import type { ForeignEntry, ForeignTool, TextRow } from './foreign-tool.ts';
import { matchByName } from './match-file.ts';
import { readFlag } from './read-flag.ts';
import { readTime } from './read-time.ts';

/** Liquibase: a changeset is named by its file, id and author. */
export const liquibase: ForeignTool = {
  name: 'liquibase',
  title: 'Liquibase',
  tables: [
    {
      names: ['DATABASECHANGELOG', 'databasechangelog'],
      columns: ['id', 'author', 'filename', 'dateexecuted', 'orderexecuted', 'exectype'],
      optional: ['md5sum', 'description'],
      orderBy: ['orderexecuted'],
    },
  ],
  beside: [
    {
      names: ['DATABASECHANGELOGLOCK', 'databasechangeloglock'],
      columns: ['locked'],
      optional: ['lockedby'],
      orderBy: [],
    },
  ],
  read: ({ rows, beside }) => ({
    entries: rows.map(entryOfRow),
    problems: (beside['DATABASECHANGELOGLOCK'] ?? [])
      .filter(({ locked }) => readFlag(locked))
      .map(({ lockedby: by }) => `DATABASECHANGELOGLOCK is held${by ? ` by ${by}` : ''}`),
  }),
  match,
};

function entryOfRow(row: TextRow): ForeignEntry {
  const { filename, id, author, exectype, md5sum } = row;
  const appliedAt = readTime(row['dateexecuted']);
  return {
    name: `${filename}::${id}::${author}`,
    state: stateOf(exectype ?? ''),
    ...(md5sum && { checksum: md5sum }),
    ...(appliedAt !== undefined && { appliedAt }),
    detail: `EXECTYPE is ${exectype}`,
  };
}

/** A skipped changeset runs again next time: it is not done. */
function stateOf(type: string): ForeignEntry['state'] {
  if (/^(?:EXECUTED|RERAN|MARK_RAN)$/iu.test(type)) return 'applied';
  return /^SKIPPED$/iu.test(type) ? 'rolled back' : 'failed';
}

/** The file with one changeset, which is this; else a file that has the changeset's id for a name. */
function match({ name }: ForeignEntry, files: readonly MigrationFile[]): MigrationFile | undefined {
  const [path = '', id = ''] = name.split('::');
  const file = files.find((candidate) => candidate.path.endsWith(path.replace(/^classpath:\/?/u, '')));
  if (file && changesetsIn(file.text) <= 1) return file;
  return matchByName(id, files) ?? (bareName(path) === id ? matchByName(path, files) : undefined);
}

const changesetsIn = (text: string): number => text.match(/^--\s*changeset\s/gimu)?.length ?? 0;
