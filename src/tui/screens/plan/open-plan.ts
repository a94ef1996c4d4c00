import type { Size } from '../../message.ts';
import type { PlanScreen } from './state.ts';

/** The plan from its beginning. */
export function openPlan(): PlanScreen {
  return { name: 'plan', cursor: 1, filter: '', isFiltering: false };
}

/** Lines between head and foot of a screen. */
export function pageOf({ rows }: Size): number {
  return Math.max(1, rows - 6);
}
