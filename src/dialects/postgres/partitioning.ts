import { tokenize } from '../../schema/expression.ts';
import { parseTableKey, tableKey } from '../../schema/names.ts';
import type { Partitioning, Table } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import type { RelationRow } from './catalog.ts';
import { canonicalExpression, withoutOuterParentheses } from './expression.ts';
import { notSupported } from './not-supported.ts';
import { quoteBeside, quoteKey } from './quote.ts';
import { lexis } from './traits.ts';

type Partition = Exclude<Partitioning['partitions'], number>[number];

/** How a table is partitioned; hash partitions under the names that a bare number gives are that number. */
export function readPartitioning({ name, partkey, partitions }: RelationRow): Partitioning | undefined {
  const found = /^(RANGE|LIST|HASH) \(([\s\S]*)\)$/u.exec(partkey ?? '');
  if (!found) return undefined;
  const method = found[1]?.toLowerCase() as 'range' | 'list' | 'hash';
  const rows = JSON.parse(partitions ?? '[]') as [string, string | null, string][];
  const list = rows.map(([child, namespace, bound]): Partition => ({
    name: tableKey(child, namespace ?? undefined),
    bound: canonicalBound(bound),
  }));
  return {
    method,
    by: canonicalExpression(writeKeys(found[2] ?? '')),
    partitions: method === 'hash' && isPlainHash(name, list) ? list.length : list,
  };
}

/** ` partition by range ("at")`; empty for a plain table. */
export function partitionClause({ name, partitioning }: Table): string {
  if (partitioning && partitioning.method.endsWith('key'))
    throw notSupported(
      `partition ${name} by ${partitioning.method}; partition by hash instead`,
      'ddl-partitioning.html',
    );
  return partitioning
    ? ` partition by ${partitioning.method.replace(/ columns$|^linear /u, '')} (${writeKeys(partitioning.by)})`
    : '';
}

/** An expression is in parentheses of its own, unless it is a single call. */
function writeKeys(by: string): string {
  const keys = splitAtCommas(by).map(withoutOuterParentheses);
  return keys.map((key) => (isPlainKey(key) ? key : `(${key})`)).join(', ');
}

/** `a`, `a collate "C" text_ops`, `lower(a)`, `(a + 1)`. */
function isPlainKey(key: string): boolean {
  const tokens = tokenize(key, lexis);
  const first = tokens.findIndex(({ text }) => text === '(');
  const outside = first < 0 ? tokens : tokens.slice(0, first);
  const rest =
    first < 0
      ? ''
      : tokens
          .slice(first)
          .map(({ text }) => text)
          .join(' ');
  const isOneCall = rest === '' || withoutOuterParentheses(rest) !== rest;
  return isOneCall && outside.every(({ kind, text }) => kind === 'word' || kind === 'identifier' || text === '.');
}

function splitAtCommas(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const token of text.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\s\S]/gu) ?? []) {
    if (token === '(' || token === '[') depth += 1;
    if (token === ')' || token === ']') depth -= 1;
    if (token === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim());
}

/** A statement for each partition. */
export function createPartitions(
  table: string,
  partitioning: Partitioning,
  only?: (name: string) => boolean,
): Statement[] {
  return partitionsOf(table, partitioning)
    .filter(({ name }) => only?.(name) ?? true)
    .map(({ name, bound }) => ({
      text: `create table ${quotePartition(table, name)} partition of ${quoteKey(table)} ${bound}`,
    }));
}

/** The partitions by name and bound, a number of hash partitions spelled out. */
export function partitionsOf(table: string, { partitions }: Partitioning): readonly Partition[] {
  if (typeof partitions !== 'number')
    return partitions.map(({ name, bound }) => ({ name, bound: canonicalBound(bound) }));
  const name = parseTableKey(table).name;
  return Array.from({ length: partitions }, (_, at) => ({ name: `${name}_${at}`, bound: hashBound(partitions, at) }));
}

/** A partition's name, which stands beside its table unless it says otherwise. */
export function quotePartition(table: string, name: string): string {
  const parsed = parseTableKey(name);
  return parsed.namespace === undefined ? quoteBeside(table, parsed.name) : quoteKey(name);
}

/** `FOR VALUES FROM ('a') TO (MAXVALUE)` → `for values from ('a') to (maxvalue)`; a bare `in (1)` gets its `for values`. */
function canonicalBound(bound: string): string {
  const text = bound
    .trim()
    .replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_]\w*/gu, (part) =>
      words.has(part.toLowerCase()) ? part.toLowerCase() : part,
    );
  return /^(?:for|default)\b/u.test(text) ? text : `for values ${text}`;
}

const words = new Set([
  'for',
  'values',
  'with',
  'in',
  'from',
  'to',
  'minvalue',
  'maxvalue',
  'null',
  'modulus',
  'remainder',
  'default',
]);

function isPlainHash(table: string, list: readonly Partition[]): boolean {
  const bounds = new Map(list.map(({ name, bound }) => [name, bound]));
  return list.length > 0 && list.every((_, at) => bounds.get(`${table}_${at}`) === hashBound(list.length, at));
}

function hashBound(modulus: number, remainder: number): string {
  return `for values with (modulus ${modulus}, remainder ${remainder})`;
}
