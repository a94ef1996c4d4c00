import { isSameData } from '../schema/canonical.ts';
import type { PrimaryKey, Table } from '../schema/schema.ts';
import type { Operation } from '../operations/index.ts';
import type { DiffContext } from './context.ts';
import type { Difference, ObjectRef } from './difference.ts';
import { entryOf } from '../schema/entry-of.ts';

/** A missing or different primary key. A wider one that is not ours, or that partitions need, is respected and named. */
export function diffPrimaryKey(
  desired: Table,
  actual: Table,
  context: Pick<DiffContext, 'isOurs'>,
): Partial<Difference> {
  const { primaryKey: wanted, name: table } = desired;
  const found = actual.primaryKey;
  if (!wanted || isSameData(wanted.columns, found?.columns)) return {};
  const add: Operation & { kind: 'addPrimaryKey' } = { kind: 'addPrimaryKey', table, primaryKey: wanted };
  if (!found) return { changes: [add] };
  const object = primaryKeyRef(actual.name, found);
  const isFixed = actual.partitioning !== undefined || !context.isOurs(object);
  if (isFixed && isWider(wanted, found) && countsAlike(wanted, desired, actual)) return { notOurs: [object] };
  return {
    changes: [{ kind: 'alterTable', table, changes: [{ kind: 'dropPrimaryKey', table, primaryKey: found }, add] }],
  };
}

/** How a primary key is named where it is left alone: by its columns. */
export function primaryKeyRef(table: string, { columns }: PrimaryKey): ObjectRef {
  return { kind: 'primaryKey', table, name: columns.join(', ') };
}

function isWider(wanted: PrimaryKey, found: PrimaryKey): boolean {
  return wanted.columns.every((column) => found.columns.includes(column));
}

/** The application's inserts rely on the database to number the rows (a wider key of SQLite does not). */
function countsAlike(wanted: PrimaryKey, desired: Table, actual: Table): boolean {
  return wanted.columns.every(
    (column) => entryOf(desired.columns, column)?.autoIncrement === entryOf(actual.columns, column)?.autoIncrement,
  );
}
