import type { Script } from './script.ts';

/** Which kind of file it is; the log keeps the word. */
export type FormatName = 'sql-sections' | 'sql-pair' | 'flyway' | 'sql-by-database' | 'module' | 'mikro-orm' | 'typed';

/** One migration as its files say it. Its identity is its name: the file's, without folder and endings. */
export interface MigrationFile {
  readonly name: string;
  readonly format: FormatName;
  /** For people and the log: from the project's folder, with `/`. The first one where it is a pair. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  /** Runs again after the models whenever its text changes. */
  readonly repeatable?: true;
  /** The whole text, in one spelling: LF, NFC, no BOM. Of a pair, both with a line between. */
  readonly text: string;
  /** The text without what says nothing: what two files that do the same have in common. Read when it is asked for. */
  semantics(): Promise<string>;
  /** What it does on the database that it was read for. Throws MIGRATION_DOES_NOT_LOAD. */
  load(): Promise<LoadedScript>;
}

/** `generated` for typed files that the tool wrote, `legacy` for all others. */
export interface LoadedScript extends Script {
  readonly source: 'legacy' | 'generated';
}
