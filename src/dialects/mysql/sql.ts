import type { TableChange } from '../../operations/alter-table.ts';
import type { OperationOf } from '../../operations/index.ts';
import type { Schema, Table, View } from '../../schema/schema.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import type { SqlWriter, Statement } from '../dialect.ts';
import { writeAlter } from './alter-sql.ts';
import { backfillSql } from './backfill-sql.ts';
import type { Writing } from './column-sql.ts';
import { notSupported } from './flavor.ts';
import { tableCollation } from './index-sql.ts';
import { quote, quoteAccount } from './quote.ts';
import { ansi, writeTable } from './table-sql.ts';
import { createTriggerStatement } from './trigger-sql.ts';

/** Each operation as one atomic statement. */
export function createSqlWriter(writing: Writing): SqlWriter {
  const { flavor } = writing;
  const alter = (change: TableChange, schema: Schema): readonly Statement[] =>
    writeAlter(writing, change.table, [change], schema);
  const noNamedEnums = (): never => {
    throw notSupported(flavor, 'hold an enum type apart from its column', 'enums');
  };
  const noNamespaces = (namespace: string): never => {
    throw notSupported(flavor, `hold the namespace ${namespace} within a database`, 'names');
  };
  return {
    createTable: ({ table }, schema) => [{ text: writeTable(writing, withCollation(table, schema)) }],
    dropTable: ({ table }) => [{ text: `drop table ${ansi.table(table.name)}` }],
    renameTable: ({ from, to }) => [{ text: `rename table ${ansi.table(from)} to ${ansi.table(to)}` }],
    addColumn: alter,
    dropColumn: alter,
    renameColumn: alter,
    changeType: alter,
    setNullability: alter,
    setDefault: alter,
    setOnUpdate: alter,
    setComment: alter,
    setAutoIncrement: alter,
    changeGenerated: alter,
    addPrimaryKey: alter,
    dropPrimaryKey: alter,
    addIndex: alter,
    dropIndex: alter,
    renameIndex: alter,
    addForeignKey: alter,
    dropForeignKey: alter,
    addCheck: alter,
    dropCheck: alter,
    setPartitioning: alter,
    createNamespace: ({ namespace }) => noNamespaces(namespace),
    dropNamespace: ({ namespace }) => noNamespaces(namespace),
    createEnum: noNamedEnums,
    alterEnum: noNamedEnums,
    dropEnum: noNamedEnums,
    createView: ({ view }) => [
      { text: `create ${viewOptions(view)}view ${ansi.table(view.name)} as ${viewText(writing, view)}` },
    ],
    // Keeps the definer and all else that it does not name. `create or replace` would not, nor is it atomic on MariaDB.
    replaceView: ({ to }) => [{ text: `alter view ${ansi.table(to.name)} as ${viewText(writing, to)}` }],
    dropView: ({ view }) => [{ text: `drop view ${ansi.table(view.name)}` }],
    createTrigger: ({ trigger }) => [createTriggerStatement(trigger)],
    dropTrigger: ({ trigger }) => [{ text: `drop trigger ${quote(trigger.name)}` }],
    backfill: (operation, schema) => [
      {
        text: backfillSql(
          flavor,
          schema.tables[operation.table] ?? bareTable(operation.table),
          operation.column,
          operation.set,
        ),
      },
    ],
    rawSql: (operation) => writeRaw(writing, operation),
    alterTable: ({ table, changes }, schema) => writeAlter(writing, table, changes, schema),
  };
}

function viewText({ flavor }: Writing, { name, definition, materialized }: View): string {
  if (materialized) throw notSupported(flavor, `hold the materialized view ${name}`, 'createView');
  return definition;
}

/** `algorithm=merge definer='a'@'b' sql security invoker `, as far as it is known. */
function viewOptions({ storage }: View): string {
  const { algorithm, definer, security } = storage ?? {};
  return [
    ...(typeof algorithm === 'string' ? [`algorithm = ${algorithm.replaceAll(/\W/gu, '')}`] : []),
    ...(typeof definer === 'string' ? [`definer = ${quoteAccount(definer)}`] : []),
    ...(typeof security === 'string' ? [`sql security ${security.replaceAll(/\W/gu, '')}`] : []),
  ]
    .map((option) => `${option} `)
    .join('');
}

function writeRaw({ flavor }: Writing, { up, summary }: OperationOf<'rawSql'>): readonly Statement[] {
  const text = sqlFor(flavor.name, up);
  if (text === undefined) throw notSupported(flavor, `run "${summary}", which has no SQL for it`, 'createTable');
  return [{ text }];
}

/** A foreign key needs equal collations at both ends: a new table follows the others where they agree on one of utf8mb4. */
function withCollation(table: Table, schema: Schema): Table {
  if (table.storage?.['collation'] !== undefined || table.storage?.['charset'] !== undefined) return table;
  const collations = new Set(Object.values(schema.tables).map(tableCollation));
  const [only] = collations;
  if (collations.size !== 1 || !only?.startsWith('utf8mb4_')) return table;
  return { ...table, storage: { ...table.storage, collation: only } };
}

const bareTable = (name: string): Table => ({
  name,
  columns: {},
  indexes: [],
  foreignKeys: [],
  checks: [],
  triggers: [],
});
