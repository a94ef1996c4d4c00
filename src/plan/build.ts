import { MigrateError } from '../errors.ts';
import { writeOperation, type Dialect } from '../dialects/dialect.ts';
import type { Difference, PossibleRename } from '../diff/index.ts';
import type { ChangeClass } from '../operations/change-class.ts';
import { applyOperation, describeOperation, undoOperation, type Operation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import { classify } from './classify.ts';
import { addDependants } from './dependants.ts';
import { expandOperations, type BackfillSource } from './expand.ts';
import { joinGenerated } from './generated-sources.ts';
import { holdsBack } from './held-back.ts';
import { impossibleChanges } from './impossible.ts';
import { mergeRebuilds } from './merge.ts';
import { isNeededBy } from './needs.ts';
import { orderOperations } from './order.ts';
import {
  automaticName,
  hashPlan,
  type Blocked,
  type Estimates,
  type PlanFile,
  type PlanStep,
  type WithheldStep,
} from './plan-file.ts';
import type { Question, RenameQuestion } from './question.ts';

export interface BuildInput {
  readonly dialect: Dialect;
  readonly server: string;
  readonly database: string;
  readonly release: string;
  readonly desired: Schema;
  readonly actual: Schema;
  readonly difference: Difference;
  readonly estimates: Estimates;
  readonly backfillFor: BackfillSource;
  hasRows(table: string): boolean;
  /** Why policy does not let this run now; `undefined` where it does. */
  withhold(step: { readonly operation: Operation; readonly class: ChangeClass }): string | undefined;
  /** Faults of the models that no database would take. */
  readonly problems: readonly Blocked[];
}

/** Orders, expands and writes out a difference for one database. Pure: no clock, no random, no database. */
export function buildPlan(input: BuildInput): PlanFile {
  const { dialect, difference, desired, actual } = input;
  const expanded = expandOperations(difference.changes, input);
  const ordered = orderOperations(expanded.operations, desired, dialect.traits);
  const { run, withheld } = separate(ordered, input);
  // Nothing is moved out of the way of a step that does not run now.
  const whole = orderOperations(
    addDependants(joinGenerated(run, actual, dialect), actual, dialect),
    desired,
    dialect.traits,
  );
  const written = writeSteps(mergeRebuilds(whole, dialect.traits), actual, dialect);
  const perhapsRenamed = renameQuestions(difference.perhapsRenamed ?? []);
  const draft = {
    format: 1 as const,
    dialect: dialect.name,
    server: input.server,
    database: input.database,
    release: input.release,
    steps: written.steps,
    blocked: [...input.problems, ...difference.questions.map(question), ...expanded.blocked, ...written.blocked],
    ...asked([...renameQuestions(difference.possibleRenames), ...expanded.questions]),
    ...(perhapsRenamed.length > 0 && { perhapsRenamed }),
    withheld,
    notOurs: difference.notOurs,
    unverified: difference.unverified,
    estimates: input.estimates,
  };
  const hash = hashPlan(draft);
  return { ...draft, hash, steps: draft.steps.map((step) => ({ ...step, migration: automaticName(hash) })) };
}

/** What may run, and what may not: by its own class, or because it needs something that may not. */
function separate(operations: readonly Operation[], input: BuildInput): { run: Operation[]; withheld: WithheldStep[] } {
  const run: Operation[] = [];
  const withheld: WithheldStep[] = [];
  const { lexis } = input.dialect;
  let schema = input.actual;
  for (const operation of operations) {
    const changeClass = classify(operation, schema, input.dialect);
    const blocker = withheld.find((earlier) => holdsBack(earlier.operation, operation, { schema, lexis }));
    const because = blocker ? `it needs "${blocker.summary}"` : input.withhold({ operation, class: changeClass });
    if (because === undefined) run.push(operation);
    else withheld.push({ ...describeStep(operation, changeClass, `w${withheld.length + 1}`, [], []), because });
    if (because === undefined) schema = applyOperation(schema, operation);
  }
  return { run, withheld };
}

/** Operations in the order that they have, as steps with their SQL; what the database cannot do is blocked. Pure. */
export function writeSteps(
  operations: readonly Operation[],
  actual: Schema,
  dialect: Dialect,
): { steps: PlanStep[]; blocked: Blocked[] } {
  const steps: PlanStep[] = [];
  const blocked: Blocked[] = [];
  let schema = actual;
  for (const operation of operations) {
    const id = `s${steps.length + 1}`;
    const needs = steps.filter((earlier) => isNeededBy(earlier.operation, operation)).map((earlier) => earlier.id);
    const changeClass = classify(operation, schema, dialect);
    try {
      const sql = writeOperation(dialect, operation, schema).map(({ text }) => text);
      steps.push(describeStep(operation, changeClass, id, sql, needs));
      blocked.push(...impossibleChanges(operation, dialect, id));
    } catch (error) {
      if (!(error instanceof MigrateError)) throw error;
      steps.push(describeStep(operation, changeClass, id, [], needs));
      blocked.push({ code: error.code, message: `${describeOperation(operation)}: ${error.message}`, step: id });
    }
    schema = applyOperation(schema, operation);
  }
  return { steps, blocked };
}

function describeStep(
  operation: Operation,
  changeClass: ChangeClass,
  id: string,
  sql: readonly string[],
  needs: readonly string[],
): PlanStep {
  return {
    id,
    migration: '',
    class: changeClass,
    operation,
    summary: describeOperation(operation),
    sql,
    undo: undoOperation(operation),
    risks: [],
    needs,
  };
}

/** The part of a plan that holds its questions; nothing where there are none. */
export function asked(questions: readonly Question[]): Pick<PlanFile, 'questions'> {
  return questions.length === 0 ? {} : { questions };
}

/** One question for each column that comes, with all columns that it may have been. */
function renameQuestions(possible: readonly PossibleRename[]): RenameQuestion[] {
  const byColumn = Map.groupBy(possible, ({ table, to }) => JSON.stringify([table, to.name]));
  return [...byColumn.values()].flatMap((pairs) => {
    const [first] = pairs;
    if (!first) return [];
    const { table, to } = first;
    const candidates = pairs.map(({ from }) => ({ column: from.name, type: from.type }));
    return [{ kind: 'rename', table, column: to.name, type: to.type, candidates }];
  });
}

function question(message: string): Blocked {
  return { code: 'ANSWER_NEEDED', message };
}
