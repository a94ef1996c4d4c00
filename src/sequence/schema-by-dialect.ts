import { emptySchema, type Schema } from '../schema/schema.ts';
import { entryFor, type DialectName } from '../schema/sql-by-dialect.ts';

/** A schema for every database; what differs between them is said by database, where `mariadb` falls back to `mysql`. */
export interface SchemaByDialect extends Schema {
  readonly byDialect?: { readonly [name in DialectName]?: Schema };
}

/** The schema for one database. */
export function schemaFor(dialect: DialectName, { byDialect = {}, ...common }: SchemaByDialect): Schema {
  const own = entryFor(dialect, byDialect);
  return {
    ...emptySchema,
    ...common,
    tables: { ...common.tables, ...own?.tables },
    views: { ...common.views, ...own?.views },
    enums: { ...common.enums, ...own?.enums },
  };
}
