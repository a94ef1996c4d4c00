import type { MigrateSettings } from '../../support/migrate.ts';
import { sha256 } from '../../../src/schema/sha256.ts';
import { compareNames } from '../../../src/sequence/order.ts';
import { findFiles } from '../../../src/sequence/read-files.ts';
import { models } from './adopt-database.ts';

/** Where a project keeps the files of its migrations. */
export interface ProjectPlace {
  readonly root: string;
  readonly globs: readonly string[];
}

/** One migration file, as the folder shows it. */
export interface PlacedFile {
  readonly name: string;
  readonly path: string;
  /** What its checksum begins with: it goes on with what the file's format takes for its meaning. */
  readonly checksum: string;
}

/** The files of a project in their order, read without the tool's formats. */
export async function filesIn(place: ProjectPlace): Promise<readonly PlacedFile[]> {
  const found = await findFiles(place);
  return found
    .map(({ base, path, text }) => ({
      name: base.replace(/(?:\.up)?\.\w+$/u, ''),
      path,
      checksum: `1:${sha256(text)}:`,
    }))
    .toSorted((a, b) => compareNames(a.name, b.name));
}

/** The settings of a run in that project. */
export function settingsIn({ root, globs }: ProjectPlace): MigrateSettings {
  return { ...models, root, options: { migrations: { glob: [...globs] } } };
}
