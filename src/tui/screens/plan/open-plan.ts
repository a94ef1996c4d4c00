import type { State } from '../../state.ts';
import { firstRow } from './plan-rows.ts';
import type { PlanScreen } from './state.ts';

/** The plan from its beginning. */
export function openPlan({ overview }: Pick<State, 'overview'>): PlanScreen {
  return { name: 'plan', cursor: overview ? firstRow(overview.plan, '') : 0, filter: '', isFiltering: false };
}
