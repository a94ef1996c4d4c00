import type { Check, ForeignKey, Partitioning, Table } from '../../schema/schema.ts';
import { ansiSql, closed } from '../ansi-sql.ts';
import { columnCheck, writeColumn, type Writing } from './column-sql.ts';
import { dependenciesFirst } from './column-order.ts';
import { notSupported, refuseUnreadable, type Flavor } from './flavor.ts';
import { tableCollation, writeIndex } from './index-sql.ts';
import { literal, quote } from './quote.ts';

export const ansi = ansiSql(quote, 'char');

/** One `create table` with all it holds: it exists whole or not at all. */
export function writeTable(writing: Writing, table: Table): string {
  refuseUnreadable(writing.flavor, table.name, 'the name of a table');
  refuseUnreadable(writing.flavor, table.comment, `the comment of ${table.name}`);
  const parts = [
    ...dependenciesFirst(table.columns).map((column) => writeColumn(writing, column, table)),
    ...(table.primaryKey ? [`primary key (${ansi.columns(table.primaryKey.columns)})`] : []),
    ...table.indexes.map((index) => writeIndex(writing, index, table)),
    ...table.checks
      .filter(({ name }) => !isOfColumn(writing.flavor, table, name))
      .map((check) => writeCheck(writing.flavor, check)),
    ...table.foreignKeys.map((key) => writeForeignKey(writing.flavor, key, table)),
  ];
  const options = [...tableOptions(table), ...(table.partitioning ? [writePartitioning(table)] : [])];
  return `create table ${ansi.table(table.name)} (\n  ${parts.join(',\n  ')}\n) ${options.join(' ')}`;
}

/** A check clause of a table. */
export function writeCheck(flavor: Flavor, { name, expression, invalid }: Check): string {
  if (!flavor.catalogHoldsAllExpressions) refuseUnreadable(flavor, expression, `the check ${name}`);
  return `constraint ${quote(name)} check (${closed(expression)})${invalid ? ' not enforced' : ''}`;
}

/** A foreign key clause; refuses what InnoDB does not do. */
export function writeForeignKey(flavor: Flavor, key: ForeignKey, table: Table): string {
  if (key.deferrable) throw notSupported(flavor, `check the foreign key ${key.name} at commit`, 'foreignKeys');
  if (key.onDelete === 'set default' || key.onUpdate === 'set default')
    throw notSupported(flavor, `set a default by the foreign key ${key.name}`, 'foreignKeys');
  if (table.partitioning)
    throw notSupported(flavor, `hold a foreign key (${key.name}) on a partitioned table`, 'foreignKeys');
  return ansi.foreignKeyClause(key);
}

/** `partition by …` with all partitions. */
export function writePartitioning({ partitioning, storage }: Table): string {
  if (!partitioning) return 'remove partitioning';
  const { method, by, partitions } = partitioning;
  const head = `partition by ${method} (${by})`;
  const below = typeof storage?.['subpartitioning'] === 'string' ? ` ${storage['subpartitioning']}` : '';
  if (typeof partitions === 'number') return `${head}${below} partitions ${partitions}`;
  return `${head}${below} (${partitions.map((part) => `partition ${quote(part.name)} values ${writeBound(method, part.bound)}`).join(', ')})`;
}

function writeBound(method: Partitioning['method'], bound: string): string {
  if (method.startsWith('list')) return `in (${bound})`;
  return method === 'range' && /^maxvalue$/iu.test(bound) ? 'less than maxvalue' : `less than (${bound})`;
}

/** True for a check that stands in its column's definition. */
export function isOfColumn(flavor: Flavor, table: Table, check: string): boolean {
  return table.columns[check] !== undefined && columnCheck(flavor, table, check) !== undefined;
}

function tableOptions(table: Table): string[] {
  const { storage } = table;
  const word = (key: string): string | undefined =>
    typeof storage?.[key] === 'string' ? String(storage[key]).replaceAll(/\W/gu, '') : undefined;
  const collation = tableCollation(table)?.replaceAll(/\W/gu, '');
  const charset = word('charset') ?? 'utf8mb4';
  const rowFormat = word('rowFormat');
  return [
    `engine=${word('engine') ?? 'InnoDB'}`,
    `default charset=${charset}`,
    ...(collation ? [`collate=${collation}`] : []),
    ...(rowFormat ? [`row_format=${rowFormat}`] : []),
    ...(table.comment === undefined ? [] : [`comment=${literal(table.comment)}`]),
  ];
}
