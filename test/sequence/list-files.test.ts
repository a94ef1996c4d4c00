import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { afterAll, expect, test } from 'vitest';
import { listFiles } from '../../src/sequence/list-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'mikrate-list-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

function makeTree(paths: readonly string[]): string {
  const root = join(folder, String(++count));
  mkdirSync(root);
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  return root;
}

/** What the library finds. */
function byLibrary(globs: readonly string[], root: string): readonly string[] {
  return globSync([...globs], { cwd: root, absolute: true, ignore: ['**/node_modules/**', '**/*.d.ts'] }).toSorted();
}

const globs = [
  ['migrations/**/*.{ts,js,sql}'],
  ['migrations/**/*.sql'],
  ['db/migrations/**/*.ts', 'migrations/**/*.{sql,ts}', 'migrations/**/*.sql'],
  ['nowhere/**/*.sql'],
  ['migrations/*.sql'],
];

const segment = fc.constantFrom('a', 'B', '.hidden', 'node_modules', 'x.y', 'ü', 'migrations', 'a b');
const name = fc.constantFrom(
  '1.sql',
  '1.ts',
  '1.d.ts',
  '.sql',
  'sql',
  '1.SQL',
  '1.js',
  '1.sql.txt',
  '.env.sql',
  '1.mariadb.sql',
);
const path = fc
  .tuple(fc.constantFrom('migrations', 'db/migrations', 'other'), fc.array(segment, { maxLength: 3 }), name)
  .map(([start, segments, end]) => [start, ...segments, end].join('/'));

test('finds what the library finds, in any tree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(path, { maxLength: 12 }), fc.constantFrom(...globs), async (paths, patterns) => {
      // A file cannot have the name of a folder.
      const fitting = paths.filter((one) => !paths.some((other) => other.startsWith(`${one}/`)));
      const root = makeTree(fitting);
      expect(await listFiles(patterns, root)).toEqual(byLibrary(patterns, root));
    }),
    { numRuns: 60, examples: [[['migrations/sql'], ['migrations/**/*.{ts,js,sql}']]] },
  );
});

test('finds what lies behind links, as the library does', async () => {
  const root = makeTree(['migrations/1.sql', 'elsewhere/2.sql', 'elsewhere/deep/3.sql']);
  symlinkSync(join(root, 'elsewhere'), join(root, 'migrations/linked'));
  symlinkSync(join(root, 'elsewhere/2.sql'), join(root, 'migrations/9.sql'));
  const found = await listFiles(['migrations/**/*.sql'], root);
  expect(found).toEqual(byLibrary(['migrations/**/*.sql'], root));
  expect(found).toHaveLength(4);
});

test.each(['node_modules/pack/migrations/**/*.sql', 'packages/**/*.sql'])(
  '%s finds nothing in packages',
  async (glob) => {
    const root = makeTree([
      'node_modules/pack/migrations/1.sql',
      'packages/a/node_modules/b/2.sql',
      'packages/a/3.sql',
    ]);
    symlinkSync(root, join(root, 'packages/a/node_modules/linked'));
    expect(await listFiles([glob], root)).toEqual(byLibrary([glob], root));
  },
);

test('finds nothing in a file that has the name of the folder', async () => {
  const root = makeTree(['migrations']);
  chmodSync(join(root, 'migrations'), 0o600);
  expect(await listFiles(['migrations/**/*.sql'], root)).toEqual(byLibrary(['migrations/**/*.sql'], root));
});
