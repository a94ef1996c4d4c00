import { describeObject, type ObjectRef } from '../diff/index.ts';
import { primaryKeyRef } from '../diff/primary-key.ts';
import type { Schema, Table } from '../schema/schema.ts';

/** Every object of a schema by kind and name, sorted: two schemas with the same ones are ours in the same parts. */
export function objectNames(schema: Schema): readonly string[] {
  const tables = Object.values(schema.tables).flatMap(tableObjects);
  const views = Object.keys(schema.views).map((name): ObjectRef => ({ kind: 'view', name }));
  const enums = Object.keys(schema.enums).map((name): ObjectRef => ({ kind: 'enum', name }));
  return [...tables, ...views, ...enums].map(describeObject).toSorted();
}

function tableObjects(table: Table): readonly ObjectRef[] {
  const { name, primaryKey } = table;
  const within = (kind: ObjectRef['kind'], names: readonly string[]): readonly ObjectRef[] =>
    names.map((object) => ({ kind, table: name, name: object }));
  return [
    { kind: 'table', name },
    ...within('column', Object.keys(table.columns)),
    ...within(
      'index',
      table.indexes.map((index) => index.name),
    ),
    ...within(
      'foreignKey',
      table.foreignKeys.map((key) => key.name),
    ),
    ...within(
      'check',
      table.checks.map((check) => check.name),
    ),
    ...within(
      'trigger',
      table.triggers.map((trigger) => trigger.name),
    ),
    ...(primaryKey ? [primaryKeyRef(name, primaryKey)] : []),
  ];
}
