import { identifierOf, tokenize } from '../../schema/expression.ts';
import type { Column, Index, Table } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { columnDefinition, commentStatements } from './column-sql.ts';
import { createIndex } from './index-sql.ts';
import { keptStatements, refuseLeaning } from './kept-sql.ts';
import { ansi, quote, quoteKey } from './quote.ts';
import { addCheckStatement, addForeignKeyStatement } from './table-sql.ts';
import { lexis } from './traits.ts';

/** Generated columns that compute from one of these; PostgreSQL changes no type under them. */
export function generatedFrom(table: Table | undefined, columns: readonly string[]): Column[] {
  return Object.values(table?.columns ?? {}).filter(
    ({ name, generated }) => generated && !columns.includes(name) && names(generated.expression, columns),
  );
}

/**
 * Drops columns, runs `between`, and adds the columns as they shall be, with what went with them: keys, indexes, checks
 * and foreign keys that name them, and comments. Only for generated columns: all values are computed anew.
 */
export function remakeColumns(
  table: Table,
  columns: readonly Column[],
  between: readonly Statement[] = [],
): Statement[] {
  if (columns.length === 0) return [...between];
  for (const column of columns) refuseLeaning(column);
  const gone = columns.map(({ name }) => name);
  const alter = (change: string): Statement => ({ text: `alter table ${quoteKey(table.name)} ${change}` });
  const { primaryKey, indexes, checks, foreignKeys } = table;
  return [
    alter(gone.map((name) => `drop column ${quote(name)}`).join(', ')),
    ...between,
    alter(columns.map((column) => `add column ${columnDefinition(column)}`).join(', ')),
    ...commentStatements(table.name, columns),
    ...columns.flatMap((column) => keptStatements(table.name, column)),
    ...(primaryKey?.columns.some((name) => gone.includes(name))
      ? [alter(`add ${ansi.primaryKeyClause(primaryKey)}`)]
      : []),
    ...indexes.filter((index) => isOver(index, gone)).flatMap((index) => createIndex(table.name, index)),
    ...checks.filter(({ expression }) => names(expression, gone)).map((check) => addCheckStatement(table.name, check)),
    ...foreignKeys
      .filter((key) => key.columns.some((name) => gone.includes(name)))
      .map((key) => addForeignKeyStatement(table.name, key)),
  ];
}

function isOver({ parts, include, where }: Index, columns: readonly string[]): boolean {
  return (
    parts.some(({ column, expression }) => columns.includes(column ?? '') || names(expression, columns)) ||
    (include ?? []).some((name) => columns.includes(name)) ||
    names(where, columns)
  );
}

function names(expression: string | undefined, columns: readonly string[]): boolean {
  return (
    expression !== undefined && tokenize(expression, lexis).some((token) => columns.includes(identifierOf(token) ?? ''))
  );
}
