import type { StepContext } from '../../apply/run-step.ts';
import type { HeldLock } from '../../dialects/dialect.ts';
import type { RollbackChange } from '../../plan/rollback-plan.ts';
import { applySteps } from '../apply-plan.ts';
import type { Run } from '../run.ts';
import type { RollbackSurvey } from './plan-rollback.ts';
import { runCodeBack } from './run-code-back.ts';

/** Takes the changes back one after another, the newest first, each with its event; the number that were. */
export async function takeBack(
  { plan: { changes }, codes }: Pick<RollbackSurvey, 'plan' | 'codes'>,
  context: StepContext,
  run: Run & { readonly lock: HeldLock },
): Promise<number> {
  const total = changes.reduce((sum, { steps }) => sum + steps.length, codes.size);
  let done = 0;
  for (const change of changes) {
    const code = codes.get(change.undoes);
    if (code) await runCodeBack(change, { ...code, at: (done += 1), total }, context, run);
    else if (change.steps.length === 0) await markTakenBack(change, context);
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
