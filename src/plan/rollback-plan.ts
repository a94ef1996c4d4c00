import type { Operation, OperationOf } from '../operations/index.ts';
import { canonicalJson } from '../schema/canonical.ts';
import { displayTable } from '../schema/names.ts';
import { sha256 } from '../schema/sha256.ts';
import type { DialectName } from '../schema/sql-by-dialect.ts';
import { describeBlocked, type Blocked, type PlanStep } from './plan-file.ts';

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
  /** The release that the database is at afterwards; null where at none. */
  readonly release: string | null;
  /** The release that it is at when the plan is made; null where at none. */
  readonly releaseNow: string | null;
  readonly withdrawn: readonly string[];
  readonly hash: string;
  /** In the order in which they are taken back: the newest first. */
  readonly changes: readonly RollbackChange[];
  readonly blocked: readonly Blocked[];
  /** What can be taken back instead, where this cannot. */
  readonly choices?: readonly RollbackChoice[];
}

/** A version whose state can come back instead, and what that takes back. */
export interface RollbackChoice {
  readonly to: number;
  readonly says: string;
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
  /** What went when the change was done, and does not come back; absent where nothing did. */
  readonly gone?: readonly Gone[];
  /** It runs SQL that the log keeps as its author wrote it. */
  readonly runsStoredSql?: true;
  /** What that SQL removes its words do not say: `losses` are what it presumably takes away, as far as that is known. */
  readonly removesUnknown?: true;
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

/** Rows or values that a change took away: as many as were counted just before; without a count where nobody counted. */
export type Gone = Omit<Loss, 'count'> & { readonly count?: number };

/** True for what takes rows or values along that no undo brings back. */
export function takesAway(operation: Operation): operation is OperationOf<'dropTable'> | OperationOf<'dropColumn'> {
  return operation.kind === 'dropTable' || (operation.kind === 'dropColumn' && !operation.column.generated);
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
export function needsLeave(plan: Pick<RollbackPlan, 'changes'>): string[] {
  return [...plan.changes.flatMap(({ losses }) => losses.map(describeLoss)), ...storedWays(plan)];
}

/** The SQL and code that runs and was not written by us, one sentence each. */
export function storedWays({ changes }: Pick<RollbackPlan, 'changes'>): string[] {
  return changes.flatMap(({ runsStoredSql, removesUnknown, runsCode, summary, steps }) => [
    ...(removesUnknown ? [`what the SQL for the way back of "${summary}" removes is not known`] : []),
    ...(runsStoredSql ? [`"${summary}" is taken back by stored SQL: ${statementsOf(steps)}`] : []),
    ...(runsCode ? [`"${summary}" is taken back by the code of ${runsCode.path}`] : []),
  ]);
}

/** What a rollback does to the release, in a sentence. */
export function describeRelease({ release, releaseNow }: Pick<RollbackPlan, 'release' | 'releaseNow'>): string {
  if (release === null) return 'The database is at no release afterwards';
  return release === releaseNow ? `Release ${release} stays` : `Release ${release} comes back`;
}

/** True where nothing goes and everything comes back. */
export function isWhole({ changes }: Pick<RollbackPlan, 'changes'>): boolean {
  return changes.every(
    ({ restores, losses, runsCode, runsStoredSql }) =>
      restores === 'everything' && losses.length === 0 && !runsCode && !runsStoredSql,
  );
}

/** Why nothing of a rollback runs, and what can be chosen on the command line instead, one sentence each. */
export function problemsOf({ blocked, choices = [] }: Pick<RollbackPlan, 'blocked' | 'choices'>): string[] {
  return [...blocked.map(describeBlocked), ...choices.map(({ to, says }) => `choose --to ${to} to ${says}`)];
}

/** A sentence for what is lost. */
export function describeLoss(loss: Loss): string {
  return `${amountOf(loss)} of ${placeOf(loss)} ${loss.count === 1 ? 'is' : 'are'} lost`;
}

/** All that is lost, in numbers; `undefined` where nothing is. */
export function totalLost({ changes }: Pick<RollbackPlan, 'changes'>): string | undefined {
  const losses = changes.flatMap((change) => change.losses);
  if (losses.length === 0) return undefined;
  const isOne = losses.length === 1 && losses[0]?.count === 1;
  return `${totalOf(losses)} ${isOne ? 'is' : 'are'} lost`;
}

/** What stays away although the changes are taken back, one sentence each; none where everything comes back. */
export function notBroughtBack({ changes }: Pick<RollbackPlan, 'changes'>): string[] {
  return changes.flatMap(({ restores, gone = [], because, summary }) => {
    if (restores === 'everything') return [];
    if (gone.length > 0) return gone.map(describeGone);
    return [
      because === undefined ? `"${summary}": values that it changed stay as they are` : `"${summary}": ${because}`,
    ];
  });
}

function describeGone({ count, ...what }: Gone): string {
  if (count !== undefined)
    return `${amountOf({ ...what, count })} of ${placeOf(what)}, which went when it was dropped, ${count === 1 ? 'does' : 'do'} not come back`;
  return `the ${what.kind} of ${placeOf(what)}, which went when it was dropped and were not counted, do not come back`;
}

/** `40 values and 2 rows`. */
function totalOf(losses: readonly Pick<Loss, 'kind' | 'count'>[]): string {
  return (['values', 'rows'] as const)
    .map((kind) => ({ kind, of: losses.filter((loss) => loss.kind === kind) }))
    .filter(({ of }) => of.length > 0)
    .map(({ kind, of }) => amountOf({ kind, count: of.reduce((sum, { count }) => sum + count, 0) }))
    .join(' and ');
}

function amountOf({ kind, count }: Pick<Loss, 'kind' | 'count'>): string {
  return `${count} ${kind === 'rows' ? 'row' : 'value'}${count === 1 ? '' : 's'}`;
}

function placeOf({ table, column }: Pick<Loss, 'table' | 'column'>): string {
  return column === undefined ? displayTable(table) : `${displayTable(table)}.${column}`;
}

function statementsOf(steps: readonly PlanStep[]): string {
  return steps.flatMap(({ sql }) => sql).join('; ');
}
