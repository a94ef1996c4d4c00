import { ReferenceKind, type EntityMetadata, type EntityProperty } from '@mikro-orm/core';
import type { DatabaseSchema, DatabaseTable } from '@mikro-orm/sql';
import { desiredForms } from '../dialects/desired-form.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { entryOf } from '../schema/entry-of.ts';
import { recordOf } from '../schema/record-of.ts';
import type { EnumType, Schema, Table, View } from '../schema/schema.ts';
import type { SqlByDialect } from '../schema/sql-by-dialect.ts';
import { readChecks } from './desired-checks.ts';
import { readColumns } from './desired-columns.ts';
import { readForeignKeys } from './desired-foreign-keys.ts';
import { readIndexes, readPrimaryKey } from './desired-indexes.ts';
import { enumKey, namesOf, namespacesOf, type Names } from './desired-names.ts';
import { originOf, relationsOf, type Relation, type TableOrigin } from './desired-origin.ts';
import { keysWithoutPartitions, readPartitioning, widenPrimaryKey } from './desired-partitioning.ts';
import { findCollisions, findProblems, type DesiredProblem } from './desired-problems.ts';
import { readTriggers } from './desired-triggers.ts';
import type { Orm } from './orm.ts';

export type { DesiredProblem } from './desired-problems.ts';

/** What the models want of one database, and where in the models each part comes from. */
export interface DesiredSchema {
  readonly schema: Schema;
  /** Why it cannot be had, all at once; empty where it can. */
  readonly problems: readonly DesiredProblem[];
  readonly origin: Readonly<Record<string, TableOrigin>>;
  readonly relations: readonly Relation[];
  /** Namespaces of the tables, views and enums besides the default one. */
  readonly namespaces: readonly string[];
}

export interface DesiredOptions {
  readonly tables?: Readonly<Record<string, { readonly partitionBy?: SqlByDialect | undefined }>>;
}

/**
 * The models, read when something of them is asked for: their namespaces are known before, so that a server can be asked
 * for its catalogs meanwhile. No connection is needed.
 */
export function openDesired(orm: Orm, dialect: Dialect, options: DesiredOptions = {}): DesiredSchema {
  let known: DesiredSchema | undefined;
  const whole = (): DesiredSchema => (known ??= readDesired(orm, dialect, options));
  return {
    namespaces: namespacesOf(orm, dialect),
    get schema() {
      return whole().schema;
    },
    get problems() {
      return whole().problems;
    },
    get origin() {
      return whole().origin;
    },
    get relations() {
      return whole().relations;
    },
  };
}

/** Reads the entities: no connection is needed. */
export function readDesired(orm: Orm, dialect: Dialect, options: DesiredOptions = {}): DesiredSchema {
  const target = orm.schema.getTargetSchema();
  const names = namesOf(orm, dialect);
  const problems: DesiredProblem[] = [];
  const reader: TableReader = {
    orm,
    dialect,
    options,
    ...names,
    report: (object, message) => problems.push({ code: 'NOT_UNDERSTOOD', object, message: `${object}: ${message}` }),
  };
  const metaOf = findMeta(orm, names.namespaceOf);
  const mapped = target.getTables().flatMap((table) => {
    const meta = metaOf(table);
    return meta ? [{ table, meta, key: names.keyOf(meta) }] : [];
  });
  const schema: Schema = {
    tables: recordOf(mapped.map(({ table, meta, key }) => readTable(table, meta, key, reader))),
    views: readViews(target, names.key),
    enums: readEnums(target, names.key, dialect),
  };
  return {
    schema,
    problems: [...problems, ...findProblems(schema, dialect), ...findCollisions(schema, dialect)],
    get origin() {
      return Object.fromEntries(mapped.map(({ table, meta, key }) => [key, originOf(table, meta)]));
    },
    get relations() {
      return mapped.flatMap(({ table, meta, key }) => relationsOf(table, meta, key, names.keyOf));
    },
    namespaces: namespacesOf(orm, dialect),
  };
}

interface TableReader extends Names {
  readonly orm: Orm;
  readonly dialect: Dialect;
  readonly options: DesiredOptions;
  report(object: string, message: string): void;
}

/** The entity of each table. Several share one in single-table inheritance; its root has all the columns. */
function findMeta(orm: Orm, namespaceOf: Names['namespaceOf']): (table: DatabaseTable) => EntityMetadata | undefined {
  const isTable = (meta: EntityMetadata): boolean =>
    !meta.embeddable &&
    !meta.view &&
    !meta.virtual &&
    (meta.root.class === meta.class || meta.inheritanceType === 'tpt');
  const place = (name: string, namespace: string | undefined): string => JSON.stringify([name, namespace]);
  const found = new Map<string, EntityMetadata>();
  for (const meta of [...orm.getMetadata().getAll().values()].filter(isTable)) {
    const key = place(meta.collection, namespaceOf(meta));
    if (!found.has(key)) found.set(key, meta);
  }
  return ({ name, schema }) => found.get(place(name, schema));
}

function readTable(table: DatabaseTable, meta: EntityMetadata, key: string, reader: TableReader): Table {
  const { orm, dialect, options } = reader;
  const platform = orm.driver.getPlatform();
  const types = { dialect, platform, enumKey: (property: EntityProperty) => enumKey(property, meta, reader) };
  const indexes = {
    dialect,
    platform,
    report: (index: string, message: string) => reader.report(`${key}.${index}`, message),
  };
  const foreignKeys = readForeignKeys(table, meta, reader);
  const primaryKey = readPrimaryKey(table, indexes);
  const partitionBy = entryOf(options.tables, key)?.partitionBy;
  const partitioning = readPartitioning(table, {
    dialect,
    partitionBy,
    keyOf: reader.key,
    report: (message) => reader.report(key, message),
  });
  const read: Table = {
    name: key,
    columns: readColumns(table, meta, types),
    ...(primaryKey && { primaryKey }),
    indexes: readIndexes(table, referencesOf(table, meta, foreignKeys), indexes),
    foreignKeys,
    checks: readChecks(table, meta, types),
    triggers: readTriggers(table, orm),
    ...(partitioning && { partitioning }),
    ...(table.comment && platform.supportsComments() && { comment: table.comment }),
    ...storageOf(orm, dialect),
  };
  if (partitionBy === undefined) return read;
  for (const name of keysWithoutPartitions(read, dialect.lexis))
    reader.report(
      `${key}.${name}`,
      'a unique key of a partitioned table must have the columns that the table is partitioned by',
    );
  return widenPrimaryKey(read, dialect.lexis);
}

/** Foreign keys, and relations whose foreign key is switched off: they are joined on all the same. */
function referencesOf(
  table: DatabaseTable,
  meta: EntityMetadata,
  foreignKeys: Table['foreignKeys'],
): readonly (readonly string[])[] {
  const toOne = meta.relations.filter(
    ({ kind, fieldNames }) => kind === ReferenceKind.MANY_TO_ONE && fieldNames?.every((name) => table.hasColumn(name)),
  );
  const loose = toOne.filter(({ createForeignKeyConstraint }) => !createForeignKeyConstraint);
  return [...foreignKeys.map(({ columns }) => columns), ...loose.map(({ fieldNames }) => fieldNames)];
}

function storageOf(orm: Orm, dialect: Dialect): Pick<Table, 'storage'> {
  if (!desiredForms[dialect.name].storage) return {};
  const charset = orm.config.get('charset');
  const collation = orm.config.get('collate');
  return { storage: { engine: 'InnoDB', ...(charset && { charset }), ...(collation && { collation }) } };
}

function readViews(target: DatabaseSchema, keyOf: Names['key']): Readonly<Record<string, View>> {
  return Object.fromEntries(
    target.getViews().map(({ name, schema, definition, materialized }) => {
      const key = keyOf(name, schema);
      return [
        key,
        {
          name: key,
          definition: definition.trim().replace(/;$/u, ''),
          ...(materialized && { materialized: true as const }),
        },
      ];
    }),
  );
}

function readEnums(target: DatabaseSchema, keyOf: Names['key'], dialect: Dialect): Readonly<Record<string, EnumType>> {
  if (!dialect.traits.namedEnums) return {};
  return Object.fromEntries(
    Object.values(target.getNativeEnums()).map(({ name, schema, items }) => {
      const key = keyOf(name, schema);
      return [key, { name: key, values: items }];
    }),
  );
}
