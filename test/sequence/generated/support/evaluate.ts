import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Operation } from '../../../../src/operations/index.ts';
import { entryFor, type DialectName } from '../../../../src/schema/sql-by-dialect.ts';
import type { GeneratedDefinition } from './mikrate.ts';

const scratch = fileURLToPath(new URL('../../../../.scratch', import.meta.url));
const standIn = pathToFileURL(fileURLToPath(new URL('mikrate.ts', import.meta.url))).href;

/** Loads the text of a generated file as Node.js does, with plain data in place of what the package makes. */
export async function evaluate(text: string): Promise<GeneratedDefinition> {
  const exported = await importText(text.replace("from 'mikrate'", `from '${standIn}'`));
  return exported['default'] as GeneratedDefinition;
}

/** Imports a TypeScript module from its text. */
export async function importText(text: string): Promise<Record<string, unknown>> {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'module-'));
  try {
    const file = join(folder, 'module.ts');
    writeFileSync(file, text);
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The operations of a file on one database. */
export function operationsOn(dialect: DialectName, { operations }: GeneratedDefinition): readonly Operation[] {
  return operations.flatMap((item): readonly Operation[] => {
    if (item.kind !== 'byDialect') return [item];
    return entryFor(dialect, item) ?? [];
  });
}
