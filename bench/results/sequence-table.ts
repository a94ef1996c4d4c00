import type { SequenceResult } from '../harness/measure-sequence.ts';
import { median } from '../harness/median.ts';
import { pairedRatio } from './paired-ratio.ts';

/** A thousand migrations against the bare driver, as a Markdown table. */
export function sequenceTable(results: readonly SequenceResult[]): string[] {
  const ms = (times: readonly number[]): string => median(times).toFixed(0);
  const each = (times: readonly number[], idle: readonly number[]): string =>
    ((median(times) - median(idle)) / 1000).toFixed(2);
  return [
    '| | bare driver, ms | typed files, ms | / bare | ms each | SQL files, ms | / bare | ms each | nothing to do, ms | / with no files |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...results.map(
      ({ kind, bare, typed, sql, idle, idleNone }) =>
        `| ${kind} | ${ms(bare)} | ${ms(typed)} | ${pairedRatio(typed, bare).toFixed(2)} | ${each(typed, idle)} | ${ms(sql)} | ${pairedRatio(sql, bare).toFixed(2)} | ${each(sql, idle)} | ${ms(idle)} | ${pairedRatio(idle, idleNone).toFixed(2)} |`,
    ),
  ];
}
