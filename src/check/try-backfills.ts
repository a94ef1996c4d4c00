import type { Dialect, Statement } from '../dialects/dialect.ts';
import { readOnly } from '../dialects/read-only.ts';
import type { Session } from '../dialects/session.ts';
import { partsOf } from '../operations/alter-table.ts';
import { applyOperation, tablesOf, type Operation, type OperationOf } from '../operations/index.ts';
import type { PlanStep } from '../plan/plan-file.ts';
import { entryOf } from '../schema/entry-of.ts';
import { identifierOf, tokenize } from '../schema/expression.ts';
import { describeType } from '../schema/logical-type.ts';
import { parseTableKey } from '../schema/names.ts';
import type { Column, Schema } from '../schema/schema.ts';
import { sqlFor } from '../schema/sql-by-dialect.ts';
import { followNames, type NamesNow } from './names-now.ts';
import type { PreChecked } from './pre-check.ts';

/**
 * Tries each backfill of a plan on the rows of now, without writing: an expression that the server refuses, or that gives
 * NULL or what the column does not take, is told before anything runs. What only the plan will make cannot be tried.
 */
export async function tryBackfills(
  session: Session,
  dialect: Dialect,
  steps: readonly PlanStep[],
  actual: Schema,
): Promise<PreChecked> {
  const operations = steps.flatMap(({ operation }) => partsOf(operation));
  const names = followNames();
  const found: Problem[] = [];
  let schema = actual;
  for (const step of steps)
    for (const part of partsOf(step.operation)) {
      const around = { dialect, actual, schema, names, operations };
      const problem = part.kind === 'backfill' ? await problemOf(part, around, session) : undefined;
      if (problem) found.push({ ...problem, step });
      names.pass(part);
      schema = applyOperation(schema, part);
    }
  return {
    blocked: found.map(({ step, message }) => ({
      code: 'VALUE_UNFIT',
      step: step.id,
      message: `${step.summary}: ${message}`,
    })),
    questions: found.map(({ column, table }) => ({ kind: 'value', table, column: column.name, type: column.type })),
  };
}

interface Problem {
  readonly step: PlanStep;
  readonly table: string;
  readonly column: Column;
  readonly message: string;
}

interface Around {
  readonly dialect: Dialect;
  readonly actual: Schema;
  /** Just before the backfill. */
  readonly schema: Schema;
  readonly names: NamesNow;
  readonly operations: readonly Operation[];
}

type Backfill = OperationOf<'backfill'>;

async function problemOf(
  backfill: Backfill,
  around: Around,
  session: Session,
): Promise<Omit<Problem, 'step'> | undefined> {
  const { table } = backfill;
  const column = entryOf(entryOf(around.schema.tables, table)?.columns, backfill.column);
  const statement = column && trialOf(backfill, column, around);
  if (!statement) return undefined;
  const message = await ask(statement, column, session, around.dialect);
  return message === undefined ? undefined : { table, column, message };
}

/** The statement that tries it; `undefined` where only the plan itself makes what the expression names. */
function trialOf(backfill: Backfill, column: Column, around: Around): Statement | undefined {
  const { dialect, actual, names } = around;
  const table = names.table(backfill.table);
  const now = names.column(backfill.table, column.name);
  const live = entryOf(actual.tables, table);
  if (!live) return undefined;
  const used = namesIn(backfill, dialect);
  if (isBeyondNow(backfill, used, around)) return undefined;
  const isThere = entryOf(live.columns, now) !== undefined;
  const statement = dialect.queries.tryBackfill({
    table,
    column: { ...column, name: now },
    isThere,
    set: backfill.set,
  });
  const added = renamedColumns(backfill.table, used, around);
  return statement && dialect.queries.assume([{ table, exists: true, added }], statement);
}

/** True for an expression that names what is not there yet, or will hold other values. */
function isBeyondNow(
  { table, column }: Backfill,
  used: ReadonlySet<string>,
  { actual, names, operations }: Around,
): boolean {
  const isUsed = (key: string): boolean => used.has(parseTableKey(key).name);
  return operations.some((operation) => {
    switch (operation.kind) {
      case 'createTable':
      case 'createView':
        return isUsed(operation.kind === 'createTable' ? operation.table.name : operation.view.name);
      case 'renameTable':
        return isUsed(operation.to);
      case 'addColumn':
        return used.has(operation.column.name) && (operation.table !== table || operation.column.name !== column);
      case 'renameColumn':
        return operation.table !== table && used.has(operation.to);
      case 'changeType':
        return (
          tablesOf(operation).includes(table) &&
          used.has(operation.column) &&
          entryOf(actual.tables, names.table(table)) !== undefined
        );
      default:
        return false;
    }
  });
}

/** Columns under the names that they will have. */
function renamedColumns(
  table: string,
  used: ReadonlySet<string>,
  { actual, schema, names, dialect }: Around,
): Column[] {
  const live = entryOf(actual.tables, names.table(table))?.columns;
  return Object.values(entryOf(schema.tables, table)?.columns ?? {}).flatMap((column) => {
    const now = names.column(table, column.name);
    const isRenamed = now !== column.name && entryOf(live, now) !== undefined && !entryOf(live, column.name);
    return isRenamed && used.has(column.name) ? [{ ...column, default: { sql: dialect.quote(now) } }] : [];
  });
}

function namesIn({ set }: Backfill, { name, lexis }: Dialect): ReadonlySet<string> {
  const sql = 'value' in set ? undefined : sqlFor(name, set.sql);
  return new Set(sql === undefined ? [] : tokenize(sql, lexis).flatMap((token) => identifierOf(token) ?? []));
}

/** Errors that are the expression's own fault. */
const faults: ReadonlySet<string> = new Set(['REFUSED', 'OBJECT_MISSING', 'ROWS_VIOLATE', 'NOT_SUPPORTED']);

async function ask(
  { text, parameters }: Statement,
  { type }: Column,
  session: Session,
  dialect: Dialect,
): Promise<string | undefined> {
  const count = (): Promise<{ n: unknown; nulls: unknown }[]> => session.query(text, parameters);
  try {
    const [row] = await readOnly(session, dialect, count);
    const [all, nulls] = [Number(row?.n ?? 0), Number(row?.nulls ?? 0)];
    const told = [
      ...(nulls > 0 ? [`${nulls} rows would get NULL`] : []),
      ...(all > nulls ? [`${all - nulls} rows would get what is no ${describeType(type)}`] : []),
    ];
    return told.length === 0 ? undefined : told.join(', ');
  } catch (error) {
    const known = dialect.classifyError(error);
    if (!known?.answered || !faults.has(known.code)) throw error;
    return `the database refuses it: ${known.message}`;
  }
}
