import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadDialect } from '../../../src/dialects/index.ts';
import type { DialectName } from '../../../src/schema/sql-by-dialect.ts';
import { readMigrationFiles } from '../../../src/sequence/read-files.ts';
import type { MigrationFile } from '../../../src/sequence/migration-file.ts';

/** A project of a test's own in a temporary folder. */
export interface Project {
  readonly root: string;
  remove(): void;
}

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** The public API as the files of a project import it. */
export const mikrate = pathToFileURL(join(repository, 'src/index.ts')).href;

/** Writes a project whose migrations are these files, by their paths under `migrations/`. It sees this repository's packages. */
export function makeProject(files: Readonly<Record<string, string>>): Project {
  const root = mkdtempSync(join(tmpdir(), 'mikrate-code-'));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(root, dirname(native)), { recursive: true });
  writeFileSync(join(root, native), 'export const importNatively = (url) => import(url);');
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, 'migrations', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

/** Vitest leaves packages to Node.js, so that its import is that of Node.js and not Vitest's own. */
const native = 'native/node_modules/import.mjs';

const globs = ['migrations/**/*'];

/** The project's migrations as they are read for one database. */
export async function readProject(
  { root }: Project,
  dialect: DialectName,
  options: { readonly orm?: unknown; onUnowned?(paths: readonly string[]): void } = {},
): Promise<readonly MigrationFile[]> {
  const { importNatively } = (await import(pathToFileURL(join(root, native)).href)) as {
    importNatively(url: string): Promise<Record<string, unknown>>;
  };
  const importModule = (file: string) => importNatively(pathToFileURL(file).href);
  const context = { dialect: await loadDialect(dialect), importModule, orm: options.orm };
  return readMigrationFiles({ root, globs }, context, options.onUnowned);
}

/** What one file of a project does on a database; the project is gone afterwards. */
export async function readOne(
  files: Readonly<Record<string, string>>,
  dialect: DialectName,
  options: { readonly orm?: unknown } = {},
): Promise<MigrationFile> {
  const [first] = await readProject(makeProject(files), dialect, options);
  if (!first) throw new Error('no format owns the file');
  return first;
}
