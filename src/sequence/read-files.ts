import { readFileSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { takeText } from '../config/texts-of-start.ts';
import { MigrateError } from '../errors.ts';
import { describeUnowned } from './describe-unowned.ts';
import { formats } from './formats/index.ts';
import type { FormatContext, FoundFile } from './formats/format.ts';
import type { MigrationFile } from './migration-file.ts';
import { listFiles } from './list-files.ts';
import { compareNames } from './order.ts';

/** Where a project keeps its migration files. */
export interface Place {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly globs: readonly string[];
}

/**
 * The migration files of a project in their one order, whatever their format. Told of the paths that look like migrations and
 * are of no format. Throws MIGRATION_NAMES.
 */
export async function readMigrationFiles(
  place: Place,
  context: FormatContext,
  onUnowned: (paths: readonly string[]) => void = () => {},
): Promise<readonly MigrationFile[]> {
  const found = await findFiles(place);
  const owned = Map.groupBy(found, (file) => formats.find((format) => format.owns(file)));
  const unowned = describeUnowned(found, owned.get(undefined) ?? []);
  if (unowned.length > 0) onUnowned(unowned);
  const files = [...owned].flatMap(([format, own]) => format?.read(own, context) ?? []);
  refuseNames(files);
  return files.toSorted((a, b) => compareNames(a.name, b.name));
}

/** Every file that the globs find, in the order of paths. */
export async function findFiles({ root, globs }: Place): Promise<readonly FoundFile[]> {
  return (await listFiles(globs, root)).map((file) => foundFile(file, root));
}

function foundFile(file: string, root: string): FoundFile {
  let source: string | undefined;
  let text: string | undefined;
  return {
    file,
    path: relative(root, file).split(sep).join('/'),
    base: basename(file),
    get source() {
      return (source ??= readText(file, this.path));
    },
    get text() {
      return (text ??= oneSpelling(this.source));
    },
  };
}

function readText(file: string, path: string): string {
  try {
    return takeText(file) ?? readFileSync(file, 'utf8');
  } catch (error) {
    throw new MigrateError('MIGRATION_DOES_NOT_LOAD', { path, message: (error as Error).message }, { cause: error });
  }
}

/** What editors and version control change without meaning it: line ends, a byte order mark, composed letters. */
export function oneSpelling(text: string): string {
  return text
    .replace(/^\uFEFF/u, '')
    .replaceAll('\r\n', '\n')
    .normalize('NFC');
}

// A name may become a part of a path, so it is no folder's own or parent.
const allowed = /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,120}$/u;

function refuseNames(files: readonly MigrationFile[]): void {
  const byName = Map.groupBy(files, ({ name }) => name);
  const twice = [...byName].filter(([, same]) => same.length > 1);
  const problems = [
    ...files.filter(({ name }) => !allowed.test(name)).map(({ path }) => `${path}: its name holds what a name may not`),
    ...twice.map(([name, same]) => `${name} is the name of ${same.map(({ path }) => path).join(' and ')}`),
  ];
  if (problems.length > 0) throw new MigrateError('MIGRATION_NAMES', { problems });
}
