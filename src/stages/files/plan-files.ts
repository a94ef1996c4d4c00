import { findFilledTables } from '../../check/estimate.ts';
import { createJudge, type Spelling } from '../../diff/expressions.ts';
import type { DiffContext } from '../../diff/index.ts';
import type { EventPayload } from '../../history/event.ts';
import type { LogState } from '../../history/state.ts';
import type { Operation } from '../../operations/index.ts';
import { applyOperation } from '../../operations/index.ts';
import { buildFileSteps } from '../../plan/build-file.ts';
import type { Blocked, PlannedFile, PlanStep } from '../../plan/plan-file.ts';
import type { ValueQuestion } from '../../plan/question.ts';
import type { Schema } from '../../schema/schema.ts';
import type { MigrationFile } from '../../sequence/migration-file.ts';
import { resolveOperations, type Resolved } from '../../sequence/resolve-operations.ts';
import type { LoadedScript } from '../../sequence/migration-file.ts';
import type { OperationStep } from '../../sequence/script.ts';
import { isMeantFor } from '../../sequence/when.ts';
import { backfillsFor } from '../backfills.ts';
import type { Run } from '../run.ts';

/** What the pending files would do, as far as that can be known before they run. */
export interface FilesPlan {
  readonly files: readonly PlannedFile[];
  readonly steps: readonly PlanStep[];
  readonly blocked: readonly Blocked[];
  readonly questions: readonly ValueQuestion[];
  /** The schema after them; where `provisional`, only as far as typed operations tell. */
  readonly schema: Schema;
  /** Some of them are SQL or code: what they do is seen only when they run. */
  readonly provisional: boolean;
}

export interface FilesInput {
  readonly files: readonly MigrationFile[];
  readonly actual: Schema;
  readonly desired: Schema;
  readonly log: Pick<LogState, 'spellings' | 'begun'>;
}

/** Simulates files one after another on the inspected schema. Writes nothing. */
export async function planFiles(run: Run, { files, actual, desired, log }: FilesInput): Promise<FilesPlan> {
  let [schema, provisional] = [actual, false];
  const planned: PlannedFile[] = [];
  const blocked: Blocked[] = [];
  const questions: ValueQuestion[] = [];
  for (const file of files) {
    const script = await file.load();
    const { name, path, format } = file;
    if (!isMeantFor(script, schema)) {
      planned.push({ name, path, format, steps: [], skipped: 'what it is for is not there' });
      continue;
    }
    const begun = log.begun.get(name) ?? [];
    const known = await planOperations(run, operationSteps(script), { file, script, schema, desired, log });
    const isKnown = script.steps.every(({ kind }) => kind === 'operation' || kind === 'expect');
    provisional ||= !isKnown;
    blocked.push(...known.blocked);
    questions.push(...known.questions);
    planned.push({
      name,
      path,
      format,
      steps: known.steps,
      ...unseenChanges(script, begun),
      ...(begun.length > 0 && { done: begun.map(({ summary }) => summary) }),
      ...(!isKnown && { provisional: true as const }),
    });
    schema = known.steps.reduce((before, { operation }) => applyOperation(before, operation), schema);
  }
  const steps = planned.flatMap((file) => file.steps);
  return { files: planned, steps, blocked, questions, schema, provisional };
}

export interface Around {
  readonly file: Pick<MigrationFile, 'name'>;
  readonly script: Pick<LoadedScript, 'from' | 'to'>;
  readonly schema: Schema;
  readonly desired: Schema;
  readonly log: Pick<LogState, 'spellings' | 'begun'>;
}

/** What operations of a file come to. */
interface PlannedOperations {
  readonly steps: readonly PlanStep[];
  readonly skipped: readonly Extract<Resolved, { as: 'skip' }>[];
  readonly blocked: readonly Blocked[];
  readonly questions: readonly ValueQuestion[];
}

/** The steps that typed operations of a file come to on a schema, and those that have nothing to do. */
export async function planOperations(
  run: Run,
  steps: readonly OperationStep[],
  around: Around,
): Promise<PlannedOperations> {
  if (steps.length === 0) return { steps: [], skipped: [], blocked: [], questions: [] };
  const before = lastPlans.get(around.script);
  if (before && isSameQuestion(before, { steps, around })) return before.planned;
  const planned = await planAnew(run, steps, around);
  lastPlans.set(around.script, { steps, around, planned });
  return planned;
}

/** Files are planned when they are looked at, and again when they run: on the same schema it is the same. */
const lastPlans = new WeakMap<Around['script'], Asked & { readonly planned: PlannedOperations }>();

interface Asked {
  readonly steps: readonly OperationStep[];
  readonly around: Around;
}

function isSameQuestion(before: Asked, now: Asked): boolean {
  const [{ around: a }, { around: b }] = [before, now];
  const isSame = a.schema === b.schema && a.desired === b.desired && a.log.spellings === b.log.spellings;
  const areSteps = before.steps.length === now.steps.length && before.steps.every((step, at) => step === now.steps[at]);
  // Rows are asked anew.
  return (
    isSame && areSteps && a.log.begun === b.log.begun && !now.steps.some(({ operation }) => asksForRows(operation))
  );
}

async function planAnew(
  run: Run,
  steps: readonly OperationStep[],
  { file, script, schema, desired, log }: Around,
): Promise<PlannedOperations> {
  const { session, dialect } = run;
  const { from, to } = script;
  const logged = (log.begun.get(file.name) ?? []).flatMap(({ operation }) => operation ?? []);
  const context = contextOf(run, log.spellings);
  const resolved = resolveOperations({ steps, from, to, actual: schema, desired, context, logged });
  const operations = resolved.flatMap((item) => (item.as === 'run' ? [item.operation] : []));
  const filled = await findFilledTables(session, dialect, operations.filter(asksForRows), schema);
  const built = buildFileSteps({
    migration: file.name,
    operations,
    actual: schema,
    dialect,
    backfillFor: backfillsFor(run, desired),
    hasRows: (table) => filled.has(table),
  });
  const undecided = resolved.flatMap((item) => (item.as === 'blocked' ? [item.problem] : []));
  return {
    steps: built.steps,
    skipped: resolved.filter((item) => item.as === 'skip'),
    blocked: [...undecided, ...built.blocked],
    questions: built.questions,
  };
}

/** What a file is to do that is not planned: its statements, and how many parts of it are code. */
export function unseenChanges(
  { steps }: Pick<LoadedScript, 'steps'>,
  begun: readonly EventPayload[] = [],
): Pick<PlannedFile, 'statements' | 'unplanned'> {
  const done = new Set(begun.filter(({ operation }) => operation?.kind === 'rawSql').map(({ step }) => step));
  const statements = steps.flatMap((step, at) => (step.kind === 'statement' && !done.has(at + 1) ? [step.text] : []));
  const unplanned = steps.filter(({ kind }) => kind === 'call').length;
  return { ...(statements.length > 0 && { statements }), ...(unplanned > 0 && { unplanned }) };
}

function operationSteps({ steps }: LoadedScript): readonly OperationStep[] {
  return steps.filter((step) => step.kind === 'operation');
}

/** A column that may be empty needs no look at the rows. */
function asksForRows(operation: Operation): boolean {
  if (operation.kind === 'addColumn') return !operation.column.nullable && operation.column.default === undefined;
  return operation.kind === 'setNullability' && !operation.nullable;
}

function contextOf({ dialect }: Run, spellings: readonly Spelling[]): DiffContext {
  const expressions = createJudge(dialect.types, { spellings });
  return { dialect, expressions, isOurs: () => true, renames: { tables: {}, columns: {} } };
}
