import { MigrateError } from '../errors.ts';
import { partsOf } from '../operations/alter-table.ts';
import { reviewHash, type PlanFile } from '../plan/plan-file.ts';
import { canonicalJson } from '../schema/canonical.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** Throws PLAN_CHANGED where the plan is another than the one that a person has seen. */
export function refuseOtherPlan({ flags }: Pick<Run, 'flags'>, { plan }: Pick<Survey, 'plan'>): void {
  if (flags.reviewed && reviewHash(plan) !== flags.reviewed.hash)
    throw new MigrateError('PLAN_CHANGED', { what: 'the plan' });
}

/** Throws PLAN_CHANGED where the models ask for something, now that files have run, that a person has not seen. */
export function refuseUnseenSteps(
  { flags }: Pick<Run, 'flags'>,
  { shown, plan, applied }: { readonly shown: PlanFile; readonly plan: PlanFile; readonly applied: number },
): void {
  if (!flags.reviewed) return;
  const known = new Set(operationsOf(shown));
  if (operationsOf(plan).every((operation) => known.has(operation))) return;
  const done = `${applied} ${applied === 1 ? 'change of migration files was' : 'changes of migration files were'} applied`;
  throw new MigrateError('PLAN_CHANGED', { what: 'what the models ask for', applied: done });
}

function operationsOf({ steps }: PlanFile): readonly string[] {
  return steps.flatMap(({ operation }) => partsOf(operation)).map(canonicalJson);
}
