import { describeParts } from '../operations/add-index.ts';
import { describeType } from '../schema/logical-type.ts';
import { displayTable } from '../schema/names.ts';
import { type Column, type Default, type ForeignKey, type Schema, type Table, type View } from '../schema/schema.ts';
import type { SqlByDialect } from '../schema/sql-by-dialect.ts';

/** A schema for people, one thing a line: tables by name with what they hold, then views and enum types. */
export function schemaLines({ tables, views, enums }: Schema): readonly string[] {
  return [
    ...sorted(tables).flatMap(tableLines),
    ...sorted(views).flatMap(viewLines),
    ...sorted(enums).map(({ name, values }) => `enum type ${displayTable(name)} (${values.join(', ')})`),
  ];
}

function sorted<T extends { readonly name: string }>(record: Readonly<Record<string, T>>): readonly T[] {
  return Object.values(record).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function tableLines({ name, columns, primaryKey, comment, partitioning, ...parts }: Table): string[] {
  return [
    `table ${displayTable(name)}${comment === undefined ? '' : ` -- ${comment}`}`,
    ...Object.values(columns).map(describeColumn),
    ...(primaryKey ? [`primary key (${primaryKey.columns.join(', ')})`] : []),
    ...parts.indexes.map(
      (index) => `${index.unique ? 'unique' : 'index'} ${index.name} (${describeParts(index)})${whereOf(index.where)}`,
    ),
    ...parts.foreignKeys.map(describeForeignKey),
    ...parts.checks.map((check) => `check ${check.name} (${check.expression})`),
    ...parts.triggers.map((trigger) => `trigger ${trigger.name}`),
    ...(partitioning ? [`partitioned by ${partitioning.method} (${partitioning.by})`] : []),
  ].map((line, at) => (at === 0 ? line : `  ${line}`));
}

function describeColumn(column: Column): string {
  return [
    column.name,
    describeType(column.type),
    ...(column.nullable ? [] : ['not null']),
    ...(column.autoIncrement ? ['numbered by the database'] : []),
    ...(column.default ? [`default ${describeDefault(column.default)}`] : []),
    ...(column.generated
      ? [`generated as (${column.generated.expression})${column.generated.stored ? ' stored' : ''}`]
      : []),
    ...(column.onUpdate === undefined ? [] : [`on update ${column.onUpdate}`]),
    ...(column.comment === undefined ? [] : [`-- ${column.comment}`]),
  ].join(' ');
}

function describeDefault(value: Default): string {
  if ('now' in value) return 'now';
  return 'sql' in value ? textOf(value.sql) : JSON.stringify(value.value);
}

function textOf(sql: SqlByDialect): string {
  return typeof sql === 'string' ? sql : Object.values(sql).join(' / ');
}

function describeForeignKey({ name, columns, references, onDelete, onUpdate }: ForeignKey): string {
  const actions = [...(onDelete ? [`on delete ${onDelete}`] : []), ...(onUpdate ? [`on update ${onUpdate}`] : [])].join(
    ' ',
  );
  const target = `${displayTable(references.table)} (${references.columns.join(', ')})`;
  return `foreign key ${name} (${columns.join(', ')}) → ${target}${actions === '' ? '' : ` ${actions}`}`;
}

const whereOf = (where: string | undefined): string => (where === undefined ? '' : ` where ${where}`);

function viewLines({ name, definition, materialized }: View): string[] {
  const lines = definition.split('\n').map((line) => `  ${line}`);
  return [`${materialized ? 'materialized view' : 'view'} ${displayTable(name)}`, ...lines];
}
