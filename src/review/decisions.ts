import type { Answers } from '../config/answers-file.ts';
import type { ColumnOptions } from '../config/options.ts';

export type { Answers } from '../config/answers-file.ts';

/** What a person has decided about a plan. */
export interface Decisions {
  readonly answers: Answers;
  /** Keys of operations that are left out this time, see `keysOfStep`. */
  readonly leftOut: readonly string[];
  /** Keys of operations that policy withholds and that run this time all the same. */
  readonly included: readonly string[];
}

/** Nothing is decided. */
export const undecided: Decisions = { answers: { format: 1, tables: {} }, leftOut: [], included: [] };

/** The decisions with one more answer about a column. */
export function answer(decisions: Decisions, table: string, column: string, options: ColumnOptions): Decisions {
  const { tables } = decisions.answers;
  const columns = tables[table]?.columns ?? {};
  const answered = { ...tables, [table]: { columns: { ...columns, [column]: { ...columns[column], ...options } } } };
  return { ...decisions, answers: { format: 1, tables: answered } };
}

/** The decisions with operations in the other state: what runs is left out, what was left out or withheld runs. */
export function toggle(decisions: Decisions, keys: readonly string[], now: 'planned' | 'withheld'): Decisions {
  const isOut = keys.some((key) => decisions.leftOut.includes(key));
  const without = (list: readonly string[]): readonly string[] => list.filter((key) => !keys.includes(key));
  const leftOut = without(decisions.leftOut);
  const included = without(decisions.included);
  if (isOut) return { ...decisions, leftOut };
  if (now === 'withheld') return { ...decisions, included: [...included, ...keys] };
  const wasIncluded = keys.some((key) => decisions.included.includes(key));
  return wasIncluded ? { ...decisions, included } : { ...decisions, leftOut: [...leftOut, ...keys] };
}

/** True where nothing was answered. */
export function hasAnswers({ answers }: Decisions): boolean {
  return Object.keys(answers.tables).length > 0;
}
