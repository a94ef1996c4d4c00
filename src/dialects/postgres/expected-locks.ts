import type { ChangeGenerated } from '../../operations/change-generated.ts';
import type { ChangeType } from '../../operations/change-type.ts';
import type { ExpectedLock } from '../../operations/expected-lock.ts';
import type { AlterEnum } from '../../operations/alter-enum.ts';
import type { SetAutoIncrement } from '../../operations/set-auto-increment.ts';
import type { SetPartitioning } from '../../operations/set-partitioning.ts';
import { entryOf } from '../../schema/entry-of.ts';
import { identifierOf, tokenize } from '../../schema/expression.ts';
import type { Column, Schema, Table, View } from '../../schema/schema.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import {
  everybodyBriefly,
  everybodyThroughout,
  inOneTransaction,
  locksInOrder,
  nobody,
  writersBriefly,
  writersThroughout,
  type LockAround,
  type ExpectedLocks,
} from '../expected-locks.ts';
import { columnsOfEnum, isOrderKept } from './enum-sql.ts';
import { partitionsOf } from './partitioning.ts';
import { generatedFrom } from './remake-columns.ts';
import { lexis } from './traits.ts';
import { types } from './types.ts';

/**
 * By what the statements of `sql.ts` take: ACCESS EXCLUSIVE keeps everybody out, SHARE and SHARE ROW EXCLUSIVE keep out
 * writers. https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 */
export const expectedLocks: ExpectedLocks = {
  // A foreign key keeps writers from the table that it refers to.
  createTable: ({ table }) =>
    table.foreignKeys.some(({ references }) => references.table !== table.name) ? writersBriefly : nobody,
  dropTable: everybodyBriefly,
  renameTable: everybodyBriefly,
  addColumn: ({ column }) => everybody(computesRows(column)),
  dropColumn: everybodyBriefly,
  renameColumn: everybodyBriefly,
  changeType: (operation, { schema }) => everybody(readsRowsByType(operation, schema)),
  setNullability: ({ nullable }) => everybody(!nullable),
  setDefault: everybodyBriefly,
  // There is none to set, and nothing is sent to take one away.
  setOnUpdate: nobody,
  setComment: nobody,
  setAutoIncrement: (operation, { schema }) => everybody(readsRowsToNumber(operation, schema)),
  changeGenerated: ({ before, after }) => everybody(!isMadePlain(before, after)),
  addPrimaryKey: everybodyThroughout,
  dropPrimaryKey: everybodyBriefly,
  addIndex: ({ index }) => (index.constraint ? everybodyThroughout : writersThroughout),
  dropIndex: everybodyBriefly,
  renameIndex: nobody,
  addForeignKey: ({ foreignKey }) => (foreignKey.invalid ? writersBriefly : writersThroughout),
  dropForeignKey: everybodyBriefly,
  addCheck: ({ check }) => everybody(!check.invalid),
  dropCheck: everybodyBriefly,
  createNamespace: nobody,
  dropNamespace: nobody,
  createEnum: nobody,
  alterEnum: lockOfEnum,
  dropEnum: nobody,
  createView: nobody,
  // Who reads the view waits; a materialized one is filled meanwhile.
  replaceView: ({ from, to }) => everybody([from, to].some(isMaterialized)),
  dropView: everybodyBriefly,
  createTrigger: writersBriefly,
  dropTrigger: everybodyBriefly,
  setPartitioning: lockOfPartitions,
  // Of the rows of one batch.
  backfill: writersBriefly,
  rawSql: undefined,
  alterTable: ({ changes }, around) => inOneTransaction(locksInOrder(expectedLocks, changes, around)),
};

function everybody(readsRows: boolean): ExpectedLock {
  return readsRows ? everybodyThroughout : everybodyBriefly;
}

/** A constant stands in the catalog; what differs by row is written into each. https://www.postgresql.org/docs/current/sql-altertable.html */
function computesRows({ autoIncrement, generated, default: value }: Column): boolean {
  if (autoIncrement || generated?.stored) return true;
  return value !== undefined && 'sql' in value && mayBeVolatile(sqlFor('postgresql', value.sql) ?? '');
}

/** Any call may be of a volatile function but one of these, which are not. */
function mayBeVolatile(expression: string): boolean {
  const tokens = tokenize(expression, lexis);
  return tokens.some((token, at) => {
    const name = tokens[at + 1]?.text === '(' ? identifierOf(token) : undefined;
    return name !== undefined && !stable.has(name.toLowerCase());
  });
}

const stable: ReadonlySet<string> = new Set(
  'abs array cast coalesce concat date_trunc extract greatest least length lower md5 now nullif round timezone to_char trim upper'.split(
    ' ',
  ),
);

/** Rows are copied, or checks and indexes that lean on the type are made anew. */
function readsRowsByType({ table, column, from, to, toCollation }: ChangeType, schema: Schema): boolean {
  const within = entryOf(schema.tables, table);
  if (!within || types.change(from, to).rewrites || generatedFrom(within, [column]).length > 0) return true;
  const isChecked = within.checks.some(({ expression }) => names(expression, column));
  return isChecked || (toCollation !== undefined && isIndexed(within, column));
}

function isIndexed({ indexes }: Table, column: string): boolean {
  return indexes.some(({ parts, where }) =>
    parts.some((part) => part.column === column || names(part.expression, column) || names(where, column)),
  );
}

function names(expression: string | undefined, column: string): boolean {
  return expression !== undefined && tokenize(expression, lexis).some((token) => identifierOf(token) === column);
}

/** The highest number is looked for, by an index where there is one. */
function readsRowsToNumber({ table, column, autoIncrement }: SetAutoIncrement, schema: Schema): boolean {
  if (!autoIncrement) return false;
  const within = entryOf(schema.tables, table);
  const isLed =
    within?.primaryKey?.columns[0] === column || within?.indexes.some(({ parts }) => parts[0]?.column === column);
  return !isLed || entryOf(within?.columns, column)?.nullable === true;
}

function isMadePlain(before: ChangeGenerated['before'], after: ChangeGenerated['after']): boolean {
  return before.generated !== undefined && after.generated === undefined;
}

const isMaterialized = ({ materialized }: View): boolean => materialized === true;

/** Values are only added, or all columns of the type are cast. */
function lockOfEnum(operation: AlterEnum, { schema }: LockAround): ExpectedLock {
  const isUsed = Object.values(schema.tables).some((table) => columnsOfEnum(table, operation.name).length > 0);
  return isOrderKept(operation) || !isUsed ? nobody : everybodyThroughout;
}

/** A new partition reads the rows of the default one; one that comes back reads its own. */
function lockOfPartitions({ table, from, to }: SetPartitioning, { schema }: LockAround): ExpectedLock {
  if (!from || !to) return everybodyBriefly;
  const [old, wanted] = [partitionsOf(table, from), partitionsOf(table, to)];
  const fresh = wanted.filter(({ name, bound }) => !old.some((item) => item.name === name && item.bound === bound));
  const hasDefault = wanted.some(({ bound }) => bound === 'default');
  return everybody(fresh.some(({ name }) => hasDefault || schema.tables[name] !== undefined));
}
