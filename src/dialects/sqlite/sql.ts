import { sqlFor } from '../../schema/sql-by-dialect.ts';
import { fold } from './lexis.ts';
import type { TableChange } from '../../operations/alter-table.ts';
import { parseTableKey, tableKey } from '../../schema/names.ts';
import type { Schema, Table, View } from '../../schema/schema.ts';
import { closed } from '../ansi-sql.ts';
import type { SqlWriter, Statement } from '../dialect.ts';
import { alterTable } from './alter.ts';
import { ansi } from './ansi.ts';
import { respelling } from './native.ts';
import { notSupported } from './not-supported.ts';
import { literal, quote } from './quote.ts';
import { splitStatements } from './split-statements.ts';
import { refuseAutoIncrement, writeIndex, writeTable } from './write-table.ts';

const change = (operation: TableChange, schema: Schema): Statement[] =>
  alterTable(operation.table, [operation], schema);

/** The statements of each operation: what SQLite has by itself, else a rebuild of the table. */
export const sql: SqlWriter = {
  createTable: ({ table }) => createTable(table),
  dropTable: ({ table }) => [{ text: `drop table ${ansi.table(table.name)}` }],
  renameTable: ({ from, to }) => renameTable(from, to),
  addColumn: change,
  dropColumn: change,
  renameColumn: change,
  changeType: change,
  setNullability: change,
  setDefault: change,
  setOnUpdate: ({ column }) => {
    throw notSupported(`set ${column} on each update`, 'lang_createtable.html');
  },
  setComment: change,
  setAutoIncrement: (operation, schema) => {
    const after = alterTable(operation.table, [operation], schema);
    const table = schema.tables[operation.table];
    const column = table?.columns[operation.column];
    if (table && column && operation.autoIncrement)
      refuseAutoIncrement({
        ...table,
        columns: { ...table.columns, [column.name]: { ...column, autoIncrement: true } },
      });
    return after;
  },
  changeGenerated: change,
  addPrimaryKey: change,
  dropPrimaryKey: (operation, schema) => {
    if (schema.tables[operation.table]?.storage?.['withoutRowid'])
      throw notSupported('keep a WITHOUT ROWID table without its primary key', 'withoutrowid.html');
    return change(operation, schema);
  },
  addIndex: change,
  dropIndex: change,
  renameIndex: change,
  addForeignKey: change,
  dropForeignKey: change,
  addCheck: change,
  dropCheck: change,
  createNamespace: ({ namespace }) => noNamespaces(namespace),
  dropNamespace: ({ namespace }) => noNamespaces(namespace),
  createEnum: noNamedEnums,
  alterEnum: noNamedEnums,
  dropEnum: noNamedEnums,
  createView: ({ view }) => createView(view),
  replaceView: ({ from, to }) => [dropView(from), ...createView(to)],
  dropView: ({ view }) => [dropView(view)],
  createTrigger: change,
  dropTrigger: change,
  setPartitioning: () => {
    throw notSupported('partition a table', 'limits.html');
  },
  backfill: ({ table, column, set }) => {
    const value = 'value' in set ? literal(set.value) : `(${closed(sqlFor('sqlite', set.sql) ?? 'null')})`;
    return [{ text: `update ${ansi.table(table)} set ${quote(column)} = ${value} where ${quote(column)} is null` }];
  },
  rawSql: ({ up }) => splitStatements(sqlFor('sqlite', up) ?? '').map((text) => ({ text })),
  alterTable: ({ table, changes }, schema) => alterTable(table, changes, schema),
};

function noNamespaces(namespace: string): never {
  throw notSupported(`hold the namespace ${namespace} within a database`, 'lang_attach.html');
}

/** An enum is text here, with a check where the models have one. */
function noNamedEnums(): never {
  throw notSupported('hold an enum type apart from its column', 'datatype3.html');
}

function createTable(table: Table): Statement[] {
  refuseAutoIncrement(table);
  return [
    { text: writeTable(table) },
    ...table.indexes.filter(({ constraint }) => !constraint).map((index) => ({ text: writeIndex(table.name, index) })),
    ...table.triggers.map(({ definition }) => ({ text: definition })),
  ];
}

function renameTable(from: string, to: string): Statement[] {
  const rename = (a: string, b: string): Statement => ({
    text: `alter table ${ansi.table(a)} rename to ${ansi.table(b)}`,
  });
  if (fold(from) !== fold(to)) return [respelling, rename(from, to)];
  // To SQLite both are one name, which is taken.
  const between = tableKey(`_mikrate_${parseTableKey(to).name}`);
  return [respelling, rename(from, between), rename(between, to)];
}

function createView({ name, definition, materialized, triggers = [] }: View): Statement[] {
  if (materialized) throw notSupported(`hold the materialized view ${name}`, 'lang_createview.html');
  // A view with names for its columns: they come before AS.
  const body = definition.startsWith('(') ? definition : `as ${definition}`;
  return [
    { text: `create view ${ansi.table(name)} ${body}` },
    ...triggers.map((trigger) => ({ text: trigger.definition })),
  ];
}

const dropView = ({ name }: View): Statement => ({ text: `drop view ${ansi.table(name)}` });
