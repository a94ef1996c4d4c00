import type { Operation, OperationOf } from '../../operations/index.ts';
import { isSameData } from '../../schema/canonical.ts';
import { without } from '../../schema/edit.ts';
import type { Index, Table } from '../../schema/schema.ts';
import type { SideOperations } from './difference-on.ts';
import { portableOrder } from './portable-order.ts';
import { isSameSql } from './same-sql.ts';

/**
 * New tables in the form that most databases share: what each would do by itself is not said, and indexes that differ
 * come after the table, each by itself.
 */
export function portableTables<Sides extends readonly SideOperations[]>(sides: Sides): Sides {
  const plain = sides.map((side) => ({
    ...side,
    operations: side.operations.map((operation) =>
      operation.kind === 'createTable' ? plainTable(operation, side) : operation,
    ),
  }));
  const shared = sharedIndexes(plain);
  return plain.map((side) => {
    const operations = side.operations.flatMap((operation) =>
      operation.kind === 'createTable' ? splitIndexes(operation.table, shared) : [operation],
    );
    return { ...side, operations: portableOrder(operations, side.desired, side.dialect) };
  }) as readonly SideOperations[] as Sides;
}

type CreateTable = OperationOf<'createTable'>;

function plainTable(operation: CreateTable, side: SideOperations): CreateTable {
  const unstored: CreateTable = { kind: 'createTable', table: without(operation.table, 'storage') };
  const { table } = isSameSql(side.dialect, side.before, [operation, unstored]) ? unstored : operation;
  return { kind: 'createTable', table: hasImpliedKeyName(table, side) ? withoutKeyName(table) : table };
}

/** A key that is found without its name has the one that the database would give it. */
function hasImpliedKeyName(table: Table, { dialect, desired }: SideOperations): boolean {
  const { primaryKey, name } = table;
  if (primaryKey?.name === undefined) return false;
  const bare = without(primaryKey, 'name');
  return isSameSql(dialect, desired, [
    { kind: 'dropPrimaryKey', table: name, primaryKey },
    { kind: 'dropPrimaryKey', table: name, primaryKey: bare },
  ]);
}

function withoutKeyName(table: Table): Table {
  return table.primaryKey ? { ...table, primaryKey: without(table.primaryKey, 'name') } : table;
}

/** True for an index that every database makes of the same data. */
function sharedIndexes(sides: readonly SideOperations[]): (table: string, index: Index) => boolean {
  const created = sides.map(({ operations }) =>
    operations.flatMap((operation) => (operation.kind === 'createTable' ? [operation.table] : [])),
  );
  return (name, index) =>
    created.every((tables) => {
      const table = tables.find((other) => other.name === name);
      return !table || table.indexes.some((other) => isSameData(other, index));
    });
}

function splitIndexes(table: Table, isShared: (table: string, index: Index) => boolean): Operation[] {
  const stays = (index: Index): boolean => isShared(table.name, index) || isReferredTo(index, table);
  return [
    { kind: 'createTable', table: { ...table, indexes: table.indexes.filter(stays) } },
    ...table.indexes
      .filter((index) => !stays(index))
      .map((index): Operation => ({ kind: 'addIndex', table: table.name, index })),
  ];
}

/** A foreign key of the table to itself needs it at once. */
function isReferredTo({ unique, parts }: Index, { name, foreignKeys }: Table): boolean {
  return (
    unique &&
    foreignKeys.some(
      ({ references }) =>
        references.table === name &&
        isSameData(
          references.columns,
          parts.map(({ column }) => column),
        ),
    )
  );
}
