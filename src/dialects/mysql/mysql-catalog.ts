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
      srid: 'srs_id',
      viewAlgorithm: "''",
      // Names of checks are unique within a database here. A join of the two would take seconds on a thousand tables.
      checks: (
        names,
      ) => `select table_name as \`tableName\`, constraint_name as \`constraintName\`, '' as \`clause\`, 'Table' as \`level\`, enforced as \`enforced\`
        from information_schema.table_constraints where constraint_type = 'CHECK' and table_schema = database()${names}`,
      clauses:
        'select constraint_name as `constraintName`, check_clause as `clause` from information_schema.check_constraints where constraint_schema = database()',
    }),
  readDefault,
  readExpression: (text) => canonicalExpression(unescapeCatalogText(text)),
};

function readDefault({
  columnDefault,
  extra,
  columnType,
}: ColumnRow): { readonly sql: string } | { readonly value: string } | undefined {
  if (columnDefault === null) return undefined;
  if (/default_generated/iu.test(extra)) return { sql: unescapeCatalogText(columnDefault) };
  // A binary column's default reads as a hexadecimal number, which the catalog cuts at the first zero byte.
  return /^(?:binary|varbinary|bit)/iu.test(columnType) ? { sql: columnDefault } : { value: columnDefault };
}
