import { isSameData } from '../../schema/canonical.ts';
import type { Column, Table } from '../../schema/schema.ts';
import type { AlterLedgers } from './alter-ledgers.ts';
import { renameInExpression } from './rename-in-expression.ts';
import type { Flavor } from './flavor.ts';
import { noteAdded, noteDropped, noteTouched } from './ledger.ts';

/** The table with renamed columns renamed in its expressions too, where the server does not do it by itself. */
export function respellRenamed(flavor: Flavor, table: Table, { columns }: AlterLedgers): Table {
  if (flavor.renamesInExpressions || columns.renamed.size === 0) return table;
  const names = new Map([...columns.renamed].map(([to, from]) => [from, to]));
  const respell = (sql: string): string => renameInExpression(sql, names);
  return {
    ...table,
    columns: Object.fromEntries(
      Object.entries(table.columns).map(([name, column]) => [name, respellColumn(column, respell)]),
    ),
    checks: table.checks.map((check) => ({ ...check, expression: respell(check.expression) })),
    indexes: table.indexes.map((index) => ({
      ...index,
      parts: index.parts.map((part) =>
        part.expression === undefined ? part : { ...part, expression: respell(part.expression) },
      ),
    })),
  };
}

/**
 * Notes what must be said again because a renamed column is in it.
 * MySQL refuses a rename while a check, generated column, default or index expression names the column, unless the same statement says it anew.
 */
export function noteDependants(before: Table, after: Table, { columns, checks, indexes }: AlterLedgers): void {
  if (columns.renamed.size === 0) return;
  for (const [name, column] of Object.entries(after.columns)) {
    const old = before.columns[columns.renamed.get(name) ?? name];
    const isRespelled = old && !isSameData([old.generated, old.default], [column.generated, column.default]);
    if (isRespelled && !columns.touched.has(name)) noteTouched(columns, name, 'renameColumn');
  }
  for (const check of after.checks) {
    const old = before.checks.find(({ name }) => name === check.name);
    if (!old || checks.added.has(check.name) || old.expression === check.expression) continue;
    noteDropped(checks, check.name);
    noteAdded(checks, check.name);
  }
  for (const index of after.indexes) {
    const old = before.indexes.find(({ name }) => name === (indexes.renamed.get(index.name) ?? index.name));
    const expressions = (parts: Table['indexes'][number]['parts']): unknown =>
      parts.map(({ expression }) => expression ?? null);
    if (!old || indexes.added.has(index.name) || isSameData(expressions(old.parts), expressions(index.parts))) continue;
    noteDropped(indexes, index.name);
    noteAdded(indexes, index.name);
  }
}

function respellColumn(column: Column, respell: (sql: string) => string): Column {
  const { generated, default: value } = column;
  return {
    ...column,
    ...(generated && { generated: { ...generated, expression: respell(generated.expression) } }),
    ...(value && 'sql' in value && typeof value.sql === 'string' && { default: { sql: respell(value.sql) } }),
  };
}
