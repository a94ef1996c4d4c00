import type { Partitioning } from '../../schema/schema.ts';
import type { PartitionRow, TableRow } from './catalog.ts';
import { canonicalExpression } from './expression.ts';
import type { Catalog } from './inspect.ts';

const methods: readonly string[] = [
  'key',
  'linear key',
  'hash',
  'linear hash',
  'range',
  'list',
  'range columns',
  'list columns',
] satisfies Partitioning['method'][];

/** How a table is partitioned; `undefined` where it is not, or in a way that is no one's but the server's (system versioning). */
export function readPartitioning(catalog: Catalog, rows: readonly PartitionRow[]): Partitioning | undefined {
  const [first] = rows;
  const method = first?.method.toLowerCase();
  if (!first || method === undefined || !methods.includes(method)) return undefined;
  const named = new Map(rows.map(({ partitionName, bound }) => [partitionName, bound ?? '']));
  const isCounted = method.includes('key') || method.includes('hash');
  return {
    method: method as Partitioning['method'],
    by:
      method.includes('key') || method.includes('columns')
        ? (first.expression ?? '')
        : catalog.readExpression(first.expression ?? ''),
    partitions: isCounted
      ? named.size
      : [...named].map(([name, bound]) => ({ name, bound: /^MAXVALUE$/u.test(bound) ? 'maxvalue' : bound })),
  };
}

/** Storage facts that a new table of the same kind must have. */
export function readStorage(row: TableRow, partitions: readonly PartitionRow[]): Record<string, string> {
  const rowFormat = /row_format=(\w+)/iu.exec(row.options ?? '')?.[1]?.toLowerCase();
  const subpartitioning = readSubpartitioning(partitions);
  return {
    ...(row.engine !== null && { engine: row.engine }),
    ...(row.collation !== null && { charset: row.collation.split('_')[0] ?? 'utf8mb4', collation: row.collation }),
    ...(rowFormat !== undefined && { rowFormat }),
    ...(subpartitioning !== undefined && { subpartitioning }),
  };
}

function readSubpartitioning(rows: readonly PartitionRow[]): string | undefined {
  const [first] = rows;
  if (!first?.subMethod) return undefined;
  const count = rows.filter(({ partitionName }) => partitionName === first.partitionName).length;
  return `subpartition by ${first.subMethod.toLowerCase()} (${canonicalExpression(first.subExpression ?? '')}) subpartitions ${count}`;
}
