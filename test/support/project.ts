import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with these files, for a project of a test's own; gone with the process. */
export function createProject(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'mikrate-project-'));
  roots.push(root);
  addFiles(root, files);
  return root;
}

const roots: string[] = [];
process.once('exit', () => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

/** Writes files into a project's folder. */
export function addFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
