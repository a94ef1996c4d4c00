import type { DatabaseTable } from '@mikro-orm/sql';
import type { Dialect } from '../dialects/dialect.ts';
import type { Partitioning } from '../schema/schema.ts';
import { sqlFor, type SqlByDialect } from '../schema/sql-by-dialect.ts';
import { parsePartitioning } from './parse-partitioning.ts';
import { stripParentheses } from './sql-text.ts';

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
  return parsed;
}

function fromEntity(table: DatabaseTable, { dialect, keyOf }: PartitioningSources): Partitioning | undefined {
  const partitioning = table.getPartitioning();
  const [, method, by = ''] = /^(range|list|hash)\s*(\(.*)$/isu.exec(partitioning?.definition ?? '') ?? [];
  if (!partitioning || method === undefined) return undefined;
  return {
    method: method.toLowerCase() as 'range' | 'list' | 'hash',
    by: stripParentheses(by, dialect.lexis),
    partitions: partitioning.partitions.map(({ name, schema, bound }) => ({ name: keyOf(name, schema), bound })),
  };
}
