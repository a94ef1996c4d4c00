import { readdirSync, type Dirent } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';

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
  if (folder === '') return undefined;
  const wanted = new Set(endings?.split(',') ?? [ending]);
  const entries = readFolder(resolve(root, folder));
  if (!entries || entries.some((entry) => entry.isSymbolicLink())) return undefined;
  const start = resolve(root, folder).length;
  return entries
    .filter((entry) => entry.isFile() && wanted.has(extname(entry.name).slice(1)))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => !file.endsWith('.d.ts') && !file.slice(start).split(sep).some(isLeftOut));
}

const isLeftOut = (segment: string): boolean => segment.startsWith('.') || segment === 'node_modules';

function readFolder(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined;
  }
}
