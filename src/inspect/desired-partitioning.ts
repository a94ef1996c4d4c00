import type { DatabaseTable } from '@mikro-orm/sql';
import type { Dialect } from '../dialects/dialect.ts';
import { identifierOf, type Lexis } from '../schema/expression.ts';
import type { Partitioning, Table } from '../schema/schema.ts';
import { sqlFor, type SqlByDialect } from '../schema/sql-by-dialect.ts';
import { parsePartitioning } from './parse-partitioning.ts';
import { placeTokens, splitAtCommas, stripParentheses, textOf } from './sql-text.ts';

export interface PartitioningSources {
  /** From the options: SQL that MikroORM has no words for. */
  readonly partitionBy?: SqlByDialect | undefined;
  readonly dialect: Dialect;
  /** Key of a partition, which is a table of its own. */
  keyOf(name: string, namespace: string | undefined): string;
  report(message: string): void;
}

/** How a table is partitioned: as the options say, else as the entity says. */
export function readPartitioning(table: DatabaseTable, sources: PartitioningSources): Partitioning | undefined {
  const { dialect, partitionBy, report } = sources;
  const sql = partitionBy === undefined ? undefined : sqlFor(dialect.name, partitionBy);
  if (sql === undefined) return fromEntity(table, sources);
  const parsed = parsePartitioning(sql, dialect.lexis);
  if (!parsed) report(`partitionBy is not understood: ${sql}`);
  return (
    parsed &&
    asInCatalog(
      parsed,
      table.getColumns().map(({ name }) => name),
      dialect,
    )
  );
}

/** Columns quoted and bounds without white space, as MySQL's and MariaDB's catalogs have them. */
function asInCatalog(
  { method, by, partitions }: Partitioning,
  columns: readonly string[],
  dialect: Dialect,
): Partitioning {
  const quoted = quoteColumns(by, columns, dialect);
  const isList = method.endsWith('key') || method.endsWith('columns');
  return {
    method,
    by: isList
      ? splitAtCommas(placeTokens(quoted, dialect.lexis))
          .map((part) => textOf(quoted, part))
          .join(',')
      : dialect.types.canonicalExpression(quoted),
    partitions:
      typeof partitions === 'number'
        ? partitions
        : partitions.map(({ name, bound }) => ({ name, bound: boundInCatalog(bound, method, dialect.lexis) })),
  };
}

/** A bare word that is a column, unless it is called like a function. */
function quoteColumns(sql: string, columns: readonly string[], { lexis, quote }: Dialect): string {
  const tokens = placeTokens(sql, lexis);
  let text = '';
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const column =
      token.kind === 'word' && tokens[index + 1]?.text !== '('
        ? columns.find((name) => name.toLowerCase() === token.text.toLowerCase())
        : undefined;
    text += sql.slice(at, token.start) + (column === undefined ? token.text : quote(column));
    at = token.end;
  }
  return text + sql.slice(at);
}

/** NULL comes first in a list; MAXVALUE of a range over an expression is a word of its own. */
function boundInCatalog(bound: string, method: Partitioning['method'], lexis: Lexis): string {
  if (method === 'range' && /^maxvalue$/iu.test(bound)) return 'maxvalue';
  const values = splitAtCommas(placeTokens(bound, lexis))
    .map((part) => textOf(bound, part))
    .map((value) => (/^(?:null|maxvalue)$/iu.test(value) ? value.toUpperCase() : value));
  const nulls = method.startsWith('list') ? values.filter((value) => value === 'NULL') : [];
  return [...nulls, ...values.filter((value) => nulls.length === 0 || value !== 'NULL')].join(',');
}

/**
 * The table with its primary key made as wide as its partitions demand: MySQL and MariaDB want every column of the
 * partitioning in every unique key.
 */
export function widenPrimaryKey(table: Table, lexis: Lexis): Table {
  const needed = table.partitioning ? columnsIn(table.partitioning.by, table, lexis) : [];
  const missing = needed.filter((name) => !table.primaryKey?.columns.includes(name));
  if (!table.primaryKey || missing.length === 0) return table;
  const columns = Object.entries(table.columns).map(
    ([name, column]) => [name, missing.includes(name) ? { ...column, nullable: false } : column] as const,
  );
  return {
    ...table,
    columns: Object.fromEntries(columns),
    primaryKey: { ...table.primaryKey, columns: [...table.primaryKey.columns, ...missing] },
  };
}

/** The unique keys that lack a column of the partitioning. */
export function keysWithoutPartitions(table: Table, lexis: Lexis): readonly string[] {
  const needed = table.partitioning ? columnsIn(table.partitioning.by, table, lexis) : [];
  return table.indexes
    .filter(({ unique, parts }) => unique && needed.some((name) => !parts.some(({ column }) => column === name)))
    .map(({ name }) => name);
}

function columnsIn(expression: string, { columns }: Table, lexis: Lexis): readonly string[] {
  const names = placeTokens(expression, lexis).map((token) => identifierOf(token) ?? '');
  return Object.keys(columns).filter((column) => names.some((name) => name.toLowerCase() === column.toLowerCase()));
}

function fromEntity(table: DatabaseTable, { dialect, keyOf }: PartitioningSources): Partitioning | undefined {
  const partitioning = table.getPartitioning();
  const [, method, by = ''] = /^(range|list|hash)\s*(\(.*)$/isu.exec(partitioning?.definition ?? '') ?? [];
  if (!partitioning || method === undefined) return undefined;
  const isCount =
    /^hash$/iu.test(method) && partitioning.partitions.every(({ name }, at) => name === `${table.name}_${at}`);
  return {
    method: method.toLowerCase() as 'range' | 'list' | 'hash',
    by: dialect.types.canonicalExpression(stripParentheses(by, dialect.lexis)),
    partitions: isCount
      ? partitioning.partitions.length
      : partitioning.partitions.map(({ name, schema, bound }) => ({ name: keyOf(name, schema), bound })),
  };
}
