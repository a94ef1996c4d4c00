import { canonicalJson } from '../../schema/canonical.ts';
import type { MigrationDefinition } from '../define-migration.ts';
import type { LoadedScript, MigrationFile } from '../migration-file.ts';
import { readDefinition } from '../read-definition.ts';
import { resolveScript } from '../resolve-script.ts';
import { codeName } from './code-name.ts';
import type { Format, FormatContext, FoundFile } from './format.ts';
import { exportedValues, importMigration } from './import-migration.ts';
import { once, readCode } from './read-code.ts';
import { readLiteralModule } from './read-literal-module.ts';
import { saysInCode } from './says-in-code.ts';

/** Modules whose default export is what defineMigration returns: typed operations, the same on every database. */
export const typed: Format = {
  name: 'typed',
  owns: (file) => codeName(file.base) !== undefined && saysInCode(file, /\bdefineMigration\b/u),
  read: (files, context) => files.map((file) => readTyped(file, context)),
};

function readTyped(file: FoundFile, context: FormatContext): MigrationFile {
  const definition = once(async () => readDefinition(await importDefault(file, context), file.path));
  return readCode(file, 'typed', {
    semantics: async () => semanticsOf(await definition()),
    load: async () => scriptOf(await definition(), file, context),
  });
}

/** What it does, without what it says of itself to people. */
function semanticsOf({ description: _, ...rest }: MigrationDefinition): string {
  return canonicalJson(rest);
}

function scriptOf(definition: MigrationDefinition, { path }: FoundFile, { dialect }: FormatContext): LoadedScript {
  const source = definition.generated === true ? 'generated' : 'legacy';
  return { source, ...resolveScript(definition, dialect, path) };
}

async function importDefault(file: FoundFile, context: FormatContext): Promise<unknown> {
  const literal = readLiteralModule(file.source);
  if (literal !== undefined) return literal;
  const exports = await importMigration(file, context);
  return exportedValues(exports).find(hasOperations) ?? exports['default'];
}

function hasOperations(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'operations' in value;
}
