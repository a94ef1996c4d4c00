import { catalogQueries, type ColumnRow } from '../mysql/catalog.ts';
import { canonicalExpression } from '../mysql/expression.ts';
import type { Catalog } from '../mysql/inspect.ts';
import { createTypes } from '../mysql/types.ts';
import { mariadbFlavor } from './flavor.ts';

/** MariaDB's catalog: expressions and defaults are SQL as it stands. */
export const mariadbCatalog: Catalog = {
  flavor: mariadbFlavor,
  types: createTypes(mariadbFlavor),
  queries: (scope) =>
    catalogQueries(scope, {
      indexColumns: "null as `expression`, ignored = 'YES' as `hidden`",
      srid: 'null',
      viewAlgorithm: 'algorithm',
      checks: (
        names,
      ) => `select table_name as \`tableName\`, constraint_name as \`constraintName\`, check_clause as \`clause\`, level as \`level\`, 'YES' as \`enforced\`
        from information_schema.check_constraints where constraint_schema = database()${names}`,
    }),
  readDefault: ({ columnDefault }: ColumnRow) =>
    columnDefault === null || columnDefault === 'NULL' ? undefined : { sql: columnDefault },
  readExpression: canonicalExpression,
};
