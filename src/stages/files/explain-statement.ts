import { messageOf } from '../../apply/run-step.ts';
import { MigrateError } from '../../errors.ts';
import type { MigrationFile } from '../../sequence/migration-file.ts';
import type { StatementStep } from '../../sequence/script.ts';
import { redact } from '../../config/secret.ts';
import type { ApplyRun } from '../apply-plan.ts';
import { explainKnown } from '../explain-failure.ts';

export interface FailedStatement {
  readonly file: MigrationFile;
  readonly step?: StatementStep;
  readonly run: ApplyRun;
  /** It shared a transaction with the rest of its file, which is rolled back. */
  readonly isWhole: boolean;
}

/** The error of a statement with its file, line, column, a caret, and the state that it leaves. */
export async function explainStatement(
  error: unknown,
  { file, step, run, isWhole }: FailedStatement,
): Promise<unknown> {
  const known = run.dialect.classifyError(error);
  if (known?.code === 'ALREADY_LOCKED' || known?.code === 'DEADLOCK') return error;
  const state = isWhole
    ? `nothing of ${file.path} was applied`
    : `the statements of ${file.path} before this one are applied; nothing half-done`;
  if (error instanceof MigrateError) return Object.assign(error, { state });
  if (!known) return error;
  const common = known.answered ? undefined : await explainKnown(known, run, { cause: error, state });
  if (common) return common;
  const where = step?.place && `${step.place.line}:${step.place.column}`;
  return new MigrateError(
    'MIGRATION_FAILED',
    { path: file.path, ...(where !== undefined && { where }), message: redact(messageOf(known.message)) },
    { cause: error, state },
  );
}
