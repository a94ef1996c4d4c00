import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf, readSource, type SourceFile } from './source.ts';

/** Folders and files of src/, leaves first: each may import from its own line's folder and from the lines above. */
const layers: readonly (readonly string[])[] = [
  ['errors', 'schema'],
  ['operations'],
  ['events'],
  ['dialects'],
  ['risks'],
  ['config'],
  ['inspect', 'diff'],
  ['plan'],
  ['check', 'review', 'history'],
  ['sequence', 'apply', 'verify'],
  ['stages'],
  ['report'],
  ['pipeline'],
  ['tui'],
  ['cli'],
  ['main', 'index'],
];

/** Who may import a package, by the beginning of its name. */
const packages: Readonly<Record<string, readonly string[]>> = {
  '@mikro-orm/': ['config', 'inspect', 'dialects', 'history', 'sequence/formats'],
  kysely: ['dialects'],
  'better-sqlite3': ['dialects'],
  mysql2: ['dialects'],
  pg: ['dialects'],
  valibot: ['config'],
  commander: ['cli'],
  umzug: ['sequence'],
  diff: ['sequence'],
  tinyglobby: ['sequence'],
  'js-tokens': ['sequence'],
  ink: ['tui'],
  react: ['tui'],
  'string-width': ['tui'],
};

const hiddenFromTui = ['apply', 'dialects', 'config'];

const files = readSource('src');
const edges = files.flatMap((file) => importsOf(file).map((edge) => ({ from: file, ...edge })));
const inner = edges.filter(({ target }) => target !== undefined);

it('reads the source', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(inner.length).toBeGreaterThan(files.length);
});

describe('imports', () => {
  it('name a layer for each folder', () => {
    const known = new Set([...layers.flat(), 'tui']);
    expect(files.filter(({ layer }) => !known.has(layer)).map(({ path }) => path)).toEqual([]);
  });

  it('go from leaves to faces only', () => {
    const rank = (layer: string): number => layers.findIndex((line) => line.includes(layer));
    const wrong = inner.filter(({ from, target }) => {
      if (!target || from.layer === target.layer || from.layer === 'tui') return false;
      return rank(target.layer) >= rank(from.layer);
    });
    expect(wrong.map(describeEdge)).toEqual([]);
  });

  it('keep apply, dialects and config from the terminal interface', () => {
    const wrong = inner.filter(
      ({ from, target }) => from.layer === 'tui' && hiddenFromTui.includes(target?.layer ?? ''),
    );
    expect(wrong.map(describeEdge)).toEqual([]);
  });

  it('reach a package only from where it belongs', () => {
    const outer = edges.filter(({ specifier }) => !specifier.startsWith('.') && !specifier.startsWith('node:'));
    const wrong = outer.filter(({ from, specifier }) => {
      const name = Object.keys(packages).find(
        (known) => specifier === known || specifier.startsWith(known.replace(/\/?$/u, '/')),
      );
      return name === undefined || !packages[name]?.some((folder) => from.path.startsWith(`src/${folder}/`));
    });
    expect(outer.length).toBeGreaterThan(5);
    expect(wrong.map(describeEdge)).toEqual([]);
  });

  it('load the terminal interface only where a person is to see it', () => {
    const reached = new Set<string>();
    const visit = (file: SourceFile): void => {
      if (reached.has(file.path)) return;
      reached.add(file.path);
      const found = files.find(({ path }) => path === file.path);
      for (const edge of found ? importsOf(found) : [])
        if (edge.target && !edge.isType && !edge.isDynamic) visit(edge.target);
    };
    // Every command, and the way to it.
    for (const file of files) if (file.layer === 'cli' || file.layer === 'main' || file.layer === 'index') visit(file);
    const ofInterface = new Set(files.filter(({ layer }) => layer === 'tui').map(({ path }) => path));
    expect(reached.size).toBeGreaterThan(100);
    expect([...reached].filter((path) => ofInterface.has(path))).toEqual([]);
  });

  it('make no cycle of files at run time', () => {
    expect(findCycle(files)).toBeUndefined();
  });
});

describe('outside dialects/', () => {
  const others = files.filter(({ layer }) => layer !== 'dialects');

  it('no code asks which database it is', () => {
    // config/ reads URLs and drivers, whose names are those of databases.
    const asks =
      /(?:[!=]==?\s*|case\s+)['"](?:mysql|mariadb|postgresql|postgres|sqlite)['"]|['"](?:mysql|mariadb|postgresql|postgres|sqlite)['"]\s*[!=]==?/u;
    expect(
      linesWith(
        others.filter(({ layer }) => layer !== 'config'),
        asks,
      ),
    ).toEqual([]);
  });

  it('no string is SQL', () => {
    const sql =
      /['"`]\s*(?:select\s|insert\s+into\s|update\s\S+\sset\s|delete\s+from\s|alter\s+table\s|(?:create|drop)\s+(?:table|index|unique|view|trigger|type|schema|database)\s|truncate\s|pragma\s)/iu;
    // What an operation says of itself to people: "create table monitors".
    const description = /^\s*describe: /u;
    expect(linesWith(others, sql, description)).toEqual([]);
  });

  it('only config and the faces read the environment', () => {
    const free = others.filter(({ layer }) => !['config', 'cli', 'main', 'tui'].includes(layer));
    expect(linesWith(free, /process\.(?:env|exit|stdout|stderr)\b|console\./u)).toEqual([]);
  });
});

describe('each database', () => {
  const whole = [
    'index.ts',
    'traits.ts',
    'types.ts',
    'inspect.ts',
    'catalog.ts',
    'sql.ts',
    'queries.ts',
    'quote.ts',
    'lock.ts',
    'errors.ts',
    'echo.ts',
    'expression.ts',
    'session.ts',
    'digest.ts',
    'idle.ts',
    'read-server.ts',
  ];
  const relative = ['index.ts', 'traits.ts', 'digest.ts', 'idle.ts'];

  it.each([
    ['postgres', whole],
    ['mysql', whole],
    ['sqlite', whole.filter((name) => name !== 'echo.ts')],
    ['mariadb', relative],
  ])('%s has its folder, with the same file names', (name, contract) => {
    const names = files
      .filter(({ path }) => path.startsWith(`src/dialects/${name}/`))
      .map(({ path }) => path.split('/').at(-1));
    for (const file of contract) expect(names).toContain(file);
  });
});

function describeEdge({ from, specifier }: { readonly from: SourceFile; readonly specifier: string }): string {
  return `${from.path} imports ${specifier}`;
}

function linesWith(sources: readonly SourceFile[], pattern: RegExp, except?: RegExp): string[] {
  return sources.flatMap(({ path }) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => pattern.test(withoutComment(line)) && !except?.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
}

function withoutComment(line: string): string {
  return /^\s*(?:\/\/|\*|\/\*)/u.test(line) ? '' : line;
}

/** The first cycle of files that load each other, as their paths. */
function findCycle(sources: readonly SourceFile[]): readonly string[] | undefined {
  const done = new Set<string>();
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    const file = byPath.get(path);
    if (!file || done.has(path)) return undefined;
    for (const { target, isType } of importsOf(file)) {
      const found = target && !isType ? visit(target.path, [...trail, path]) : undefined;
      if (found) return found;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of sources) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}
