import type { Dialect } from '../dialects/dialect.ts';
import { isRename } from '../operations/apply-renamed.ts';
import { tablesOf, type Operation, type OperationKind, type OperationOf } from '../operations/index.ts';
import type { ForeignKey, Schema, Table } from '../schema/schema.ts';

/** When a kind runs: `[before all tables, within its table, after all tables]` in ascending numbers. */
const places: { readonly [K in OperationKind]: readonly [global: number, local: number] } = {
  dropView: [0, 0],
  dropTrigger: [1, 0],
  createNamespace: [1, 1],
  createEnum: [2, 0],
  alterEnum: [2, 1],
  renameTable: [3, 0],
  renameColumn: [4, 0],
  renameIndex: [5, 0],
  dropForeignKey: [6, 0],
  createTable: [7, 0],
  dropCheck: [8, 0],
  rawSql: [8, 1],
  addColumn: [8, 2],
  alterTable: [8, 3],
  changeType: [8, 4],
  backfill: [8, 5],
  setNullability: [8, 6],
  // Beside the other changes that copy a table, so that they become one statement.
  changeGenerated: [8, 7],
  setDefault: [8, 8],
  setOnUpdate: [8, 9],
  setComment: [8, 10],
  addPrimaryKey: [8, 11],
  dropPrimaryKey: [8, 11],
  setAutoIncrement: [8, 12],
  addCheck: [8, 13],
  addIndex: [8, 15],
  dropIndex: [8, 16],
  setPartitioning: [8, 17],
  addForeignKey: [9, 0],
  dropColumn: [10, 0],
  dropTable: [11, 0],
  dropEnum: [12, 0],
  createView: [13, 0],
  replaceView: [13, 1],
  createTrigger: [14, 0],
  dropNamespace: [15, 0],
};

/** The one order of a set of operations; foreign keys of a cycle are split off and come last. Deterministic. */
export function orderOperations(
  operations: readonly Operation[],
  desired: Schema,
  traits: Dialect['traits'],
): Operation[] {
  const tableOrder = topologicalOrder(Object.values(desired.tables)).map(({ name }) => name);
  const rank = new Map(tableOrder.map((name, at) => [name, at]));
  const changing = new Set(operations.filter(({ kind }) => makesKeys.has(kind)).flatMap(tablesOf));
  const split = operations.flatMap((operation) => splitForeignKeys(operation, { rank, changing }, traits));
  const replaced = new Set(
    split.flatMap((operation) =>
      operation.kind === 'addIndex' ? [`${operation.table}\u0000${operation.index.name}`] : [],
    ),
  );
  const converted = new Set(
    split.flatMap((operation) =>
      operation.kind === 'changeType' ? [`${operation.table}\u0000${operation.column}`] : [],
    ),
  );
  const going = new Map(dropOrder(operations).map(({ name }, at) => [name, at]));
  const isEarly = earlyDrops(split);
  const keyed = split.map((operation, at) => ({
    operation,
    key: isEarly(operation) ? beforeRenames : sortKey(operation, { rank, going, replaced, converted, traits }),
    at,
  }));
  keyed.sort((a, b) => compareKeys(a.key, b.key) || a.at - b.at);
  return keyed.map(({ operation }) => operation);
}

const beforeRenames: readonly number[] = [2, 9];

/** A foreign key that still has the names of before goes before the renames. */
function earlyDrops(operations: readonly Operation[]): (operation: Operation) => boolean {
  const renames = operations.filter(isRename);
  const isOld = (table: string, columns: readonly string[]): boolean =>
    renames.some(
      (rename) =>
        (rename.kind === 'renameTable' && rename.from === table) ||
        (rename.kind === 'renameColumn' && rename.table === table && columns.includes(rename.from)),
    );
  return (operation) => {
    if (operation.kind !== 'dropForeignKey') return false;
    const { columns, references } = operation.foreignKey;
    return isOld(operation.table, columns) || isOld(references.table, references.columns);
  };
}

interface Places {
  readonly rank: ReadonlyMap<string, number>;
  /** Tables that are dropped. */
  readonly going: ReadonlyMap<string, number>;
  /** Indexes that are made anew under their names. */
  readonly replaced: ReadonlySet<string>;
  /** Columns whose type changes. */
  readonly converted: ReadonlySet<string>;
  readonly traits: Dialect['traits'];
}

function sortKey(operation: Operation, context: Places): (number | string)[] {
  const [global, local] = placeOf(operation, context);
  const { rank, going } = context;
  const table = tablesOf(operation)[0] ?? '';
  if (operation.kind === 'dropTable') return [global, going.get(table) ?? 0, '', local, 0];
  const position = rank.get(table) ?? rank.size;
  return [global, position, position === rank.size ? table : '', local, generatedPlace(operation)];
}

function placeOf(operation: Operation, { replaced, converted, traits }: Places): readonly [number, number] {
  if (operation.kind === 'dropIndex' && isOverConverted(operation, converted)) return [8, 0];
  // An index that makes room for one of the same name goes first; any other goes after its replacement is built.
  if (operation.kind === 'dropIndex' && replaced.has(`${operation.table}\u0000${operation.index.name}`)) return [8, 14];
  if (operation.kind === 'addForeignKey' && !traits.foreignKeysNeedTarget) return [8, 13];
  if (operation.kind === 'dropForeignKey' && !traits.foreignKeysNeedTarget) return [8, 0];
  // What is generated no more gets its new type as any other column.
  if (operation.kind === 'changeGenerated' && !operation.after.generated) return [8, 2.6];
  // A default that only goes may stand in the way of a new type.
  if (operation.kind === 'setDefault' && !operation.to) return [8, 2.5];
  // Making a surplus column nullable helps the application at once.
  return places[operation.kind];
}

/** An index may not be able to hold the new type. */
function isOverConverted({ table, index }: OperationOf<'dropIndex'>, converted: ReadonlySet<string>): boolean {
  return index.parts.some(({ column }) => column !== undefined && converted.has(`${table}\u0000${column}`));
}

/** What is computed comes after what it is computed from, and goes before it. */
function generatedPlace(operation: Operation): number {
  if (operation.kind === 'addColumn') return operation.column.generated ? 1 : 0;
  return operation.kind === 'dropColumn' && operation.column.generated ? -1 : 0;
}

/** What may give a table the columns, types or keys that a foreign key of a new table refers to. */
const makesKeys: ReadonlySet<OperationKind> = new Set([
  'addColumn',
  'changeType',
  'changeGenerated',
  'addPrimaryKey',
  'addIndex',
  'alterTable',
]);

interface Targets {
  readonly rank: ReadonlyMap<string, number>;
  /** Tables that change after the new ones are made. */
  readonly changing: ReadonlySet<string>;
}

/** Foreign keys to tables that are created or changed later become operations of their own. */
function splitForeignKeys(operation: Operation, { rank, changing }: Targets, traits: Dialect['traits']): Operation[] {
  if (operation.kind !== 'createTable' || !traits.foreignKeysNeedTarget) return [operation];
  const { table } = operation;
  const own = rank.get(table.name) ?? 0;
  const isEarlier = ({ references }: ForeignKey): boolean =>
    references.table === table.name || ((rank.get(references.table) ?? -1) < own && !changing.has(references.table));
  const later = table.foreignKeys.filter((key) => !isEarlier(key));
  return [
    { kind: 'createTable', table: { ...table, foreignKeys: table.foreignKeys.filter(isEarlier) } },
    ...later.map((foreignKey): Operation => ({ kind: 'addForeignKey', table: table.name, foreignKey })),
  ];
}

/** The tables that go: one that refers to another goes before it; where they refer to each other, in the order of names. */
export function dropOrder(operations: readonly Operation[]): Table[] {
  return topologicalOrder(
    operations.flatMap((operation) => (operation.kind === 'dropTable' ? [operation.table] : [])),
  ).toReversed();
}

/** Referenced tables first, names breaking ties; a cycle is entered at its first name. */
function topologicalOrder(tables: readonly Table[]): Table[] {
  const named = new Map(tables.map((table) => [table.name, table]));
  const order: Table[] = [];
  const visited = new Set<string>();
  const visit = (name: string): void => {
    const table = named.get(name);
    if (!table || visited.has(name)) return;
    visited.add(name);
    for (const parent of table.foreignKeys.map(({ references }) => references.table).toSorted()) visit(parent);
    order.push(table);
  };
  for (const name of [...named.keys()].toSorted()) visit(name);
  return order;
}

function compareKeys(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at];
    if (right === undefined || left === right) continue;
    return left < right ? -1 : 1;
  }
  return 0;
}
