import type { Dialect, Statement } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import { applyOperation, type Operation } from '../operations/index.ts';
import type { Blocked, PlanStep } from '../plan/plan-file.ts';
import { identifierOf, tokenize } from '../schema/expression.ts';
import type { Index, Schema, Table } from '../schema/schema.ts';
import { entryOf } from '../schema/entry-of.ts';

/** Asks the server whether its version can do each step, and the rows whether each data-dependent step can succeed, before anything runs; offending rows come as samples. */
export async function preCheck(
  session: Session,
  dialect: Dialect,
  steps: readonly PlanStep[],
  actual: Schema,
): Promise<Blocked[]> {
  const blocked: Blocked[] = [];
  let schema = actual;
  for (const step of steps) {
    blocked.push(...(await refusals(session, dialect, step)));
    const checks = parts(step.operation).flatMap((part) => questionsOf(part, { schema, actual, dialect, steps }));
    for (const { statement, says } of checks) {
      const samples = await session.query(statement.text, statement.parameters);
      const offending = samples.filter((row) => row['n'] === undefined || Number(row['n']) > 0);
      if (offending.length > 0)
        blocked.push({
          code: 'ROWS_VIOLATE',
          step: step.id,
          message: `${step.summary}: ${says(offending)}`,
          samples: offending.map(plainSample),
        });
    }
    schema = applyOperation(schema, step.operation);
  }
  return blocked;
}

/** What the server is too old for, with the manual that says so. */
async function refusals(session: Session, dialect: Dialect, { id, operation, summary }: PlanStep): Promise<Blocked[]> {
  const blocked: Blocked[] = [];
  for (const refusal of parts(operation).flatMap((part) => dialect.queries.refusal(part) ?? [])) {
    const [old] = await session.query<{ version: string }>(refusal.statement.text, refusal.statement.parameters);
    if (old)
      blocked.push({
        code: 'NOT_SUPPORTED',
        step: id,
        message: `${summary}: version ${old.version} of the server cannot ${refusal.what} (${refusal.manual})`,
      });
  }
  return blocked;
}

interface Surroundings {
  /** As it will be just before the step. */
  readonly schema: Schema;
  /** As it is now. */
  readonly actual: Schema;
  readonly dialect: Dialect;
  readonly steps: readonly PlanStep[];
}

interface Question {
  readonly statement: Statement;
  says(rows: readonly Record<string, unknown>[]): string;
}

function questionsOf(operation: Operation, around: Surroundings): Question[] {
  const { dialect, actual } = around;
  const table =
    'table' in operation && typeof operation.table === 'string' ? entryOf(actual.tables, operation.table) : undefined;
  if (!table) return [];
  switch (operation.kind) {
    case 'setNullability':
      return operation.nullable ? [] : askNulls(operation.table, operation.column, around, 'hold NULL');
    case 'addPrimaryKey':
      return [
        ...operation.primaryKey.columns.flatMap((column) => askNulls(operation.table, column, around, 'hold NULL')),
        ...askDuplicates(
          { name: 'primary key', unique: true, parts: operation.primaryKey.columns.map((column) => ({ column })) },
          operation.table,
          around,
        ),
      ];
    case 'addIndex':
      return operation.index.unique ? askDuplicates(operation.index, operation.table, around) : [];
    case 'addForeignKey':
      return isAnswerable(operation.foreignKey.columns, table) &&
        isAnswerable(operation.foreignKey.references.columns, entryOf(actual.tables, operation.foreignKey.references.table))
        ? [
            {
              statement: dialect.queries.sampleOrphans(operation.table, operation.foreignKey),
              says: (rows) => `${count(rows)} rows have no parent`,
            },
          ]
        : [];
    case 'addCheck': {
      const named = new Set(
        tokenize(operation.check.expression, dialect.lexis).flatMap((token) => identifierOf(token) ?? []),
      );
      const added = Object.keys(entryOf(around.schema.tables, operation.table)?.columns ?? {}).filter(
        (name) => !entryOf(table.columns, name),
      );
      if (added.some((name) => named.has(name))) return [];
      return [
        {
          statement: dialect.queries.sampleViolations(operation.table, operation.check),
          says: (rows) => `${count(rows)} rows violate it`,
        },
      ];
    }
    case 'changeType': {
      const column = entryOf(table.columns, operation.column);
      const statement =
        column && operation.change !== 'widening'
          ? dialect.queries.sampleMisfits(operation.table, column, operation.to)
          : undefined;
      return statement ? [{ statement, says: (rows) => `${count(rows)} values do not fit the new type` }] : [];
    }
    default:
      return [];
  }
}

function askNulls(table: string, column: string, { actual, dialect, steps }: Surroundings, what: string): Question[] {
  const isFilled = steps.some(
    ({ operation }) => operation.kind === 'backfill' && operation.table === table && operation.column === column,
  );
  if (isFilled || !entryOf(entryOf(actual.tables, table)?.columns, column)) return [];
  return [
    {
      statement: dialect.queries.countNulls(table, column),
      says: (rows) => `${count(rows)} rows ${what}; say in the options what they get (backfill), or fill them`,
    },
  ];
}

function askDuplicates(index: Index, table: string, { schema, actual, dialect }: Surroundings): Question[] {
  const after = entryOf(schema.tables, table);
  const live = entryOf(actual.tables, table);
  if (!after || !live || !index.parts.every((part) => isCountable(part.column, after, live))) return [];
  return [
    {
      statement: dialect.queries.sampleDuplicates(liveView(after, live), index),
      says: (rows) => `${rows.length === 5 ? 'at least ' : ''}${rows.length} groups of rows have the same values`,
    },
  ];
}

/** A plain column that is not there yet holds NULL or one value in every row: only generated ones can be asked for. */
function isCountable(column: string | undefined, after: Table, live: Table): boolean {
  return column === undefined || entryOf(live.columns, column) !== undefined || entryOf(after.columns, column)?.generated !== undefined;
}

function isAnswerable(columns: readonly string[], table: Table | undefined): boolean {
  return table !== undefined && columns.every((column) => entryOf(table.columns, column));
}

/** The columns as they are now, with the generated ones that the plan adds. */
function liveView(after: Table, live: Table): Table {
  const generated = Object.entries(after.columns).filter(([name, column]) => column.generated && !entryOf(live.columns, name));
  return { ...live, columns: { ...live.columns, ...Object.fromEntries(generated) } };
}

function parts(operation: Operation): readonly Operation[] {
  return operation.kind === 'alterTable' ? operation.changes : [operation];
}

function count(rows: readonly Record<string, unknown>[]): string {
  const [first] = rows;
  return first && Object.keys(first).length === 1 && 'n' in first
    ? String(first['n'])
    : `${rows.length === 5 ? 'at least ' : ''}${rows.length}`;
}

/** Values as JSON can hold them. */
function plainSample(row: Record<string, unknown>): Record<string, unknown> {
  const plain = (value: unknown): unknown =>
    typeof value === 'bigint' ? String(value) : Buffer.isBuffer(value) ? value.toString('hex') : value;
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)]));
}
