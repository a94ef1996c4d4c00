import { canonicalJson } from '../schema/canonical.ts';
import { displayTable } from '../schema/names.ts';
import { sha256 } from '../schema/sha256.ts';
import type { DialectName } from '../schema/sql-by-dialect.ts';
import type { Blocked, PlanStep } from './plan-file.ts';

/** What a rollback would do to one database, evaluated as it is now. Plain JSON. With anything in `blocked` nothing runs. */
export interface RollbackPlan {
  readonly format: 1;
  readonly dialect: DialectName;
  readonly server: string;
  readonly database: string;
  /** The log's last version when the plan was made. */
  readonly head: number;
  /** The version whose state comes back. */
  readonly target: number;
  /** The release that comes back; null where none does. */
  readonly release: string | null;
  readonly withdrawn: readonly string[];
  readonly hash: string;
  /** In the order in which they are taken back: the newest first. */
  readonly changes: readonly RollbackChange[];
  readonly blocked: readonly Blocked[];
}

/** One change that is taken back. */
export interface RollbackChange {
  /** Version of the event that recorded it. */
  readonly undoes: number;
  readonly migration: string;
  /** What had been done. */
  readonly summary: string;
  readonly restores: 'everything' | 'structure' | 'nothing';
  /** What it does not bring back, and why. */
  readonly because?: string;
  /** What goes with it that is there now. */
  readonly losses: readonly Loss[];
  /** It runs SQL that the log keeps as its author wrote it. */
  readonly runsStoredSql?: true;
  /** It runs the code of its author's way back, in the file as it is now; losses are then what that presumably takes away. */
  readonly runsCode?: { readonly path: string; readonly checksum: string };
  /** None where only the log changes, or code runs. */
  readonly steps: readonly PlanStep[];
}

/** Rows of a table, or values of a column that are not NULL: counted when the plan was made. */
export interface Loss {
  readonly kind: 'rows' | 'values';
  readonly table: string;
  readonly column?: string;
  readonly count: number;
}

/** Covers the operations, the code that runs, what they take back, the database and the log's head; never counts or texts. */
export function hashRollback(plan: Omit<RollbackPlan, 'hash'>): string {
  const { dialect, server, database, head, changes } = plan;
  const facts = changes.map(({ undoes, steps, runsCode }) => ({
    undoes,
    operations: steps.map(({ operation }) => operation),
    ...(runsCode && { code: runsCode }),
  }));
  return sha256(canonicalJson({ dialect, server, database, head, changes: facts }));
}

/** What must be approved: rows and values that go, SQL and code that was not written by us. One sentence each. */
export function needsLeave({ changes }: Pick<RollbackPlan, 'changes'>): string[] {
  return changes.flatMap(({ losses, runsStoredSql, runsCode, summary, steps }) => [
    ...losses.map(describeLoss),
    ...(runsStoredSql ? [`"${summary}" is taken back by stored SQL: ${statementsOf(steps)}`] : []),
    ...(runsCode ? [`"${summary}" is taken back by the code of ${runsCode.path}`] : []),
  ]);
}

/** A sentence for what is lost. */
export function describeLoss({ kind, table, column, count }: Loss): string {
  const what = kind === 'rows' ? 'row' : 'value';
  const where = column === undefined ? displayTable(table) : `${displayTable(table)}.${column}`;
  return `${count} ${what}${count === 1 ? '' : 's'} of ${where} ${count === 1 ? 'is' : 'are'} lost`;
}

function statementsOf(steps: readonly PlanStep[]): string {
  return steps.flatMap(({ sql }) => sql).join('; ');
}
