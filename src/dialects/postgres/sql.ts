import type { ChangeGenerated } from '../../operations/change-generated.ts';
import type { RenameTable } from '../../operations/rename-table.ts';
import type { SetPartitioning } from '../../operations/set-partitioning.ts';
import { applyOperation, type Operation } from '../../operations/index.ts';
import { entryOf } from '../../schema/entry-of.ts';
import { parseTableKey } from '../../schema/names.ts';
import type { Schema } from '../../schema/schema.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import type { SqlWriter, Statement } from '../dialect.ts';
import { addAutoIncrement, dropAutoIncrement } from './auto-increment.ts';
import { changeTypeStatements } from './change-type-sql.ts';
import { columnDefinition, commentOn, commentStatements } from './column-sql.ts';
import { writeDefault } from './default.ts';
import { alterEnumStatements, createEnumStatement } from './enum-sql.ts';
import { createIndex, dropIndexStatement } from './index-sql.ts';
import { keptStatements, refuseLeaning } from './kept-sql.ts';
import { notSupported } from './not-supported.ts';
import { createPartitions, partitionsOf, quotePartition } from './partitioning.ts';
import { remakeColumns } from './remake-columns.ts';
import { ansi, literal, quote, quoteBeside, quoteKey } from './quote.ts';
import { addCheckStatement, addForeignKeyStatement, createTableStatements } from './table-sql.ts';
import { normalType } from './types.ts';
import { createTriggerStatements } from './trigger-sql.ts';
import { createViewStatements, dropViewStatement, replaceViewStatements } from './view-sql.ts';

/** Every operation as statements of one transaction. */
export const sql: SqlWriter = {
  createTable: ({ table }) => createTableStatements(table),
  dropTable: ({ table }) => [{ text: `drop table ${quoteKey(table.name)}` }],
  renameTable: renameTableStatements,
  addColumn: ({ table, column }) => [
    alter(table, `add column ${columnDefinition(column)}`),
    ...commentStatements(table, [column]),
    ...keptStatements(table, column),
  ],
  dropColumn: ({ table, column }, schema) => {
    refuseLeaning(entryOf(entryOf(schema.tables, table)?.columns, column.name) ?? column);
    return [alter(table, `drop column ${quote(column.name)}`)];
  },
  renameColumn: ({ table, from, to }) => [alter(table, `rename column ${quote(from)} to ${quote(to)}`)],
  changeType: changeTypeStatements,
  setNullability: ({ table, column, nullable }) => [
    alterColumn(table, column, nullable ? 'drop not null' : 'set not null'),
  ],
  setDefault: ({ table, column, to }, schema) => {
    if (!to) return [alterColumn(table, column, 'drop default')];
    const type = schema.tables[table]?.columns[column]?.type ?? { type: 'text' };
    return [alterColumn(table, column, `set default ${writeDefault(normalType(type), to)}`)];
  },
  setOnUpdate: ({ to }) => {
    if (to === undefined) return [];
    throw notSupported('set a column on each update', 'sql-createtable.html');
  },
  setComment: ({ table, column, to }) => [commentOn(table, column, to)],
  setAutoIncrement: ({ table, column, autoIncrement }, schema) => {
    if (!autoIncrement) return dropAutoIncrement(table, column);
    const found = schema.tables[table]?.columns[column];
    return addAutoIncrement(table, found ?? { name: column, type: { type: 'integer', bits: 32 }, nullable: false });
  },
  changeGenerated: changeGeneratedStatements,
  addPrimaryKey: ({ table, primaryKey }) => [alter(table, `add ${ansi.primaryKeyClause(primaryKey)}`)],
  dropPrimaryKey: ({ table, primaryKey }) => [
    alter(table, `drop constraint ${quote(primaryKey.name ?? `${parseTableKey(table).name}_pkey`)}`),
  ],
  addIndex: ({ table, index }) => createIndex(table, index),
  dropIndex: ({ table, index }) => [dropIndexStatement(table, index)],
  renameIndex: ({ table, from, to }) => [{ text: `alter index ${quoteBeside(table, from)} rename to ${quote(to)}` }],
  addForeignKey: ({ table, foreignKey }) => [addForeignKeyStatement(table, foreignKey)],
  dropForeignKey: ({ table, foreignKey }) => [alter(table, `drop constraint ${quote(foreignKey.name)}`)],
  addCheck: ({ table, check }) => [addCheckStatement(table, check)],
  dropCheck: ({ table, check }) => [alter(table, `drop constraint ${quote(check.name)}`)],
  // The log may have made it for itself meanwhile.
  createNamespace: ({ namespace }) => [{ text: `create schema if not exists ${quote(namespace)}` }],
  dropNamespace: ({ namespace }) => [{ text: `drop schema ${quote(namespace)}` }],
  createEnum: (operation) => [createEnumStatement(operation.enum)],
  alterEnum: alterEnumStatements,
  dropEnum: (operation) => [{ text: `drop type ${quoteKey(operation.enum.name)}` }],
  createView: ({ view }) => createViewStatements(view),
  replaceView: ({ from, to }) => replaceViewStatements(from, to),
  dropView: ({ view }) => [dropViewStatement(view)],
  createTrigger: ({ table, trigger }) => createTriggerStatements(table, trigger),
  dropTrigger: ({ table, trigger }) => [{ text: `drop trigger ${quote(trigger.name)} on ${quoteKey(table)}` }],
  setPartitioning: setPartitioningStatements,
  backfill: ({ table, column, set }) => {
    const value = 'value' in set ? literal(set.value) : `(${sqlFor('postgresql', set.sql) ?? 'null'}\n)`;
    return [{ text: `update ${quoteKey(table)} set ${quote(column)} = ${value} where ${quote(column)} is null` }];
  },
  rawSql: ({ up }) => {
    const text = sqlFor('postgresql', up);
    return text === undefined ? [] : [{ text }];
  },
  alterTable: ({ changes }, schema) => changes.reduce<Progress>(writeNext, { schema, statements: [] }).statements,
};

interface Progress {
  readonly schema: Schema;
  readonly statements: readonly Statement[];
}

function writeNext({ schema, statements }: Progress, operation: Operation): Progress {
  const write = sql[operation.kind] as (operation: Operation, schema: Schema) => readonly Statement[];
  return { schema: applyOperation(schema, operation), statements: [...statements, ...write(operation, schema)] };
}

function alter(table: string, action: string): Statement {
  return { text: `alter table ${quoteKey(table)} ${action}` };
}

function alterColumn(table: string, column: string, action: string): Statement {
  return alter(table, `alter column ${quote(column)} ${action}`);
}

/** A name and a namespace are changed by statements of their own. */
function renameTableStatements({ from, to }: RenameTable): Statement[] {
  const [old, wanted] = [parseTableKey(from), parseTableKey(to)];
  const rename = old.name === wanted.name ? [] : [alter(from, `rename to ${quote(wanted.name)}`)];
  if (old.namespace === wanted.namespace) return rename;
  const target = wanted.namespace === undefined ? undefined : quote(wanted.namespace);
  const table = quoteBeside(from, wanted.name);
  if (target !== undefined) return [...rename, { text: `alter table ${table} set schema ${target}` }];
  // The default namespace has no name that SQL knows before it asks the session.
  const move = `execute pg_catalog.format('alter table %s set schema %I', ${literal(table)}, pg_catalog.current_schema())`;
  return [...rename, { text: `do ${literal(`begin ${move}; end`)}` }];
}

/** Values that were generated stay when a column becomes plain; a generated one is made anew and computes all rows. */
function changeGeneratedStatements({ table, before, after }: ChangeGenerated, schema: Schema): Statement[] {
  if (before.generated?.stored === false && !after.generated)
    throw notSupported(
      `make a plain column of the virtual ${after.name} and keep its values; make it stored first`,
      'ddl-generated-columns.html',
    );
  if (!before.generated?.stored || after.generated) {
    const within = entryOf(schema.tables, table);
    const bare = { name: table, columns: {}, indexes: [], foreignKeys: [], checks: [], triggers: [] };
    const storage = entryOf(within?.columns, before.name)?.storage;
    return remakeColumns(within ?? bare, [{ ...after, ...(storage && { storage }) }]);
  }
  return [
    alterColumn(table, after.name, 'drop expression'),
    ...(after.default
      ? [alterColumn(table, after.name, `set default ${writeDefault(normalType(after.type), after.default)}`)]
      : []),
  ];
}

/** Partitions come and go; whether and by what a table is partitioned is fixed when it is created. */
function setPartitioningStatements({ table, from, to }: SetPartitioning, schema: Schema): Statement[] {
  if (!from || !to || from.method !== to.method || from.by !== to.by) {
    throw notSupported('change how an existing table is partitioned', 'ddl-partitioning.html');
  }
  const [old, wanted] = [partitionsOf(table, from), partitionsOf(table, to)];
  const missing = (
    list: readonly { name: string; bound: string }[],
    { name, bound }: { name: string; bound: string },
  ): boolean => !list.some((item) => item.name === name && item.bound === bound);
  const gone = old.filter((partition) => missing(wanted, partition));
  const fresh = wanted.filter((partition) => missing(old, partition));
  // One that was detached with its rows is a table of its own now, and comes back with them.
  const isThere = ({ name }: { name: string }): boolean => schema.tables[name] !== undefined;
  return [
    ...gone.map(({ name }) => removePartition(table, quotePartition(table, name))),
    ...fresh
      .filter(isThere)
      .map(({ name, bound }) => alter(table, `attach partition ${quotePartition(table, name)} ${bound}`)),
    ...createPartitions(table, to, (name) => fresh.some((partition) => partition.name === name && !isThere(partition))),
  ];
}

/** An empty partition is dropped; one with rows is only detached: the rows stay in a table of their own. */
function removePartition(table: string, partition: string): Statement {
  const detach = alter(table, `detach partition ${partition}`).text;
  return {
    text: `do ${literal(`begin if exists (select 1 from ${partition}) then ${detach}; else drop table ${partition}; end if; end`)}`,
  };
}
