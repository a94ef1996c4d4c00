import { MigrateError } from '../errors.ts';
import { partsOf } from '../operations/alter-table.ts';
import { reviewHash, type PlanFile } from '../plan/plan-file.ts';
import { canonicalJson } from '../schema/canonical.ts';
import type { Run } from './run.ts';
import { surveyFrom, type Survey } from './survey.ts';

/** The run with the leave to destructive changes that a person gave with the plan. */
export function underReview<Reviewing extends Pick<Run, 'flags'>>(run: Reviewing): Reviewing {
  return run.flags.reviewed?.allowsDestructive ? withLeave(run, true) : run;
}

/**
 * Throws PLAN_CHANGED where the plan is another than the one that a person has seen: with its destructive changes among
 * the steps, or withheld, as it looks before leave is given.
 */
export async function refuseOtherPlan(run: Run, seen: Survey): Promise<void> {
  const { reviewed } = run.flags;
  if (!reviewed || reviewHash(seen.plan) === reviewed.hash) return;
  if (reviewed.allowsDestructive) {
    const { plan } = await surveyFrom(withLeave(run, false), seen);
    if (reviewHash(plan) === reviewed.hash) return;
  }
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

function withLeave<Reviewing extends Pick<Run, 'flags'>>(run: Reviewing, allowDestructive: boolean): Reviewing {
  return { ...run, flags: { ...run.flags, allowDestructive } };
}
