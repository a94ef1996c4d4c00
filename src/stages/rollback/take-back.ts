import type { StepContext } from '../../apply/run-step.ts';
import type { HeldLock } from '../../dialects/dialect.ts';
import type { RollbackChange, RollbackPlan } from '../../plan/rollback-plan.ts';
import { applySteps } from '../apply-plan.ts';
import type { Run } from '../run.ts';

/** Takes the changes back one after another, the newest first, each with its event; the number that were. */
export async function takeBack(
  { changes }: RollbackPlan,
  context: StepContext,
  run: Run & { readonly lock: HeldLock },
): Promise<number> {
  const total = changes.reduce((sum, { steps }) => sum + steps.length, 0);
  let done = 0;
  for (const change of changes) {
    if (change.steps.length === 0) await markTakenBack(change, context);
    await applySteps(change.steps, context, { ...run, within: { done, total } });
    done += change.steps.length;
  }
  return changes.length;
}

/** Nothing is to be done in the schema: only the log says that it is taken back. */
async function markTakenBack({ undoes, migration, summary }: RollbackChange, { journal }: StepContext): Promise<void> {
  await journal.append({
    migration,
    step: 0,
    source: 'rollback',
    event: 'rolled_back',
    ref: undoes,
    summary: `take back: ${summary}`,
    sql: [],
    finishedAt: journal.clock.now(),
  });
}
