import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import { partsOf } from '../operations/alter-table.ts';
import { applyOperation, type Operation, type OperationOf } from '../operations/index.ts';
import type { Blocked, PlanStep } from '../plan/plan-file.ts';
import type { ValueQuestion } from '../plan/question.ts';
import { entryOf } from '../schema/entry-of.ts';
import { liveNames, type LiveNames } from './live-names.ts';
import { questionsOf } from './questions.ts';
import type { Schema } from '../schema/schema.ts';

/** Asks the server whether its version can do each step, and the rows whether each data-dependent step can succeed, before anything runs; offending rows come as samples. */
export async function preCheck(
  session: Session,
  dialect: Dialect,
  steps: readonly PlanStep[],
  actual: Schema,
): Promise<PreChecked> {
  const blocked: Blocked[] = [];
  const questions: ValueQuestion[] = [];
  const names = liveNames(
    steps.flatMap(({ operation }) => partsOf(operation)),
    dialect.lexis,
  );
  const planned = namedAsNow(steps, actual, names);
  const operations = [...planned.values()].flat();
  let schema = actual;
  for (const step of steps) {
    blocked.push(...(await refusals(session, dialect, step)));
    const around = { schema: names.schema(applyOperation(schema, step.operation)), actual, dialect, operations };
    const parts = partsOf(step.operation);
    const checks = (planned.get(step) ?? []).flatMap((part, at) =>
      questionsOf(part, around).map((question) => ({ ...question, part: parts[at] })),
    );
    for (const { statement, says, isDrawn, part } of checks) {
      const samples = await session.query(statement.text, statement.parameters);
      const offending = samples.filter((row) => row['n'] === undefined || Number(row['n']) > 0);
      if (offending.length === 0) continue;
      blocked.push({
        code: 'ROWS_VIOLATE',
        step: step.id,
        message: `${step.summary}: ${says(offending)}`,
        ...(!isDrawn && { samples: offending.map(plainSample) }),
      });
      if (part?.kind === 'setNullability') questions.push(...valueFor(part, schema));
    }
    schema = applyOperation(schema, step.operation);
  }
  return { blocked, questions };
}

/** What speaks against a plan, and what a person could answer to it. */
export interface PreChecked {
  readonly blocked: readonly Blocked[];
  readonly questions: readonly ValueQuestion[];
}

/** Rows hold NULL where they must not: they can be given a value. */
function valueFor({ table, column }: OperationOf<'setNullability'>, schema: Schema): ValueQuestion[] {
  const type = entryOf(entryOf(schema.tables, table)?.columns, column)?.type;
  return type ? [{ kind: 'value', table, column, type }] : [];
}

/** What the server is too old for or the user has no right to, with the manual that says so. */
async function refusals(session: Session, dialect: Dialect, { id, operation, summary }: PlanStep): Promise<Blocked[]> {
  const blocked: Blocked[] = [];
  for (const refusal of partsOf(operation).flatMap((part) => dialect.queries.refusal(part) ?? [])) {
    const { statement, what, manual, right } = refusal;
    const [row] = await session.query<{ version?: string; user?: string }>(statement.text, statement.parameters);
    if (!row) continue;
    const message =
      right === undefined
        ? `${summary}: version ${row.version} of the server cannot ${what} (${manual})`
        : `${summary}: ${row.user} may not ${what} without the right ${right} (${manual})`;
    blocked.push({ code: right === undefined ? 'NOT_SUPPORTED' : 'RIGHT_MISSING', step: id, message });
  }
  return blocked;
}

/** The parts of each step in the names of now: rows can only be asked by these. */
function namedAsNow(steps: readonly PlanStep[], actual: Schema, names: LiveNames): Map<PlanStep, readonly Operation[]> {
  let schema = actual;
  return new Map(
    steps.map((step) => {
      const named = partsOf(step.operation).map((part) => {
        const now = names.operation(part, schema);
        schema = applyOperation(schema, part);
        return now;
      });
      return [step, named] as const;
    }),
  );
}

/** Values as JSON can hold them. */
function plainSample(row: Record<string, unknown>): Record<string, unknown> {
  const plain = (value: unknown): unknown =>
    typeof value === 'bigint' ? String(value) : Buffer.isBuffer(value) ? value.toString('hex') : value;
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)]));
}
