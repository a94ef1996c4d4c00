import { dirname } from 'node:path';
import { displayPlace, placeOf } from '../../config/error-place.ts';
import { placeOfSyntaxError } from '../../config/syntax-error-place.ts';
import { MigrateError } from '../../errors.ts';
import { doesNotLoad } from '../does-not-load.ts';
import type { FormatContext, FoundFile } from './format.ts';

/** What a module exports. */
export type Exports = Readonly<Record<string, unknown>>;

/** Imports a migration that is code. Throws MIGRATION_DOES_NOT_LOAD with the line, where it is known. */
export async function importMigration({ file, path }: FoundFile, context: FormatContext): Promise<Exports> {
  try {
    return await context.importModule(file);
  } catch (error) {
    if (error instanceof MigrateError) throw error;
    const place = placeOf(error) ?? (error instanceof SyntaxError ? await placeOfSyntaxError(file) : undefined);
    const where = place && displayPlace(place, dirname(file));
    const message = error instanceof Error ? error.message : String(error);
    throw doesNotLoad({ path, ...(where !== undefined && { where }) }, message, { cause: error });
  }
}

/** Everything that a module may mean by its exports: they themselves, the default, and the default that CommonJS nests. */
export function exportedValues(exports: Exports): readonly unknown[] {
  const outer = exports['default'];
  const inner = (outer as Exports | null | undefined)?.['default'];
  return [inner, outer, exports].filter((value) => value !== undefined && value !== null);
}
