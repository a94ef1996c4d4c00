import { identifierOf, tokenize } from '../../schema/expression.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { lexis } from './quote.ts';

/**
 * The columns in an order that the server takes: an expression may name columns that are generated or have a default of
 * their own only where these come before it. https://dev.mysql.com/doc/refman/8.4/en/create-table-generated-columns.html
 */
export function dependenciesFirst(columns: Table['columns']): readonly Column[] {
  const order = new Set<Column>();
  const visit = (column: Column, path: ReadonlySet<Column>): void => {
    for (const name of namesIn(column)) {
      const needed = find(columns, name);
      if (needed && mustPrecede(needed) && !path.has(needed)) visit(needed, new Set([...path, needed]));
    }
    order.add(column);
  };
  for (const column of Object.values(columns)) visit(column, new Set([column]));
  return [...order];
}

/** A literal default of a text is an expression too. */
const mustPrecede = (column: Column): boolean => column.generated !== undefined || column.default !== undefined;

function namesIn({ generated, default: value }: Column): readonly string[] {
  const text = generated?.expression ?? (value && 'sql' in value && typeof value.sql === 'string' ? value.sql : '');
  return tokenize(text, lexis).flatMap((token) => identifierOf(token) ?? []);
}

/** Names of columns do not differ in case here. */
function find(columns: Table['columns'], name: string): Column | undefined {
  return columns[name] ?? Object.values(columns).find((column) => column.name.toLowerCase() === name.toLowerCase());
}
