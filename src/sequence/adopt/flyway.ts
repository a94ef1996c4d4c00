import { crc32 } from 'node:zlib';
import { compareNames } from '../order.ts';
import { bareName } from './bare-name.ts';
import type { ForeignEntry, ForeignTool, TextRow } from './foreign-tool.ts';
import { readFlag } from './read-flag.ts';
import { readTime } from './read-time.ts';

/** Flyway: versions, repeatables by description, baselines that stand for all before them, and undone versions. */
export const flyway: ForeignTool = {
  name: 'flyway',
  title: 'Flyway',
  tables: [
    {
      names: ['flyway_schema_history', 'schema_version'],
      columns: ['installed_rank', 'version', 'description', 'type', 'script', 'checksum', 'installed_on', 'success'],
      orderBy: ['installed_rank'],
    },
  ],
  read: ({ rows, project }) => {
    const real = rows.filter(isMigration);
    const names = project.files.map(({ name }) => name);
    return { entries: [...belowBaseline(real, names), ...real.map((row) => entryOfRow(row, real))] };
  },
  // As its reader does, line by line: what ends a line, and a byte order mark, do not count.
  verify: ({ checksum }, { bytes }) =>
    Number(checksum) ===
    (crc32(
      bytes
        .toString('utf8')
        .replace(/^\uFEFF/u, '')
        .replaceAll(/[\r\n]/gu, ''),
    ) |
      0),
};

/** Rows below 0 are its lock; the making of a schema is no migration. */
function isMigration({ installed_rank: rank, type }: TextRow): boolean {
  return Number(rank) >= 0 && type !== 'SCHEMA' && type !== 'TABLE';
}

function entryOfRow(row: TextRow, rows: readonly TextRow[]): ForeignEntry {
  const { type, script, checksum, success } = row;
  const appliedAt = readTime(row['installed_on']);
  return {
    name: nameOf((isUndo(type) && rows.find((other) => !isUndo(other.type) && isSame(other, row))) || row),
    state: stateOf(row, readFlag(success)),
    ...(checksum !== null && checksum !== undefined && { checksum }),
    ...(appliedAt !== undefined && { appliedAt }),
    detail: `${script} did not succeed`,
  };
}

function stateOf({ type }: TextRow, succeeded: boolean): ForeignEntry['state'] {
  if (!succeeded) return 'failed';
  return isUndo(type) ? 'rolled back' : 'applied';
}

/** Repeatables have no version. */
const isSame = (a: TextRow, b: TextRow): boolean =>
  a['version'] === b['version'] && (a['version'] !== null || a['description'] === b['description']);

const isUndo = (type: string | null | undefined): boolean => /^(?:UNDO_|DELETE$)/u.test(type ?? '');

/** Of code the script is a class, of SQL a file. */
function nameOf({ type, version, description, script }: TextRow): string {
  if (type === 'BASELINE') return `baseline-${version}`;
  if (/JDBC/u.test(type ?? '')) return (script ?? '').split('.').at(-1) ?? '';
  return bareName(script || `${version ? `V${version}` : 'R'}__${(description ?? '').replaceAll(' ', '_')}`);
}

/** Files of versions that a baseline says were there before Flyway came. */
function belowBaseline(rows: readonly TextRow[], names: readonly string[]): readonly ForeignEntry[] {
  const baselines = rows.filter(({ type, success }) => type?.endsWith('BASELINE') && readFlag(success));
  const highest = baselines
    .map(({ version }) => `V${version}`)
    .toSorted(compareNames)
    .at(-1);
  if (highest === undefined) return [];
  const known = new Set(rows.map(nameOf));
  return names
    .filter((name) => /^V\d/u.test(name) && !known.has(name))
    .filter((name) => compareNames(`${name.split('__')[0]}`, highest) <= 0)
    .map((name) => ({ name, state: 'applied' }));
}
