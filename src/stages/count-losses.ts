import { evaluateRows } from '../check/rollback-losses.ts';
import { applyOperation } from '../operations/index.ts';
import type { PlanFile, PlanStep } from '../plan/plan-file.ts';
import type { Schema } from '../schema/schema.ts';
import type { Run } from './run.ts';

/** The plan with what goes with each of its destructive steps, counted on the rows of now. Writes nothing. */
export async function countLosses(
  { session, dialect }: Pick<Run, 'session' | 'dialect'>,
  plan: PlanFile,
  actual: Schema,
): Promise<PlanFile> {
  if (!plan.steps.some(isDestructive)) return plan;
  let schema = (plan.files ?? [])
    .filter(({ skipped }) => skipped === undefined)
    .flatMap(({ steps }) => steps)
    .reduce<Schema>((before, { operation }) => applyOperation(before, operation), actual);
  const placed = plan.steps.map((step) => {
    const before = schema;
    schema = applyOperation(schema, step.operation);
    return { step, before };
  });
  const { losses } = await evaluateRows(session, dialect, { placed, actual });
  const steps = plan.steps.map((step): PlanStep => {
    const lost = isDestructive(step) ? losses.get(step.id) : undefined;
    return lost ? { ...step, losses: lost } : step;
  });
  return { ...plan, steps };
}

function isDestructive(step: PlanStep): boolean {
  return step.class === 'destructive';
}
