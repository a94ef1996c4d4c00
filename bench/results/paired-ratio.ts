import { median } from '../harness/median.ts';

/** The median of the ratios of runs of the same round: what slows the whole machine for a moment slows both. */
export function pairedRatio(numerators: readonly number[], denominators: readonly number[]): number {
  return median(numerators.map((ms, round) => ms / (denominators[round] ?? Number.NaN)));
}
