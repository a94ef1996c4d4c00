import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Operation } from '../../../../src/operations/index.ts';
import { fallbackOf, type DialectName } from '../../../../src/schema/sql-by-dialect.ts';
import type { SchemaByDialect } from '../../../../src/sequence/schema-by-dialect.ts';

type ByDialect = { readonly kind: 'byDialect' } & { readonly [name in DialectName]?: readonly Operation[] };

/** What a generated file exports. */
export interface Evaluated {
  readonly description: string;
  readonly generated: boolean;
  readonly operations: readonly (Operation | ByDialect)[];
  readonly from: SchemaByDialect;
  readonly to: SchemaByDialect;
}

const scratch = fileURLToPath(new URL('../../../../.scratch', import.meta.url));
const stub = `
export const defineMigration = (definition) => definition;
export const byDialect = (items) => ({ kind: 'byDialect', ...items });
`;

/** Loads the text of a generated file as Node.js does, with functions in place of the package that give back plain data. */
export async function evaluate(text: string): Promise<Evaluated> {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'generated-'));
  try {
    const file = join(folder, 'migration.ts');
    writeFileSync(join(folder, 'mikrate.js'), stub);
    writeFileSync(file, text.replace("from 'mikrate'", "from './mikrate.js'"));
    return ((await import(pathToFileURL(file).href)) as { default: Evaluated }).default;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The operations of a file on one database. */
export function operationsOn(dialect: DialectName, { operations }: Evaluated): readonly Operation[] {
  return operations.flatMap((item): readonly Operation[] => {
    if (item.kind !== 'byDialect') return [item];
    const fallback = fallbackOf(dialect);
    return item[dialect] ?? (fallback && item[fallback]) ?? [];
  });
}
