import { createHash } from 'node:crypto';
import type { FoundFile } from '../formats/format.ts';
import type { ForeignEntry, ForeignTool } from './foreign-tool.ts';
import { readTime } from './read-time.ts';

/** Drizzle: a hash of each file and the `when` of the journal, which tells the name. No time of applying. */
export const drizzle: ForeignTool = {
  name: 'drizzle',
  title: 'Drizzle',
  tables: [
    {
      names: ['__drizzle_migrations'],
      namespaces: ['drizzle'],
      columns: ['hash', 'created_at'],
      optional: ['name', 'applied_at'],
      orderBy: ['created_at'],
    },
  ],
  read: async ({ rows, project }) => {
    const names = readJournals(await project.find(['**/meta/_journal.json']));
    return {
      entries: rows.map((row): ForeignEntry => {
        const appliedAt = readTime(row['applied_at']);
        const name = row['name'] ?? names.get(row['created_at'] ?? '') ?? `drizzle-${row['created_at'] ?? row['hash']}`;
        return { name, state: 'applied', checksum: row['hash'] ?? '', ...(appliedAt !== undefined && { appliedAt }) };
      }),
    };
  },
  verify: ({ checksum }, { bytes }) => createHash('sha256').update(bytes.toString('utf8')).digest('hex') === checksum,
};

/** Names by `when`; none where two journals tell different ones. */
function readJournals(journals: readonly FoundFile[]): ReadonlyMap<string, string> {
  const entries = journals.flatMap(({ text }) => journalEntries(text));
  const byWhen = Map.groupBy(entries, ({ when }) => when);
  const single = [...byWhen].filter(([, same]) => new Set(same.map(({ tag }) => tag)).size === 1);
  return new Map(single.map(([when, [entry]]) => [when, entry?.tag ?? '']));
}

function journalEntries(text: string): readonly { readonly when: string; readonly tag: string }[] {
  const journal = parse(text) as { entries?: unknown } | undefined;
  const entries: unknown[] = Array.isArray(journal?.entries) ? journal.entries : [];
  return entries.flatMap((entry) => {
    const { when, tag } = (entry ?? {}) as { when?: unknown; tag?: unknown };
    return typeof when === 'number' && typeof tag === 'string' ? [{ when: String(when), tag }] : [];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
