import { MigrateError } from '../../errors.ts';
import type { MigrationFile } from '../../sequence/migration-file.ts';
import { placeWithin, statementExcerpt } from '../../sequence/statement-excerpt.ts';
import type { StatementStep } from '../../sequence/script.ts';
import { redact } from '../../config/secret.ts';
import type { ApplyRun } from '../apply-plan.ts';
import { explainKnown } from '../explain-failure.ts';

export interface FailedStatement {
  readonly file: Pick<MigrationFile, 'path' | 'text'>;
  readonly step?: StatementStep;
  readonly run: ApplyRun;
  /** It shared a transaction with the rest of its file, which is rolled back. */
  readonly isWhole: boolean;
  /** Other parts of its file are applied: operations, or what stands before a query that was asked. */
  readonly isBehind: boolean;
  /** It is of the way back of its file. */
  readonly isBack?: boolean;
  /** What it wrote through the EntityManager is there, and nobody knows how far it came. */
  readonly isInDoubt?: boolean;
}

/** The error of a statement with its file, line, column, a caret, and the state that it leaves. */
export async function explainStatement(
  error: unknown,
  { file, step, run, ...around }: FailedStatement,
): Promise<unknown> {
  const known = run.dialect.classifyError(error);
  if (known?.code === 'ALREADY_LOCKED' || known?.code === 'DEADLOCK') return error;
  const state = stateOf(file.path, around);
  if (error instanceof MigrateError) return Object.assign(error, { state });
  if (!known) return error;
  const common = known.answered ? undefined : await explainKnown(known, run, { cause: error, state });
  if (common) return common;
  return new MigrateError(
    'MIGRATION_FAILED',
    { path: file.path, ...whereOf(error, { file, step, run }), message: redact(known.message) },
    { cause: error, state },
  );
}

function stateOf(
  path: string,
  { isWhole, isBehind, isBack = false, isInDoubt = false }: Omit<FailedStatement, 'file' | 'step' | 'run'>,
): string {
  if (isInDoubt)
    return `what ${path} wrote through the EntityManager before this is there; the next run asks what became of it`;
  if (isBack && isWhole) return `nothing of the way back of ${path} has run`;
  if (isBack) return `the statements of the way back of ${path} before this one have run; nothing half-done`;
  if (!isWhole) return `the statements of ${path} before this one are applied; nothing half-done`;
  return isBehind
    ? `the parts of ${path} before this one are applied; nothing half-done`
    : `nothing of ${path} was applied`;
}

/** Line and column of the fault, and the line with a caret below it, as far as the server tells. */
function whereOf(
  error: unknown,
  { file, step, run }: Pick<FailedStatement, 'file' | 'step' | 'run'>,
): { readonly where?: string; readonly excerpt?: string } {
  if (!step?.place) return {};
  const offset = run.dialect.placeOfError?.(error, step.text) ?? 0;
  const place = placeWithin({ text: step.text, place: step.place }, offset);
  const excerpt = statementExcerpt(file.text, place);
  return { where: `${place.line}:${place.column}`, ...(excerpt !== undefined && { excerpt }) };
}
