import type { Answers } from '../config/answers-file.ts';
import type { ColumnOptions } from '../config/options.ts';

export type { Answers } from '../config/answers-file.ts';

/** What a person has decided about a plan. */
export interface Decisions {
  readonly answers: Answers;
  /** Keys of operations that are left out this time, see `keysOfStep`. */
  readonly leftOut: readonly string[];
  /** The plan as it is with leave for its destructive changes: they are among the steps, with their SQL. */
  readonly allowsDestructive?: boolean;
}

/** Nothing is decided. */
export const undecided: Decisions = { answers: { format: 1, tables: {} }, leftOut: [] };

/** The decisions with one more answer about a column. */
export function answer(decisions: Decisions, table: string, column: string, options: ColumnOptions): Decisions {
  const { tables } = decisions.answers;
  const columns = tables[table]?.columns ?? {};
  const answered = { ...tables, [table]: { columns: { ...columns, [column]: { ...columns[column], ...options } } } };
  return { ...decisions, answers: { format: 1, tables: answered } };
}

/** The decisions with operations left out that were in, or in again where all of them were out. */
export function toggle(decisions: Decisions, keys: readonly string[]): Decisions {
  const isOut = keys.every((key) => decisions.leftOut.includes(key));
  const others = decisions.leftOut.filter((key) => !keys.includes(key));
  return { ...decisions, leftOut: isOut ? others : [...others, ...keys] };
}

/** True where nothing was answered. */
export function hasAnswers({ answers }: Decisions): boolean {
  return Object.keys(answers.tables).length > 0;
}
