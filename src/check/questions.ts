import type { Assumption } from '../dialects/assume.ts';
import type { Dialect, Statement } from '../dialects/dialect.ts';
import type { Operation, OperationOf } from '../operations/index.ts';
import { isSameData } from '../schema/canonical.ts';
import { entryOf } from '../schema/entry-of.ts';
import { identifierOf, tokenize } from '../schema/expression.ts';
import type { Column, ForeignKey, Index, Schema, Table } from '../schema/schema.ts';

/** A question to the rows of now; each row of its answer speaks against the operation. */
export interface Question {
  readonly statement: Statement;
  says(rows: readonly Record<string, unknown>[]): string;
  /** The values are made by an expression of the plan, each time anew: no samples to show. */
  readonly isDrawn?: true;
}

/** What a question is asked amid; all in the names that tables and columns have now. */
export interface Surroundings {
  /** As it will be just after the operation. */
  readonly schema: Schema;
  /** As it is. */
  readonly actual: Schema;
  readonly dialect: Dialect;
  /** All that the plan does. */
  readonly operations: readonly Operation[];
}

/** What the rows must be asked before an operation can be known to succeed. */
export function questionsOf(operation: Operation, around: Surroundings): Question[] {
  const table = 'table' in operation && typeof operation.table === 'string' ? operation.table : undefined;
  if (table === undefined || !entryOf(around.actual.tables, table)) return [];
  switch (operation.kind) {
    case 'setNullability':
      return operation.nullable ? [] : askNulls(table, operation.column, around);
    case 'addPrimaryKey': {
      const { columns } = operation.primaryKey;
      const key = { name: 'primary key', unique: true, parts: columns.map((column) => ({ column })) };
      return [...columns.flatMap((column) => askNulls(table, column, around)), ...askDuplicates(key, table, around)];
    }
    case 'addIndex':
      return operation.index.unique ? askDuplicates(operation.index, table, around) : [];
    case 'addForeignKey':
      return askOrphans(table, operation.foreignKey, around);
    case 'addCheck':
      return askViolations(operation, around);
    case 'changeType':
      return askMisfits(operation, around);
    default:
      return [];
  }
}

function askNulls(table: string, column: string, { actual, dialect, operations }: Surroundings): Question[] {
  if (backfillOf(table, column, operations) || !columnOf(actual, table, column)) return [];
  return [
    {
      statement: dialect.queries.countNulls(table, column),
      says: (rows) => `${count(rows)} rows hold NULL; say in the options what they get (backfill), or fill them`,
    },
  ];
}

function askDuplicates(index: Index, table: string, around: Surroundings): Question[] {
  const after = entryOf(around.schema.tables, table);
  if (!after) return [];
  const named = [
    ...index.parts.flatMap(({ column, expression }) => (column === undefined ? namesIn(expression, around) : [column])),
    ...namesIn(index.where, around),
  ];
  const statement = around.dialect.queries.sampleDuplicates(after, index);
  const says: Question['says'] = (rows) =>
    `${rows.length === 5 ? 'at least ' : ''}${rows.length} groups of rows have the same values`;
  return ask({ statement, says }, [[table, named]], around);
}

function askOrphans(table: string, foreignKey: ForeignKey, around: Surroundings): Question[] {
  if (isMadeAgain(table, foreignKey, around)) return [];
  const { references, columns } = foreignKey;
  const statement = around.dialect.queries.sampleOrphans(table, foreignKey);
  const says: Question['says'] = (rows) => `${count(rows)} rows have no parent`;
  return ask(
    { statement, says },
    [
      [table, columns],
      [references.table, references.columns],
    ],
    around,
  );
}

/** Values that had a parent have one still, whatever becomes of both in the same way. */
function isMadeAgain(table: string, key: ForeignKey, { operations }: Surroundings): boolean {
  return operations.some(
    (other) =>
      other.kind === 'dropForeignKey' &&
      other.table === table &&
      !other.foreignKey.invalid &&
      isSameData(other.foreignKey.columns, key.columns) &&
      isSameData(other.foreignKey.references, key.references),
  );
}

function askViolations({ table, check }: OperationOf<'addCheck'>, around: Surroundings): Question[] {
  const statement = around.dialect.queries.sampleViolations(table, check);
  const says: Question['says'] = (rows) => `${count(rows)} rows violate it`;
  return ask({ statement, says }, [[table, namesIn(check.expression, around)]], around);
}

function askMisfits({ table, column: name, change, to }: OperationOf<'changeType'>, around: Surroundings): Question[] {
  const column = columnOf(around.actual, table, name);
  const statement =
    column && change !== 'widening' ? around.dialect.queries.sampleMisfits(table, column, to) : undefined;
  return statement ? [{ statement, says: (rows) => `${count(rows)} values do not fit the new type` }] : [];
}

/** Tables with the columns that a question names. */
type Named = readonly (readonly [table: string, columns: readonly string[]])[];

/** The question over the tables as they will be; where values change, only whether there are any rows. */
function ask({ statement, says }: Question, named: Named, around: Surroundings): Question[] {
  const changing = named.flatMap(([table, columns]) => columns.filter((name) => isConverted(table, name, around)));
  const [table = ''] = named[0] ?? [];
  if (changing.length > 0) {
    const because = `the values of ${changing.join(', ')} change in the same plan, so that its rows cannot be asked before; change them in a release of their own`;
    return [{ statement: around.dialect.queries.hasRows(table), says: () => because }];
  }
  const tables = [...new Set(named.map(([name]) => name))];
  const assumptions = tables.map((name) => assumptionOf(name, around));
  const isDrawn = assumptions.some(({ added }) => added.some(({ default: value }) => value && 'sql' in value));
  const assumed = around.dialect.queries.assume(assumptions, statement);
  return assumed ? [{ statement: assumed, says, ...(isDrawn && { isDrawn: true as const }) }] : [];
}

/** True for a column that is there now and will hold other values. */
function isConverted(table: string, name: string, { actual, operations }: Surroundings): boolean {
  if (!columnOf(actual, table, name)) return false;
  return operations.some(
    (other) =>
      (other.kind === 'changeType' && other.change !== 'widening' && other.table === table && other.column === name) ||
      (other.kind === 'changeGenerated' && other.table === table && other.after.name === name),
  );
}

function assumptionOf(table: string, { actual, schema, operations }: Surroundings): Assumption {
  const live = entryOf(actual.tables, table);
  const columns = Object.values(entryOf(schema.tables, table)?.columns ?? {});
  const added = columns.filter(({ name }) => !entryOf(live?.columns, name));
  return { table, exists: live !== undefined, added: added.map((column) => filled(table, column, operations)) };
}

/** The column with the value that a backfill of the plan gives it. */
function filled(table: string, column: Column, operations: readonly Operation[]): Column {
  const set = backfillOf(table, column.name, operations)?.set;
  return set ? { ...column, default: set } : column;
}

function backfillOf(
  table: string,
  column: string,
  operations: readonly Operation[],
): OperationOf<'backfill'> | undefined {
  return operations.find(
    (other): other is OperationOf<'backfill'> =>
      other.kind === 'backfill' && other.table === table && other.column === column,
  );
}

function namesIn(expression: string | undefined, { dialect }: Surroundings): string[] {
  return expression === undefined
    ? []
    : tokenize(expression, dialect.lexis).flatMap((token) => identifierOf(token) ?? []);
}

function columnOf(schema: Schema, table: string, column: string): Table['columns'][string] | undefined {
  return entryOf(entryOf(schema.tables, table)?.columns, column);
}

function count(rows: readonly Record<string, unknown>[]): string {
  const [first] = rows;
  return first && Object.keys(first).length === 1 && 'n' in first
    ? String(first['n'])
    : `${rows.length === 5 ? 'at least ' : ''}${rows.length}`;
}
