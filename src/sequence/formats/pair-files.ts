import { MigrateError } from '../../errors.ts';
import type { FoundFile } from './format.ts';

/** What a file's name says of its part in a migration. */
export interface FilePart {
  readonly name: string;
  /** The same for the files of one migration. */
  readonly key: string;
  readonly isDown: boolean;
}

/** One migration's files. */
export interface FilePair {
  readonly name: string;
  readonly up: FoundFile;
  readonly down?: FoundFile;
}

/** Puts each way back to its migration. Throws MIGRATION_NAMES for one that has none or is one of several. */
export function pairFiles(files: readonly FoundFile[], partOf: (file: FoundFile) => FilePart): readonly FilePair[] {
  const parts = files.map((file) => ({ file, ...partOf(file) }));
  const downs = Map.groupBy(
    parts.filter(({ isDown }) => isDown),
    ({ key }) => key,
  );
  const ups = parts.filter(({ isDown }) => !isDown);
  refuse(downs, new Set(ups.map(({ key }) => key)));
  return ups.map(({ name, key, file }) => {
    const down = downs.get(key)?.[0]?.file;
    return { name, up: file, ...(down && { down }) };
  });
}

function refuse(downs: ReadonlyMap<string, readonly { readonly file: FoundFile }[]>, ups: ReadonlySet<string>): void {
  const problems = [...downs].flatMap(([key, files]) => {
    const paths = files.map(({ file }) => file.path);
    if (!ups.has(key)) return paths.map((path) => `${path} is the way back of a migration that has no file`);
    return paths.length > 1 ? [`${paths.join(' and ')} are the way back of the same migration`] : [];
  });
  if (problems.length > 0) throw new MigrateError('MIGRATION_NAMES', { problems });
}
