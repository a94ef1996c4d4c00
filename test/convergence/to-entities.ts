import { defineEntity, p, type EntitySchema } from '@mikro-orm/core';
import type { LogicalType } from '../../src/schema/logical-type.ts';
import type { SqlByDialect } from '../../src/schema/sql-by-dialect.ts';
import type { Column, ForeignKey, Index, Schema, Table } from '../../src/schema/schema.ts';
import type { DatabaseKind } from '../support/databases.ts';

/** What the property builders of MikroORM have in common, as far as a drawn column needs it. */
interface Builder {
  fieldName(name: string): Builder;
  nullable(): Builder;
  primary(): Builder;
  autoincrement(is?: boolean): Builder;
  unsigned(is?: boolean): Builder;
  length(length: number): Builder;
  precision(digits: number): Builder;
  scale(digits: number): Builder;
  columnType(type: string): Builder;
  default(value: string | number | boolean | null): Builder;
  defaultRaw(sql: string): Builder;
  generated(sql: string): Builder;
  comment(text: string): Builder;
}

interface ReferenceBuilder {
  joinColumns(...names: readonly string[]): ReferenceBuilder;
  referencedColumnNames(...names: readonly string[]): ReferenceBuilder;
  foreignKeyName(name: string): ReferenceBuilder;
  nullable(): ReferenceBuilder;
  deleteRule(rule: string): ReferenceBuilder;
  updateRule(rule: string): ReferenceBuilder;
  deferMode(mode: string): ReferenceBuilder;
}

/**
 * Entities that say what a schema says, their tables' names behind a prefix. Left out is what no entity can say: keys over
 * expressions (raw SQL in MikroORM), an action that a model cannot name.
 */
export function toEntities(schema: Schema, kind: DatabaseKind, prefix: string): EntitySchema[] {
  const entities = new Map<string, EntitySchema>();
  for (const table of Object.values(schema.tables)) {
    // To MikroORM a dot in a table's name ends the name of its schema.
    const name = `${prefix}${table.name.replaceAll('.', ' ')}`;
    const referenced = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
    const columns = Object.values(table.columns).filter((column) => !referenced.has(column.name));
    const places = new Map(columns.map((column, at) => [column.name, `c${at}`]));
    table.foreignKeys.forEach((key, at) => key.columns.forEach((column) => places.set(column, `r${at}`)));
    const entity = defineEntity({
      name,
      tableName: name,
      properties: {
        ...Object.fromEntries(columns.map((column) => [places.get(column.name), property(column, table, kind)])),
        ...Object.fromEntries(table.foreignKeys.map((key, at) => [`r${at}`, () => reference(key, table, entities)])),
      },
      indexes: table.indexes
        .filter((index) => !index.unique && isSayable(index, table))
        .map((index) => keyOf(index, places, prefix)),
      uniques: table.indexes
        .filter((index) => index.unique && isSayable(index, table))
        .map((index) => keyOf(index, places, prefix)),
      checks: table.checks.map((check) => ({ ...check, name: `${prefix}${check.name}` })),
      ...(table.comment !== undefined && { comment: table.comment }),
    } as never);
    entities.set(table.name, entity as never);
  }
  return [...entities.values()];
}

function property(column: Column, { primaryKey }: Table, kind: DatabaseKind): Builder {
  const isKey = primaryKey?.columns.includes(column.name) === true;
  const steps: ((builder: Builder) => Builder)[] = [(builder) => builder.fieldName(column.name)];
  if (column.nullable) steps.push((builder) => builder.nullable());
  if (isKey) steps.push((builder) => builder.primary().autoincrement(column.autoIncrement === true));
  if (column.comment !== undefined) steps.push((builder) => builder.comment(column.comment ?? ''));
  const { generated, default: value } = column;
  if (generated)
    steps.push((builder) => builder.generated(`(${generated.expression}) ${generated.stored ? 'stored' : 'virtual'}`));
  if (value && 'value' in value) steps.push((builder) => builder.default(value.value));
  if (value && 'now' in value) steps.push((builder) => builder.defaultRaw(now(column.type, kind)));
  if (value && 'sql' in value)
    steps.push((builder) => builder.defaultRaw(kind === 'postgresql' ? sqlText(value.sql) : `(${sqlText(value.sql)})`));
  return steps.reduce((builder, step) => step(builder), builderOf(column.type));
}

function builderOf(type: LogicalType): Builder {
  const builder = (made: unknown): Builder => made as Builder;
  switch (type.type) {
    case 'string':
      return builder(p.string()).length(type.length);
    case 'text':
      return type.size ? builder(p.text()).columnType(`${type.size}text`) : builder(p.text());
    case 'integer':
      return builder(
        { 8: p.tinyint, 16: p.smallint, 24: p.mediumint, 32: p.integer, 64: p.bigint }[type.bits](),
      ).unsigned(type.unsigned === true);
    case 'decimal':
      return builder(p.decimal()).precision(type.precision).scale(type.scale);
    case 'datetime':
      return type.zone === true
        ? builder(p.type('Date')).columnType('timestamptz')
        : builder(p.datetime(type.precision ?? 0));
    case 'time':
      return builder(p.time());
    case 'binary':
      return type.length === undefined
        ? builder(p.blob())
        : builder(p.type('buffer')).columnType(`varbinary(${type.length})`);
    case 'enum':
      return builder(
        type.name === undefined ? p.enum([...type.values]) : p.enum([...type.values]).nativeEnumName(type.name),
      );
    case 'native':
      return builder(p.type('string')).columnType(sqlText(type.sql));
    default:
      return builder(
        { float: p.float, double: p.double, boolean: p.boolean, date: p.date, uuid: p.uuid, json: p.json }[type.type](),
      );
  }
}

function now(type: LogicalType, kind: DatabaseKind): string {
  if (type.type === 'date') return kind === 'mysql' || kind === 'mariadb' ? '(curdate())' : 'current_date';
  const digits = type.type === 'datetime' ? type.precision : undefined;
  return digits === undefined ? 'current_timestamp' : `current_timestamp(${digits})`;
}

function reference(key: ForeignKey, table: Table, entities: ReadonlyMap<string, EntitySchema>): unknown {
  const target = entities.get(key.references.table);
  if (!target) throw new Error(`no entity for ${key.references.table}`);
  const made = (p.manyToOne(target) as unknown as ReferenceBuilder)
    .joinColumns(...key.columns)
    .referencedColumnNames(...key.references.columns)
    .foreignKeyName(key.name)
    .deleteRule(key.onDelete ?? 'no action')
    .updateRule(key.onUpdate ?? 'no action');
  const deferred = key.deferrable ? made.deferMode(key.deferrable) : made;
  return key.columns.every((column) => table.columns[column]?.nullable) ? deferred.nullable() : deferred;
}

/** A key over a reference's only column is a key over its property; over one of several it cannot be said. */
function isSayable({ parts }: Index, { foreignKeys }: Table): boolean {
  const shared = foreignKeys.filter(({ columns }) => columns.length > 1).flatMap(({ columns }) => columns);
  return parts.every(
    ({ column, expression }) => expression === undefined && column !== undefined && !shared.includes(column),
  );
}

function keyOf({ name, parts, where, include }: Index, places: ReadonlyMap<string, string>, prefix: string): object {
  const propertyOf = (column: string | undefined): string => places.get(column ?? '') ?? '';
  const columns = parts.map(({ column, descending, length }) => ({
    name: propertyOf(column),
    ...(descending && { sort: 'DESC' }),
    ...(length !== undefined && { length }),
  }));
  const isPlain = parts.every(({ descending, length }) => !descending && length === undefined);
  return {
    name: `${prefix}${name}`,
    properties: parts.map(({ column }) => propertyOf(column)),
    ...(!isPlain && { columns }),
    ...(where !== undefined && { where }),
    ...(include && { include: include.map(propertyOf) }),
  };
}

function sqlText(sql: SqlByDialect): string {
  if (typeof sql !== 'string') throw new Error(`drawn SQL is one text: ${JSON.stringify(sql)}`);
  return sql;
}
