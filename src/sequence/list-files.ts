import { readdirSync, type Dirent } from 'node:fs';
import { extname, join, resolve } from 'node:path';

/** Absolute paths of the files that globs find in a folder, each once, in the order of paths. Never of `node_modules`, nor declarations of types. */
export async function listFiles(globs: readonly string[], root: string): Promise<readonly string[]> {
  const lists = globs.map((glob) => listPlainly(glob, root));
  if (lists.every((list) => list !== undefined)) return [...new Set(lists.flat())].toSorted();
  const { globSync } = await import('tinyglobby');
  const ignore = ['**/node_modules/**', '**/*.d.ts'];
  return globSync([...globs], { cwd: root, absolute: true, ignore }).toSorted();
}

/** `folder/**` and endings, as globs of migrations mostly are: to load what understands the others takes longer than to list a thousand files. */
const plain = /^(?<folder>[\w-]+(?:\/[\w-]+)*)\/\*\*\/\*\.(?:\{(?<endings>\w+(?:,\w+)*)\}|(?<ending>\w+))$/u;

/** What such a glob finds; `undefined` for another one, and where links or rights make it less than plain. */
function listPlainly(glob: string, root: string): readonly string[] | undefined {
  const { folder = '', endings, ending = '' } = plain.exec(glob)?.groups ?? {};
  if (folder === '' || folder.split('/').includes('node_modules')) return undefined;
  const wanted = new Set((endings?.split(',') ?? [ending]).map((name) => `.${name}`));
  try {
    return [...walk(resolve(root, folder))].filter((file) => wanted.has(extname(file)) && !file.endsWith('.d.ts'));
  } catch {
    return undefined;
  }
}

/** The files of a folder and its subfolders. Throws at what only the library knows how to go on with. */
function* walk(folder: string, isStart = true): Generator<string> {
  for (const entry of readFolder(folder, isStart)) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isSymbolicLink()) throw new Error(`${entry.name} is a link`);
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path, false);
    else if (entry.isFile()) yield path;
  }
}

function readFolder(folder: string, isStart: boolean): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isStart && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
