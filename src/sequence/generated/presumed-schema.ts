import { writeOperation, type Dialect } from '../../dialects/dialect.ts';
import { MigrateError } from '../../errors.ts';
import type { Operation, OperationKind, OperationOf } from '../../operations/index.ts';
import { entryOf } from '../../schema/entry-of.ts';
import { editTable, without } from '../../schema/edit.ts';
import { identifierOf, tokenize } from '../../schema/expression.ts';
import { parseTableKey } from '../../schema/names.ts';
import type { Check, Column, Schema, Table } from '../../schema/schema.ts';
import { enumsBefore } from './enum-before.ts';
import { takeBack } from './schema-before.ts';
import type { Side } from './side.ts';

/**
 * What a database of another product presumably looks like where the connected one still needs these operations: its
 * models without them. What that product cannot have was never there. Pure.
 */
export function presumedSchema(other: Side, operations: readonly Operation[], connected: Side): Schema {
  const before = operations
    .toReversed()
    .reduce((schema, operation) => takeBackOn(schema, operation, { other, connected, operations }), other.desired);
  return withNamespaces(withoutOrphans(before, { other, connected, operations }));
}

/** True for the new name of an index that a foreign key made by itself on the connected database: nothing else asks for it. */
export function isImpliedIndex(
  operation: Operation,
  { connected, operations }: Pick<Sides, 'connected' | 'operations'>,
): boolean {
  if (operation.kind !== 'renameIndex' || !connected.dialect.traits.impliedForeignKeyIndexes) return false;
  const { table, from, to } = operation;
  const index = entryOf(connected.desired.tables, table)?.indexes.find(({ name }) => name === to);
  const isTaken = operations.some(
    (other) => other.kind === 'addIndex' && other.table === table && other.index.name === from,
  );
  return index !== undefined && !index.unique && !isTaken;
}

const enumKinds: ReadonlySet<OperationKind> = new Set(['createEnum', 'alterEnum', 'dropEnum']);

/** Facets that not every product has: one that cannot be said there was never there. */
const facets: ReadonlySet<OperationKind> = new Set(['setComment', 'setOnUpdate', 'setPartitioning', 'dropIndex']);

function takeBackOn(after: Schema, operation: Operation, context: Sides): Schema {
  const { dialect } = context.other;
  const isUnmade = isImpliedIndex(operation, context) && !dialect.traits.impliedForeignKeyIndexes;
  if (isUnmade && operation.kind === 'renameIndex') return withoutIndex(after, operation);
  if (enumKinds.has(operation.kind) && !dialect.traits.namedEnums) return enumsBefore(after, operation, context);
  const before = takeBack(after, operation, dialect);
  if (facets.has(operation.kind) && !canSay(dialect, operation, before)) return after;
  return enumsBefore(fitted(dialect, before, operation), operation, context);
}

function withoutIndex(schema: Schema, { table, to }: OperationOf<'renameIndex'>): Schema {
  return editTable(schema, table, (found) => ({ ...found, indexes: found.indexes.filter(({ name }) => name !== to) }));
}

function canSay(dialect: Dialect, operation: Operation, schema: Schema): boolean {
  try {
    writeOperation(dialect, operation, schema);
    return true;
  } catch (error) {
    if (error instanceof MigrateError) return false;
    throw error;
  }
}

/** What a drop takes away, without what this product has no words for. */
function fitted(dialect: Dialect, schema: Schema, operation: Operation): Schema {
  if (operation.kind === 'dropColumn') {
    const { table, column } = operation;
    if (canSay(dialect, { kind: 'addColumn', table, column }, schema)) return schema;
    return editTable(schema, table, (found) => ({
      ...found,
      columns: { ...found.columns, [column.name]: bareColumn(column) },
    }));
  }
  if (operation.kind !== 'dropTable' || canSay(dialect, { kind: 'createTable', table: operation.table }, schema))
    return schema;
  return editTable(schema, operation.table.name, bareTable);
}

function bareColumn(column: Column): Column {
  const { name, type, nullable, autoIncrement } = column;
  return { name, type, nullable, ...(autoIncrement && { autoIncrement }) };
}

function bareTable(table: Table): Table {
  const columns = Object.fromEntries(Object.entries(table.columns).map(([name, column]) => [name, bareColumn(column)]));
  const { name, primaryKey } = table;
  return { name, columns, ...(primaryKey && { primaryKey }), indexes: [], foreignKeys: [], checks: [], triggers: [] };
}

interface Sides {
  readonly other: Side;
  readonly connected: Side;
  readonly operations: readonly Operation[];
}

/** Leaves out what hangs on columns that are not there yet, and what another product says by a check or an enum type. */
function withoutOrphans(schema: Schema, { other, connected, operations }: Sides): Schema {
  const tables = Object.values(schema.tables).map((table): Table => {
    const wanted = entryOf(other.desired.tables, table.name) ?? table;
    const gone = Object.keys(wanted.columns).filter((name) => !entryOf(table.columns, name));
    const changed = operations.flatMap((operation) =>
      becomesEnum(operation) && operation.table === table.name ? [operation.column] : [],
    );
    const own = entryOf(connected.desired.tables, table.name)?.checks ?? [];
    const isNew = (check: Check): boolean =>
      mentions(check, gone, other) || (mentions(check, changed, other) && !own.some(({ name }) => name === check.name));
    return {
      ...table,
      indexes: table.indexes.filter(({ parts }) => !parts.some(({ column }) => gone.includes(column ?? ''))),
      foreignKeys: table.foreignKeys.filter(({ columns }) => !columns.some((name) => gone.includes(name))),
      checks: table.checks.filter((check) => !isNew(check)),
    };
  });
  const kept = { ...schema, tables: Object.fromEntries(tables.map((table) => [table.name, table])) };
  return { ...kept, enums: usedEnums(kept, connected) };
}

function becomesEnum(operation: Operation): operation is OperationOf<'changeType'> {
  return operation.kind === 'changeType' && operation.from.type !== 'enum' && operation.to.type === 'enum';
}

function mentions({ expression }: Check, columns: readonly string[], { dialect }: Side): boolean {
  if (columns.length === 0) return false;
  return tokenize(expression, dialect.lexis).some((token) => columns.includes(identifierOf(token) ?? ''));
}

function usedEnums(schema: Schema, connected: Side): Schema['enums'] {
  const columns = Object.values(schema.tables).flatMap((table) => Object.values(table.columns));
  const used = new Set(columns.flatMap(({ type }) => (type.type === 'enum' ? (type.name ?? []) : [])));
  const isThere = (name: string): boolean => used.has(name) || entryOf(connected.desired.enums, name) !== undefined;
  return Object.fromEntries(Object.entries(schema.enums).filter(([name]) => isThere(name)));
}

function withNamespaces(schema: Schema): Schema {
  const keys = [schema.tables, schema.views, schema.enums].flatMap((record) => Object.keys(record));
  const namespaces = [...new Set(keys.flatMap((key) => parseTableKey(key).namespace ?? []))];
  return { ...without(schema, 'namespaces'), namespaces };
}
