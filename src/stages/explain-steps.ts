import { writeUndo } from '../apply/write-undo.ts';
import { writeOperation, type Dialect, type ServerInfo } from '../dialects/dialect.ts';
import { expectedLock } from '../dialects/expected-locks.ts';
import { MigrateError } from '../errors.ts';
import { asFound } from '../operations/as-found.ts';
import { applyOperation, undoOperation, type Operation } from '../operations/index.ts';
import type { PlanFile, PlanStep } from '../plan/plan-file.ts';
import type { Schema } from '../schema/schema.ts';

/** Where a plan would run. */
export interface ExplainInput {
  readonly actual: Schema;
  readonly dialect: Dialect;
  readonly server: Pick<ServerInfo, 'settings'>;
}

/**
 * The plan with what only a person reads of each step: the SQL of its way back, and the lock that it needs. A withheld one
 * gets its SQL, too, as it would be if it ran alone after the plan. Pure.
 */
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
  const steps = plan.steps.map(explain);
  const withheld = plan.withheld.map((step) => {
    const sql = sqlOf(asFound(step.operation, schema), schema, dialect);
    return { ...step, ...explain(step), because: step.because, sql };
  });
  return { ...plan, ...(files && { files }), steps, withheld };
}

/** Nothing where the database has no SQL for it: what is withheld may well be impossible. */
function sqlOf(operation: Operation, schema: Schema, dialect: Dialect): readonly string[] {
  try {
    return writeOperation(dialect, operation, schema).map(({ text }) => text);
  } catch (error) {
    if (error instanceof MigrateError) return [];
    throw error;
  }
}
