import type { Operation, OperationOf } from '../operations/index.ts';
import type { Column, Schema } from '../schema/schema.ts';
import type { Blocked } from './plan-file.ts';
import type { ValueQuestion } from './question.ts';

/** What the options say a NULL is to become. */
export type BackfillSource = (
  table: string,
  column: string,
) => { readonly value: string | number | boolean } | { readonly sql: string } | undefined;

export interface ExpandContext {
  readonly actual: Schema;
  readonly backfillFor: BackfillSource;
  /** True when the table holds at least one row. */
  hasRows(table: string): boolean;
}

export interface Expanded {
  readonly operations: readonly Operation[];
  readonly blocked: readonly Blocked[];
  /** What answers `blocked`. */
  readonly questions: readonly ValueQuestion[];
}

/** Replaces unsafe steps by safe ones: add nullable → backfill → set not null. What cannot be made safe blocks. */
export function expandOperations(operations: readonly Operation[], context: ExpandContext): Expanded {
  const parts = clearDefaults(mergeKeyColumns(operations)).map((operation) => expandOperation(operation, context));
  return {
    operations: parts.flatMap((part) => part.operations),
    blocked: parts.flatMap((part) => part.blocked),
    questions: parts.flatMap((part) => part.questions),
  };
}

function expandOperation(operation: Operation, context: ExpandContext): Expanded {
  if (operation.kind === 'addColumn') return expandAddColumn(operation, context);
  if (operation.kind !== 'setNullability' || operation.nullable) return asItIs(operation);
  const set = context.backfillFor(operation.table, operation.column);
  if (!set || !context.hasRows(operation.table)) return asItIs(operation);
  return madeSafe([{ kind: 'backfill', table: operation.table, column: operation.column, set }, operation]);
}

function expandAddColumn(operation: Extract<Operation, { kind: 'addColumn' }>, context: ExpandContext): Expanded {
  const { table, column } = operation;
  if (isFillable(column) || !context.hasRows(table)) return asItIs(operation);
  const set = context.backfillFor(table, column.name);
  if (!set)
    return {
      operations: [operation],
      blocked: [needsValue(table, column)],
      questions: [{ kind: 'value', table, column: column.name, type: column.type }],
    };
  return madeSafe([
    { kind: 'addColumn', table, column: { ...column, nullable: true } },
    { kind: 'backfill', table, column: column.name, set },
    { kind: 'setNullability', table, column: column.name, nullable: false },
  ]);
}

const madeSafe = (operations: readonly Operation[]): Expanded => ({ operations, blocked: [], questions: [] });
const asItIs = (operation: Operation): Expanded => madeSafe([operation]);

/** The database itself knows what existing rows get. */
function isFillable(column: Column): boolean {
  return (
    column.nullable || column.default !== undefined || column.generated !== undefined || column.autoIncrement === true
  );
}

function needsValue(table: string, column: Column): Blocked {
  return {
    code: 'VALUE_NEEDED',
    message: `${table}.${column.name} is NOT NULL without a default and ${table} has rows: say in the options what they get (tables.${table}.columns.${column.name}.backfill), or give the model a default`,
  };
}

/** A default that the new type may not take goes before the type changes; the new one comes after. */
function clearDefaults(operations: readonly Operation[]): Operation[] {
  const isConverted = ({ table, column }: OperationOf<'setDefault'>): boolean =>
    operations.some(
      (other) =>
        other.kind === 'changeType' && other.change !== 'widening' && other.table === table && other.column === column,
    );
  return operations.flatMap((operation): Operation[] => {
    if (operation.kind !== 'setDefault' || !operation.from || !operation.to || !isConverted(operation))
      return [operation];
    const { table, column, from, to } = operation;
    return [
      { kind: 'setDefault', table, column, from },
      { kind: 'setDefault', table, column, to },
    ];
  });
}

/** A numbered column can only be added together with its key. */
function mergeKeyColumns(operations: readonly Operation[]): Operation[] {
  const result = [...operations];
  for (const add of operations) {
    if (add.kind !== 'addColumn' || !add.column.autoIncrement) continue;
    const key = result.find((other) => other.kind === 'addPrimaryKey' && other.table === add.table);
    if (key?.kind !== 'addPrimaryKey') continue;
    result.splice(result.indexOf(key), 1);
    result[result.indexOf(add)] = { kind: 'alterTable', table: add.table, changes: [add, key] };
  }
  return result;
}
