import type { ChangeGenerated } from '../../operations/change-generated.ts';
import type { ChangeType } from '../../operations/change-type.ts';
import type { ExpectedLock } from '../../operations/expected-lock.ts';
import { applyOperation } from '../../operations/index.ts';
import type { RenameColumn } from '../../operations/rename-column.ts';
import { isSameData } from '../../schema/canonical.ts';
import { entryOf } from '../../schema/entry-of.ts';
import type { Column, Index, Schema } from '../../schema/schema.ts';
import {
  everybodyBriefly,
  locksInOrder,
  nobody,
  writersBriefly,
  writersThroughout,
  type ExpectedLocks,
} from '../expected-locks.ts';
import { readChanges } from './alter-ledgers.ts';
import { isTextual } from './alter-sql.ts';
import type { Writing } from './column-sql.ts';
import { respellRenamed } from './rename-dependants.ts';

/**
 * Each statement has a table to itself for a moment. An `alter table` that the server can do instantly or online needs no
 * more; one that copies, or builds an index for full text, keeps writers out until it is done. No algorithm is asked for,
 * so that the server takes the mildest. https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html,
 * https://mariadb.com/kb/en/innodb-online-ddl-overview/
 */
export function createExpectedLocks({ flavor, types }: Writing): ExpectedLocks {
  const copies = (isCopied: boolean): ExpectedLock => (isCopied ? writersThroughout : everybodyBriefly);
  const expectedLocks: ExpectedLocks = {
    createTable: ({ table }) => {
      const refers = table.foreignKeys.some(({ references }) => references.table !== table.name);
      return refers && flavor.referringLocksParents ? everybodyBriefly : nobody;
    },
    dropTable: everybodyBriefly,
    renameTable: everybodyBriefly,
    addColumn: ({ table, column }, { schema }) => {
      const isVirtual = column.generated?.stored === false;
      return copies(computesRows(column, { flavor, types }) || (!isVirtual && hasTextOrSpatial(table, schema)));
    },
    dropColumn: ({ table }, { schema }) => copies(hasTextOrSpatial(table, schema)),
    renameColumn: (operation, { schema }) => copies(respells(operation, schema, { flavor, types })),
    changeType: (operation, { schema }) => {
      const copiesKey = !flavor.online.changeCollationOfKey && changesCollationOfKey(operation, schema);
      return copies(copiesKey || types.change(operation.from, operation.to).rewrites);
    },
    setNullability: ({ table }, { schema }) => copies(hasTextOrSpatial(table, schema)),
    setDefault: everybodyBriefly,
    setOnUpdate: everybodyBriefly,
    setComment: everybodyBriefly,
    setAutoIncrement: ({ autoIncrement }) => copies(autoIncrement || !flavor.online.stopAutoIncrement),
    changeGenerated: (operation) => copies(!isOnlyVirtual(operation, { flavor, types })),
    addPrimaryKey: ({ table }, { schema }) => copies(hasTextOrSpatial(table, schema)),
    dropPrimaryKey: writersThroughout,
    addIndex: ({ index }) => copies(isBuiltOffline(index)),
    dropIndex: ({ index }) => copies(index.unique && hasExpression(index)),
    renameIndex: everybodyBriefly,
    // Online only where the session does not check foreign keys.
    addForeignKey: writersThroughout,
    dropForeignKey: everybodyBriefly,
    addCheck: ({ check }) => copies(!check.invalid),
    dropCheck: everybodyBriefly,
    createNamespace: nobody,
    dropNamespace: nobody,
    createEnum: nobody,
    alterEnum: nobody,
    dropEnum: nobody,
    createView: nobody,
    replaceView: everybodyBriefly,
    dropView: everybodyBriefly,
    createTrigger: everybodyBriefly,
    dropTrigger: everybodyBriefly,
    setPartitioning: writersThroughout,
    // Of the rows of one batch.
    backfill: writersBriefly,
    rawSql: undefined,
    alterTable: ({ changes }, around) => longest(locksInOrder(expectedLocks, changes, around)),
  };
  return expectedLocks;
}

function longest(locks: readonly (ExpectedLock | undefined)[]): ExpectedLock | undefined {
  if (locks.includes(undefined)) return undefined;
  return locks.find((lock) => lock?.lasts === 'while it runs') ?? everybodyBriefly;
}

/** A literal that stands in the catalog is no work; all else is computed for each row. */
function computesRows({ autoIncrement, generated, default: value, ...column }: Column, { flavor }: Writing): boolean {
  if (autoIncrement || generated?.stored) return true;
  if (value === undefined || 'now' in value || generated) return false;
  return !flavor.online.addComputed && ('sql' in value || isTextual(column));
}

/** What names a renamed column is dropped and added with it. */
function respells(operation: RenameColumn, schema: Schema, { flavor }: Writing): boolean {
  const after = entryOf(applyOperation(schema, operation).tables, operation.table);
  return after !== undefined && !isSameData(after, respellRenamed(flavor, after, readChanges(flavor, [operation])));
}

function changesCollationOfKey({ table, column, toCollation }: ChangeType, schema: Schema): boolean {
  const indexes = entryOf(schema.tables, table)?.indexes ?? [];
  return toCollation !== undefined && indexes.some(({ parts }) => parts.some((part) => part.column === column));
}

/** A virtual column holds nothing; only a stored one that goes or comes is in the rows. */
function isOnlyVirtual({ before, after }: ChangeGenerated, { flavor }: Writing): boolean {
  if (after.generated?.stored !== false) return false;
  return before.generated?.stored !== false || flavor.online.changeVirtual;
}

/** Nobody may write while a table with such an index is rebuilt. */
function hasTextOrSpatial(table: string, schema: Schema): boolean {
  return entryOf(schema.tables, table)?.indexes.some(isTextOrSpatial) ?? false;
}

const isTextOrSpatial = ({ method }: Index): boolean => method === 'fulltext' || method === 'spatial';
const isBuiltOffline = (index: Index): boolean => isTextOrSpatial(index) || hasExpression(index);

const hasExpression = ({ parts }: Index): boolean => parts.some(({ expression }) => expression !== undefined);
