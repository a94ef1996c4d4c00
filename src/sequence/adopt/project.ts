import type { MigrationFile } from '../migration-file.ts';
import { findFiles } from '../read-files.ts';
import type { FoundFile } from '../formats/format.ts';

/** The project that a history is matched to. */
export interface Project {
  /** Its migration files in their order. */
  readonly files: readonly MigrationFile[];
  /** Files of other tools in it, by globs from its folder. */
  find(globs: readonly string[]): Promise<readonly FoundFile[]>;
}

/** A project in a folder. */
export function openProject(root: string, files: readonly MigrationFile[]): Project {
  return { files, find: (globs) => findFiles({ root, globs }) };
}
