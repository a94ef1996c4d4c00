import { evaluateRows } from '../check/rollback-losses.ts';
import { applyOperation } from '../operations/index.ts';
import type { PlanFile, PlannedFile, PlanStep } from '../plan/plan-file.ts';
import type { Schema } from '../schema/schema.ts';
import type { Run } from './run.ts';

/**
 * The plan with what goes with each of its destructive steps, counted on the rows of now; those of migration files too, where
 * it is known what they do. Writes nothing.
 */
export async function countLosses(
  { session, dialect }: Pick<Run, 'session' | 'dialect'>,
  plan: PlanFile,
  actual: Schema,
): Promise<PlanFile> {
  const { files = [] } = plan;
  const isRunning = ({ skipped }: PlannedFile): boolean => skipped === undefined;
  const ofFiles = (areAfter: boolean): readonly PlanStep[] =>
    files.filter((file) => isRunning(file) && Boolean(file.afterModels) === areAfter).flatMap(({ steps }) => steps);
  const inOrder = [...ofFiles(false), ...plan.steps, ...ofFiles(true)];
  if (!inOrder.some(isDestructive)) return plan;
  let schema = actual;
  // Ids are those of one file or plan: here each step has one of its own.
  const placed = inOrder.map((step, at) => {
    const before = schema;
    schema = applyOperation(schema, step.operation);
    return { step: { ...step, id: String(at) }, before };
  });
  const { losses } = await evaluateRows(session, dialect, { placed, actual });
  const lossesOf = new Map(inOrder.map((step, at) => [step, losses.get(String(at))]));
  const withLosses = (step: PlanStep): PlanStep => {
    const lost = isDestructive(step) ? lossesOf.get(step) : undefined;
    return lost ? { ...step, losses: lost } : step;
  };
  return {
    ...plan,
    ...(plan.files && { files: files.map((file) => ({ ...file, steps: file.steps.map(withLosses) })) }),
    steps: plan.steps.map(withLosses),
  };
}

function isDestructive(step: PlanStep): boolean {
  return step.class === 'destructive';
}
