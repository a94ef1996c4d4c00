import { catalogQueries, type ColumnRow } from './catalog.ts';
import { canonicalExpression } from './expression.ts';
import { mysqlFlavor } from './flavor.ts';
import type { Catalog } from './inspect.ts';
import { unescapeCatalogText } from './quote.ts';
import { createTypes } from './types.ts';

/** MySQL's catalog: expressions are escaped once more, defaults are plain text unless marked as generated. */
export const mysqlCatalog: Catalog = {
  flavor: mysqlFlavor,
  types: createTypes(mysqlFlavor),
  queries: (scope) =>
    catalogQueries(scope, {
      indexColumns: "expression as `expression`, is_visible = 'NO' as `hidden`",
      // Names of checks are unique within a database here, and only the list of constraints knows their table.
      checks: (names) => `select t.table_name as \`tableName\`, t.constraint_name as \`constraintName\`, c.check_clause as \`clause\`, 'Table' as \`level\`, t.enforced as \`enforced\`
        from information_schema.table_constraints t join information_schema.check_constraints c
        on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name
        where t.constraint_type = 'CHECK' and t.table_schema = database()${names.replace('table_name', 't.table_name')}`,
    }),
  readDefault,
  readExpression: (text) => canonicalExpression(unescapeCatalogText(text)),
};

function readDefault({ columnDefault, extra, columnType }: ColumnRow): { readonly sql: string } | { readonly value: string } | undefined {
  if (columnDefault === null) return undefined;
  if (/default_generated/iu.test(extra)) return { sql: unescapeCatalogText(columnDefault) };
  // A binary column's default reads as a hexadecimal number, which the catalog cuts at the first zero byte.
  return /^(?:binary|varbinary|bit)/iu.test(columnType) ? { sql: columnDefault } : { value: columnDefault };
}
