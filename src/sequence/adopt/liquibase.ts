import type { MigrationFile } from '../migration-file.ts';
import { bareName } from './bare-name.ts';
import { hasChecksum, readChangesets, type Changeset } from './changesets.ts';
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
  read: ({ rows, beside, project }) => ({
    entries: rows.map(entryOfRow),
    problems: [
      ...(beside['DATABASECHANGELOGLOCK'] ?? [])
        .filter(({ locked }) => readFlag(locked))
        .map(({ lockedby: by }) => `DATABASECHANGELOGLOCK is held${by ? ` by ${by}` : ''}`),
      ...project.files.flatMap((file) => missingOf(file, rows)),
    ],
  }),
  match,
  verify: ({ name, checksum = '' }, { bytes }) => {
    const changeset = changesetOf(name, readChangesets(bytes.toString('utf8')));
    return changeset && hasChecksum(changeset, checksum);
  },
};

/** A file is done as a whole or not at all: changesets that are not in the history, though some of their file are. */
function missingOf({ path, text }: MigrationFile, rows: readonly TextRow[]): readonly string[] {
  const isDone = ({ exectype }: TextRow): boolean => stateOf(exectype ?? '') !== 'rolled back';
  const own = rows.filter((row) => isOf(path, row['filename'] ?? '') && isDone(row));
  if (own.length === 0) return [];
  const isThere = ({ id, author }: Changeset): boolean =>
    own.some((row) => row['id'] === id && row['author'] === author);
  return readChangesets(text)
    .filter((changeset) => !changeset.isConditional && !isThere(changeset))
    .map(({ id, author }) => `the changeset ${author}:${id} of ${path} is not applied, others of the file are`);
}

/** A changelog's path begins at one of Liquibase's search paths, ours at the project's folder. */
function isOf(path: string, filename: string): boolean {
  const wanted = filename.replace(/^classpath:/u, '').replace(/^\/+/u, '');
  return wanted !== '' && (path === wanted || path.endsWith(`/${wanted}`));
}

function changesetOf(name: string, changesets: readonly Changeset[]): Changeset | undefined {
  const [, id, author] = name.split('::');
  return changesets.find((changeset) => changeset.id === id && changeset.author === author);
}

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

/** The file that holds the changeset, or is one as a whole; else a file that has the changeset's id for a name. */
function match({ name }: ForeignEntry, files: readonly MigrationFile[]): MigrationFile | undefined {
  const [path = '', id = ''] = name.split('::');
  const file = files.find((candidate) => isOf(candidate.path, path));
  const changesets = file ? readChangesets(file.text) : [];
  if (file && (changesets.length === 0 || changesetOf(name, changesets))) return file;
  return matchByName(id, files) ?? (bareName(path) === id ? matchByName(path, files) : undefined);
}
