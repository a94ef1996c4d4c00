import type { Table } from '../../schema/schema.ts';
import { sqlFor, type SqlByDialect } from '../../schema/sql-by-dialect.ts';
import { closed } from '../ansi-sql.ts';
import type { Flavor } from './flavor.ts';
import { literal, quote } from './quote.ts';
import { ansi } from './table-sql.ts';

/** Fills NULLs of a column: all, or at most `limit` rows in the order of the primary key. */
export function backfillSql(
  flavor: Flavor,
  table: Table,
  column: string,
  set: { readonly value: string | number | boolean } | { readonly sql: SqlByDialect },
  limit?: number,
): string {
  const value = 'value' in set ? literal(set.value) : `(${closed(sqlFor(flavor.name, set.sql) ?? 'null')})`;
  // A row that is only filled was not edited: columns that note the time of the last change keep it.
  const kept = Object.values(table.columns)
    .filter(({ name, onUpdate }) => onUpdate !== undefined && name !== column)
    .map(({ name }) => `${quote(name)} = ${quote(name)}`);
  const fillable = 'sql' in set ? ` and ${value} is not null` : '';
  const order = limit !== undefined && table.primaryKey ? ` order by ${ansi.columns(table.primaryKey.columns)}` : '';
  const some = limit === undefined ? '' : `${order} limit ${Math.trunc(limit)}`;
  return `update ${ansi.table(table.name)} set ${[`${quote(column)} = ${value}`, ...kept].join(', ')} where ${quote(column)} is null${fillable}${some}`;
}
