import type { Operation } from '../../../../src/operations/index.ts';
import type { DialectName } from '../../../../src/schema/sql-by-dialect.ts';
import type { SchemaByDialect } from '../../../../src/sequence/schema-by-dialect.ts';

/** What `byDialect` gives back. */
export type ByDialect = { readonly kind: 'byDialect' } & { readonly [name in DialectName]?: readonly Operation[] };

/** What a generated file exports. */
export interface GeneratedDefinition {
  readonly description: string;
  readonly generated: true;
  readonly operations: readonly (Operation | ByDialect)[];
  readonly from: SchemaByDialect;
  readonly to: SchemaByDialect;
}

/** Stands for the package in tests of what is written: gives its argument back. */
export function defineMigration(definition: GeneratedDefinition): GeneratedDefinition {
  return definition;
}

/** Stands for the package in tests of what is written. */
export function byDialect(items: { readonly [name in DialectName]?: readonly Operation[] }): ByDialect {
  return { kind: 'byDialect', ...items };
}
