import type { Schema } from '../schema/schema.ts';
import { fallbackOf, type DialectName } from '../schema/sql-by-dialect.ts';

/** A schema for every database, or one each; `mariadb` falls back to `mysql`. */
export type SchemaByDialect = Schema | { readonly [name in DialectName]?: Schema };

/** The schema for one database, `undefined` where none was given. */
export function schemaFor(dialect: DialectName, given: SchemaByDialect): Schema | undefined {
  if ('tables' in given) return given;
  const fallback = fallbackOf(dialect);
  return given[dialect] ?? (fallback && given[fallback]);
}
