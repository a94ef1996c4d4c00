import { closed } from './ansi-sql.ts';
import type { BackfillTrial, Statement } from './dialect.ts';

/** How one database spells what `tryBackfill` needs. */
export interface TrialSpelling {
  quote(name: string): string;
  table(key: string): string;
  /** The columns of the inner query for an expression: `value`, and whatever `misfit` asks of. */
  values(expression: string): string;
  /** What is true of a value `v.value`, not NULL, that the column does not take; `undefined` where SQL cannot say. */
  readonly misfit: string | undefined;
}

/**
 * Counts the rows to which a backfill would give NULL, or a value that the column does not take: one row `{ n, nulls }`.
 * The server refuses it where it would refuse the backfill.
 */
export function tryBackfill(
  { table, column, isThere, sql }: BackfillTrial & { readonly sql: string },
  spelling: TrialSpelling,
): Statement {
  const { quote, misfit } = spelling;
  const from = spelling.table(table);
  // No alias: the expression may name its table.
  const rows = isThere ? ` where ${from}.${quote(column.name)} is null` : '';
  const inner = `select ${spelling.values(`(${closed(sql)})`)} from ${from}${rows}`;
  const bad = `v.value is null${misfit === undefined ? '' : ` or (${misfit})`}`;
  return {
    text: `select count(*) as n, sum(case when v.value is null then 1 else 0 end) as nulls from (${inner}) v where ${bad}`,
  };
}
