import type { Dialect } from '../dialects/dialect.ts';
import { applyOperation, type Operation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import { writeSteps } from './build.ts';
import { addDependants } from './dependants.ts';
import { expandOperations, type ExpandContext } from './expand.ts';
import { joinGenerated } from './generated-sources.ts';
import { mergeRebuilds } from './merge.ts';
import { orderOperations } from './order.ts';
import type { Blocked, PlanStep } from './plan-file.ts';
import type { ValueQuestion } from './question.ts';

export interface FileInput extends Omit<ExpandContext, 'actual'> {
  readonly migration: string;
  readonly operations: readonly Operation[];
  readonly actual: Schema;
  readonly dialect: Dialect;
}

/** The steps of a migration file: its operations in its author's order, each with what must make room for it. Pure. */
export function buildFileSteps(input: FileInput): {
  readonly steps: PlanStep[];
  readonly blocked: readonly Blocked[];
  readonly questions: readonly ValueQuestion[];
} {
  const { operations, actual, dialect, migration } = input;
  const whole: Operation[] = [];
  const blocked: Blocked[] = [];
  const questions: ValueQuestion[] = [];
  let schema = actual;
  for (const operation of operations) {
    const expanded = expandOperations([operation], { ...input, actual: schema });
    blocked.push(...expanded.blocked);
    questions.push(...expanded.questions);
    for (const part of expanded.operations) {
      const around = withDependants(part, schema, dialect);
      whole.push(...around);
      schema = around.reduce(applyOperation, schema);
    }
  }
  // Steps of several files stand in one plan.
  const within = (id: string): string => `${migration}/${id}`;
  const written = writeSteps(mergeRebuilds(whole, dialect.traits), actual, dialect);
  return {
    steps: written.steps.map((step) => ({
      ...step,
      migration,
      id: within(step.id),
      needs: step.needs.map(within),
    })),
    blocked: [...blocked, ...written.blocked],
    questions,
  };
}

function withDependants(operation: Operation, schema: Schema, dialect: Dialect): Operation[] {
  const joined = addDependants(joinGenerated([operation], schema, dialect), schema, dialect);
  const split = operation.kind === 'createTable' && operation.table.foreignKeys.length > 0;
  return joined.length === 1 && !split
    ? [...joined]
    : orderOperations(joined, applyOperation(schema, operation), dialect.traits);
}
