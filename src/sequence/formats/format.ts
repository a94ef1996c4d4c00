import type { Dialect } from '../../dialects/dialect.ts';
import type { FormatName, MigrationFile } from '../migration-file.ts';

/** A file in the migrations folder, not yet known to be of any format. */
export interface FoundFile {
  /** Absolute. */
  readonly file: string;
  /** From the project's folder, with `/`. */
  readonly path: string;
  /** The last part of the path. */
  readonly base: string;
  /** In one spelling: LF, NFC, no BOM. Reads the file when asked. */
  readonly text: string;
  /** As it is. Reads the file when asked. */
  readonly source: string;
}

/** What a format needs to read its files. */
export interface FormatContext {
  readonly dialect: Dialect;
  /** Imports a module of the project as the config is imported (TypeScript too). Throws what the module throws. */
  importModule(file: string): Promise<Record<string, unknown>>;
  /** MikroORM, not asked for before a format needs it. */
  readonly orm: unknown;
}

/** One format of migration files. */
export interface Format {
  readonly name: FormatName;
  /** True for a file that is of this format, by its name (and text, where names do not tell). */
  owns(file: FoundFile): boolean;
  /** The migrations in the files that it owns, in any order; one of several files counts once. */
  read(files: readonly FoundFile[], context: FormatContext): MigrationFile[];
}
