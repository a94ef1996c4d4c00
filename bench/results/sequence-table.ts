import type { SequenceResult } from '../harness/measure-sequence.ts';
import { median } from '../harness/median.ts';
import { pairedRatio } from './paired-ratio.ts';

/** A thousand migrations against the bare driver, as a Markdown table. */
export function sequenceTable(results: readonly SequenceResult[]): string[] {
  return [
    '|  | bare driver, ms | typed files, ms | / bare | ms each | SQL files, ms | / bare | ms each | nothing to do, ms | / with no files |',
    `| --- |${' ---: |'.repeat(9)}`,
    ...results.map(rowOf),
  ];
}

function rowOf(result: SequenceResult): string {
  const { bare, typed, sql, idle, idleNone } = result;
  const cells = [
    nameOf(result),
    shown(bare),
    ...[typed, sql].flatMap((times) => [shown(times), pairedRatio(times, bare).toFixed(2), each(times, idle)]),
    shown(idle),
    pairedRatio(idle, idleNone).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

function nameOf({ kind, isDurable }: SequenceResult): string {
  return `${kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${isDurable ? 'durable' : 'not durable'}`;
}

/** The median, and the least. */
function shown(times: readonly number[]): string {
  return `${median(times).toFixed(0)} (${Math.min(...times).toFixed(0)})`;
}

function each(times: readonly number[], idle: readonly number[]): string {
  return ((median(times) - median(idle)) / 1000).toFixed(2);
}
