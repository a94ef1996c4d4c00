import type { FoundFile } from '../formats/format.ts';
import type { ForeignEntry, ForeignTool } from './foreign-tool.ts';
import { matchByName, matchByVersion } from './match-file.ts';

/** Alembic: only the heads, which stand for every revision that they descend from; its files tell which. */
export const alembic: ForeignTool = {
  name: 'alembic',
  title: 'Alembic',
  tables: [{ names: ['alembic_version'], columns: ['version_num'], alone: true, orderBy: ['version_num'] }],
  read: async ({ rows, project }) => {
    const heads = rows.map(({ version_num: head }) => head ?? '');
    const revisions = readRevisions(await project.find(['**/versions/**/*.py']));
    return { entries: ancestry(heads, revisions).map((name): ForeignEntry => ({ name, state: 'applied' })) };
  },
  match: ({ name }, files) =>
    matchByName(name, files) ??
    files.find((file) => file.name.startsWith(`${name}_`)) ??
    (/^\d+$/u.test(name) ? matchByVersion(name, files) : undefined),
};

/** Heads and all before them, parents first. */
function ancestry(heads: readonly string[], revisions: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const open = heads.toReversed().map((revision) => ({ revision, isReady: false }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { revision, isReady } = next;
    if (done.has(revision)) continue;
    if (isReady) done.add(revision);
    else open.push({ revision, isReady: true }, ...parentsOf(revision, revisions, open).toReversed());
  }
  return [...done];
}

interface Visit {
  readonly revision: string;
  readonly isReady: boolean;
}

/** Without those whose children are being visited: files that descend from each other have no order. */
function parentsOf(
  revision: string,
  revisions: ReadonlyMap<string, readonly string[]>,
  open: readonly Visit[],
): readonly Visit[] {
  const above = new Set(open.filter(({ isReady }) => isReady).map((visit) => visit.revision));
  const parents = (revisions.get(revision) ?? []).filter((parent) => parent !== revision && !above.has(parent));
  return parents.map((parent) => ({ revision: parent, isReady: false }));
}

/** Each revision with what it descends from, or depends on. */
function readRevisions(files: readonly FoundFile[]): ReadonlyMap<string, readonly string[]> {
  const read = files.flatMap(({ text }) => {
    const [revision] = stringsOf(text, 'revision');
    return revision === undefined
      ? []
      : [[revision, [...stringsOf(text, 'down_revision'), ...stringsOf(text, 'depends_on')]] as const];
  });
  return new Map(read);
}

/** The strings that Python assigns to a name at the beginning of a line: one, a tuple, or none. */
function stringsOf(text: string, name: string): readonly string[] {
  const value = new RegExp(`^${name}\\b[^=\\n]*=\\s*(\\([^)]*\\)|\\[[^\\]]*\\]|[^\\n]*)`, 'mu').exec(text)?.[1] ?? '';
  return [...value.matchAll(/(["'])(.*?)\1/gu)].map(([, , string = '']) => string);
}
