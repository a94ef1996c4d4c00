import { canonicalJson } from '../schema/canonical.ts';
import { sha256 } from '../schema/sha256.ts';
import type { DialectName } from '../schema/sql-by-dialect.ts';
import type { ChangeClass } from '../operations/change-class.ts';
import type { ExpectedLock } from '../operations/expected-lock.ts';
import { objectOf, type Operation, type Undo } from '../operations/index.ts';
import type { ObjectRef } from '../diff/index.ts';
import { partsOf } from '../operations/alter-table.ts';
import type { Loss } from './rollback-plan.ts';
import type { Question, RenameQuestion } from './question.ts';

/**
 * Ordered operations for one database, with SQL and the way back. Plain JSON; the same input gives the same bytes. With
 * anything in `blocked` none of its steps runs.
 */
export interface PlanFile {
  readonly format: 1;
  readonly dialect: DialectName;
  readonly server: string;
  readonly database: string;
  readonly release: string;
  /** SHA-256 of what would be done, see `hashPlan`. */
  readonly hash: string;
  /** Files that run before are SQL or code: the steps below are made again after them. */
  readonly provisional?: true;
  /** Migration files that run before, in their order. */
  readonly files?: readonly PlannedFile[];
  readonly steps: readonly PlanStep[];
  readonly blocked: readonly Blocked[];
  /** What a person has to say first; each is among `blocked`, too. */
  readonly questions?: readonly Question[];
  /** What a person would be asked, and is taken as new unattended: columns that may be old ones, which are not ours, renamed. */
  readonly perhapsRenamed?: readonly RenameQuestion[];
  readonly withheld: readonly WithheldStep[];
  /** What the models do not have and the log does not claim: left alone. */
  readonly notOurs: readonly ObjectRef[];
  /** Expressions that could not be compared here; never changed. */
  readonly unverified: readonly ObjectRef[];
  /** Not hashed. */
  readonly estimates: Estimates;
}

/** One operation of a plan. */
export interface PlanStep {
  readonly id: string;
  readonly migration: string;
  readonly class: ChangeClass;
  readonly operation: Operation;
  readonly summary: string;
  readonly sql: readonly string[];
  readonly undo: Undo<Operation>;
  /** SQL of the way back, where it was asked for and can be written. Not hashed. */
  readonly undoSql?: readonly string[];
  /** Whom the step keeps waiting, where that was asked for and can be said. Not hashed. */
  readonly lock?: ExpectedLock;
  /** Rows and values that go with it, counted when the plan was made for a person. Not hashed. */
  readonly losses?: readonly Loss[];
  readonly risks: readonly { readonly id: string; readonly severity: 'info' | 'warning' | 'error' }[];
  /** Ids of steps that must have run before. */
  readonly needs: readonly string[];
  /** Version of the event that this step takes back. */
  readonly undoes?: number;
  /** More steps take the same event back after this one. */
  readonly part?: true;
}

/** A pending migration file, and what it comes to on this database. */
export interface PlannedFile {
  readonly name: string;
  readonly path: string;
  readonly format: string;
  readonly steps: readonly PlanStep[];
  /** SQL of its author's. */
  readonly statements?: readonly string[];
  /** How many changes it makes besides, which are seen when it runs: by code, and on tables that the models make first. */
  readonly unplanned?: number;
  /** What of it an earlier run has done, in sentences; the rest is listed above. */
  readonly done?: readonly string[];
  /** Why it does not run. */
  readonly skipped?: string;
  /** It is SQL or code: what it does is seen only when it runs. */
  readonly provisional?: true;
  /** It is done, and what is listed of it is not there: made again. */
  readonly repairs?: true;
  /** It runs after the models. */
  readonly afterModels?: true;
}

/** An operation that policy does not let run now, and what gives leave. */
export interface WithheldStep extends PlanStep {
  readonly because: string;
}

/** Why nothing of this phase may run. */
export interface Blocked {
  readonly code: string;
  readonly message: string;
  readonly step?: string;
  /** Offending rows, as far as they may be shown. */
  readonly samples?: readonly Readonly<Record<string, unknown>>[];
}

/** Sizes of tables by the catalog's own estimate, in rows and bytes. */
export type Estimates = Readonly<Record<string, { readonly rows?: number; readonly bytes?: number }>>;

/** Covers operations, classes, dialect and release; never counts, sizes or texts. */
export function hashPlan(plan: Pick<PlanFile, 'dialect' | 'release' | 'steps' | 'withheld'>): string {
  const facts = (steps: readonly PlanStep[]): unknown =>
    steps.map(({ operation, class: changeClass }) => ({ operation, class: changeClass }));
  return sha256(
    canonicalJson({
      dialect: plan.dialect,
      release: plan.release,
      steps: facts(plan.steps),
      withheld: facts(plan.withheld),
    }),
  );
}

/** Covers all that a person who saw the plan has seen of what it would do: its hash, and the files that run before it. */
export function reviewHash({ hash, files = [] }: Pick<PlanFile, 'hash' | 'files'>): string {
  const facts = files.map(({ name, steps, statements, skipped }) => ({
    name,
    operations: steps.map(({ operation }) => operation),
    statements: statements ?? null,
    skipped: skipped ?? null,
  }));
  return sha256(canonicalJson({ hash, files: facts }));
}

/** What a step is called when a person leaves it out: one key for each operation in it. */
export function keysOfStep({ operation }: Pick<PlanStep, 'operation'>): readonly string[] {
  return partsOf(operation).map((part) => `${part.kind} ${objectOf(part)}`);
}

/** True where a run would do something: run a file, or change what the models ask for. */
export function hasWork({ steps, files = [] }: Pick<PlanFile, 'steps' | 'files'>): boolean {
  return steps.length > 0 || files.length > 0;
}

/**
 * How many changes a plan has: operations of files and models, statements of files, and parts of files that are code. Each is
 * one that a run counts as applied. Where the models are planned again after files there may be others.
 */
export function countChanges({ steps, files = [] }: Pick<PlanFile, 'steps' | 'files'>): number {
  return files.reduce((sum, file) => sum + changesOf(file), steps.length);
}

function changesOf({ steps, statements = [], unplanned = 0 }: PlannedFile): number {
  return steps.length + statements.length + unplanned;
}

/** The name under which the log keeps a plan made from the models. */
export function automaticName(hash: string): string {
  return `auto-${hash.slice(0, 12)}`;
}

/** A pending migration file in a sentence. */
export function describeFile(file: PlannedFile): string {
  const { path, steps, statements = [], unplanned = 0, done = [], skipped, afterModels, repairs } = file;
  if (skipped !== undefined) return `${path}: skipped, ${skipped}`;
  if (repairs) return `${path}: makes again what is missing, ${count(changesOf(file), 'change')}`;
  if (afterModels) return `${path}: runs after the models, ${count(changesOf(file), 'change')}`;
  const parts = [
    ...(steps.length > 0 ? [count(steps.length, 'change')] : []),
    ...(statements.length > 0 ? [count(statements.length, 'SQL statement')] : []),
    ...(unplanned > 0 ? ['code'] : []),
  ];
  const behind = done.length === 0 ? '' : `, after ${done.length} done already`;
  return `${path}: ${parts.length === 0 ? count(0, 'change') : parts.join(', ')}${behind}`;
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** A sentence for a column that is taken as new and may be an old one under a new name. */
export function describePerhapsRenamed({ table, column, candidates }: RenameQuestion): string {
  const old = candidates.map((candidate) => candidate.column).join(' or ');
  return `${table}.${column} is taken as new: if it is ${old} under a new name, say tables.${table}.columns.${column}.renamedFrom in the options or in a file for --answers, before it is added`;
}

/** A sentence for a blocked step, with its samples. */
export function describeBlocked({ message, samples }: Blocked): string {
  if (!samples || samples.length === 0) return message;
  return `${message}, for example ${samples
    .slice(0, 3)
    .map((sample) => JSON.stringify(sample))
    .join(', ')}`;
}
