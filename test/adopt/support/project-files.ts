import { sha256 } from '../../../src/schema/sha256.ts';
import { openProject, type Project } from '../../../src/sequence/adopt/project.ts';
import type { MigrationFile } from '../../../src/sequence/migration-file.ts';
import { compareNames } from '../../../src/sequence/order.ts';
import { findFiles } from '../../../src/sequence/read-files.ts';

/** A project with all files that the globs find as its migrations, whatever they hold. */
export async function projectIn(root: string, globs: readonly string[]): Promise<Project> {
  const found = await findFiles({ root, globs });
  const files = found.map(({ file, path, base, text }): MigrationFile => ({
    name: base.replace(/(?:\.up)?\.\w+$/u, ''),
    format: base.endsWith('.sql') ? 'sql-sections' : 'module',
    path,
    file,
    text,
    semantics: () => Promise.resolve(text.replaceAll(/\s+/gu, ' ')),
    load: () => Promise.reject(new Error('nothing is run')),
  }));
  return openProject(
    root,
    files.toSorted((a, b) => compareNames(a.name, b.name)),
  );
}

/** The checksum that the log must hold of a file. */
export async function checksumOfFile(file: MigrationFile): Promise<string> {
  return `1:${sha256(file.text)}:${sha256(await file.semantics())}`;
}
