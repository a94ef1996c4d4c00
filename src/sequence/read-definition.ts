import { didYouMean } from '../config/did-you-mean.ts';
import { checkItem } from './check-item.ts';
import type { MigrationDefinition } from './define-migration.ts';
import { doesNotLoad } from './does-not-load.ts';
import { isRecord } from './is-record.ts';
import { readScriptOptions } from './read-script-options.ts';

/** What a module exports by default, checked to be what defineMigration returns. Throws MIGRATION_DOES_NOT_LOAD. */
export function readDefinition(exported: unknown, path: string): MigrationDefinition {
  if (!isRecord(exported) || !Array.isArray(exported['operations']))
    throw doesNotLoad({ path }, 'its default export is not what defineMigration returns, with a list of operations');
  const unknown = Object.keys(exported).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw doesNotLoad({ path, where: unknown }, unknownKey(unknown));
  readScriptOptions(exported, path);
  refuseSchema(exported, 'from', path);
  refuseSchema(exported, 'to', path);
  exported['operations'].forEach((item: unknown, at) => checkItem(item, { path, where: `operations[${at}]` }));
  return exported as unknown as MigrationDefinition;
}

const keys = [
  'description',
  'operations',
  'from',
  'to',
  'when',
  'data',
  'transaction',
  'generated',
] as const satisfies readonly (keyof MigrationDefinition)[] as readonly string[];

function unknownKey(key: string): string {
  const near = didYouMean(key, keys);
  return near === undefined ? `it is none of ${keys.join(', ')}` : `did you mean ${near}?`;
}

function refuseSchema(exported: Readonly<Record<string, unknown>>, where: 'from' | 'to', path: string): void {
  const schema = exported[where];
  if (schema === undefined || (isRecord(schema) && isRecord(schema['tables']))) return;
  throw doesNotLoad({ path, where }, 'it must be a schema: { tables, views, enums }');
}
