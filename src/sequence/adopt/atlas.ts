import { createHash } from 'node:crypto';
import type { FileToVerify } from './file-to-verify.ts';
import type { ForeignEntry, ForeignTool, TextRow } from './foreign-tool.ts';
import { matchByName, matchByVersion } from './match-file.ts';
import { readTime } from './read-time.ts';

/** Atlas: a revision counts its statements; one that is not through, or has an error, is unfinished. */
export const atlas: ForeignTool = {
  name: 'atlas',
  title: 'Atlas',
  tables: [
    {
      names: ['atlas_schema_revisions'],
      namespaces: ['atlas_schema_revisions'],
      columns: ['version', 'description', 'applied', 'total', 'executed_at', 'hash'],
      optional: ['error'],
      orderBy: ['version'],
    },
  ],
  read: ({ rows }) => ({
    // Its cloud keeps an identifier in a row of its own.
    entries: rows.filter(({ version }) => version && !version.startsWith('.')).map(entryOfRow),
  }),
  match: ({ name }, files) => matchByName(name, files) ?? matchByVersion(/^\d+/u.exec(name)?.[0] ?? name, files),
  verify: ({ checksum = '' }, file) => {
    const sum = cumulativeSum(file);
    return sum === undefined ? undefined : sum === checksum.replace(/^h1:/u, '');
  },
};

/**
 * The file's line of `atlas.sum`: SHA-256 over the names and bytes of all files up to it, so that a change in one before it
 * shows here too. A file that says `atlas:sum ignore` counts by its name alone.
 */
function cumulativeSum({ base, folder }: FileToVerify): string | undefined {
  const hash = createHash('sha256');
  for (const file of folder()) {
    hash.update(file.base);
    const isIgnored = /^[ -~]*atlas:sum +ignore *(?:[\r\n]|$)/u.test(file.bytes.toString('latin1'));
    if (!isIgnored) hash.update(file.bytes);
    if (file.base === base) return isIgnored ? undefined : hash.digest('base64');
  }
  return undefined;
}

function entryOfRow(row: TextRow): ForeignEntry {
  const { version, description, applied, total, error, hash } = row;
  const appliedAt = readTime(row['executed_at']);
  const isFinished = !error && Number(applied) >= Number(total);
  return {
    name: description ? `${version}_${description}` : (version ?? ''),
    checksum: hash ?? '',
    state: isFinished ? 'applied' : 'unfinished',
    ...(appliedAt !== undefined && { appliedAt }),
    ...(!isFinished && { detail: error ? error : `${applied} of ${total} statements are applied` }),
  };
}
