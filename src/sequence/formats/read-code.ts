import type { FormatName, LoadedScript, MigrationFile } from '../migration-file.ts';
import { codeName } from './code-name.ts';
import type { FoundFile } from './format.ts';

/** The migration in a file of code. What it means and does is asked for once. */
export function readCode(
  file: FoundFile,
  format: FormatName,
  { semantics, load }: { semantics: () => Promise<string>; load: () => Promise<LoadedScript> },
): MigrationFile {
  return {
    name: codeName(file.base) ?? file.base,
    format,
    path: file.path,
    file: file.file,
    get text() {
      return file.text;
    },
    semantics: once(semantics),
    load: once(load),
  };
}

/** Calls it when first asked; what failed is tried again. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () =>
    (result ??= work().catch((error: unknown) => {
      result = undefined;
      throw error;
    }));
}
