import type { KeyResult } from '../harness/measure-keys.ts';
import { median } from '../harness/median.ts';

/** What a key in a large list waits for, as a Markdown table; the last row of a list is the slowest of its keys. */
export function keysTable(results: readonly KeyResult[]): string[] {
  return [...Map.groupBy(results, ({ scene }) => scene)].flatMap(([scene, keys]) => [
    `| ${scene}: key | answered, ms | settled, ms | computed, ms |`,
    `| --- |${' ---: |'.repeat(3)}`,
    ...keys.map((result) => rowOf(result.key, result)),
    rowOf('all keys', {
      answered: keys.flatMap(({ answered }) => answered),
      settled: keys.flatMap(({ settled }) => settled),
      cpu: keys.flatMap(({ cpu }) => cpu),
    }),
    '',
  ]);
}

function rowOf(name: string, { answered, settled, cpu }: Pick<KeyResult, 'answered' | 'settled' | 'cpu'>): string {
  return `| ${[name, shown(answered), shown(settled), shown(cpu)].join(' | ')} |`;
}

/** The least, the median and the most. */
function shown(times: readonly number[]): string {
  if (times.length === 0) return '–';
  return [Math.min(...times), median(times), Math.max(...times)].map((ms) => ms.toFixed(0)).join(' / ');
}
