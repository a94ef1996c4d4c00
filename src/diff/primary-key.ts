import { isSameData } from '../schema/canonical.ts';
import type { Table } from '../schema/schema.ts';
import type { Operation } from '../operations/index.ts';

/** A missing or different primary key. The wider key of a partitioned table is respected. */
export function diffPrimaryKey(desired: Table, actual: Table): Operation[] {
  const wanted = desired.primaryKey;
  const found = actual.primaryKey;
  if (!wanted || isSameData(wanted.columns, found?.columns)) return [];
  const isWider = found && actual.partitioning && wanted.columns.every((column) => found.columns.includes(column));
  if (isWider) return [];
  const add: Operation = { kind: 'addPrimaryKey', table: desired.name, primaryKey: wanted };
  if (!found) return [add];
  const drop = { kind: 'dropPrimaryKey', table: desired.name, primaryKey: found } as const;
  return [{ kind: 'alterTable', table: desired.name, changes: [drop, { ...add, kind: 'addPrimaryKey', primaryKey: wanted, table: desired.name }] }];
}
