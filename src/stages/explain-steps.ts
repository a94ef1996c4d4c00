import { writeUndo } from '../apply/write-undo.ts';
import type { Dialect, ServerInfo } from '../dialects/dialect.ts';
import { expectedLock } from '../dialects/expected-locks.ts';
import { asFound } from '../operations/as-found.ts';
import { applyOperation, undoOperation } from '../operations/index.ts';
import type { PlanFile, PlanStep } from '../plan/plan-file.ts';
import type { Schema } from '../schema/schema.ts';

/** Where a plan would run. */
export interface ExplainInput {
  readonly actual: Schema;
  readonly dialect: Dialect;
  readonly server: Pick<ServerInfo, 'settings'>;
}

/** The plan with what only a person reads of each step: the SQL of its way back, and the lock that it needs. Pure. */
export function explainSteps(plan: PlanFile, { actual, dialect, server }: ExplainInput): PlanFile {
  let schema = actual;
  const explain = (step: PlanStep): PlanStep => {
    const operation = asFound(step.operation, schema);
    const lock = expectedLock(dialect, operation, { schema, server });
    schema = applyOperation(schema, operation);
    const undoSql = writeUndo(undoOperation(operation), schema, dialect);
    return { ...step, ...(undoSql && { undoSql }), ...(lock && { lock }) };
  };
  const files = plan.files?.map((file) =>
    file.skipped === undefined ? { ...file, steps: file.steps.map(explain) } : file,
  );
  return { ...plan, ...(files && { files }), steps: plan.steps.map(explain) };
}
