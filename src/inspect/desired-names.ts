import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import type { Dialect } from '../dialects/dialect.ts';
import { tableKey } from '../schema/names.ts';
import type { Orm } from './orm.ts';

/** How the models' names become keys of a schema. */
export interface Names {
  key(name: string, namespace: string | undefined): string;
  keyOf(meta: EntityMetadata): string;
  namespaceOf(meta: EntityMetadata): string | undefined;
}

/** The names of one project on one database: its default namespace is left out of keys. */
export function namesOf(orm: Orm, dialect: Dialect): Names {
  const usual = orm.config.get('schema') ?? orm.driver.getPlatform().getDefaultSchemaName();
  const key: Names['key'] = (name, namespace) =>
    tableKey(name, namespace === dialect.traits.defaultNamespace ? undefined : namespace);
  const namespaceOf: Names['namespaceOf'] = ({ schema }) => (schema === '*' ? undefined : schema) ?? usual;
  return { key, namespaceOf, keyOf: (meta) => key(meta.tableName, namespaceOf(meta)) };
}

/** Namespaces of the tables, views and enums besides the default one. */
export function namespacesOf(orm: Orm, dialect: Dialect): readonly string[] {
  const { namespaceOf } = namesOf(orm, dialect);
  const stored = [...orm.getMetadata().getAll().values()].filter(
    (meta) => !meta.embeddable && !meta.virtual && !meta.abstract,
  );
  const enums = stored.flatMap(({ props }) => props.flatMap(({ nativeEnumName }) => namespaceOfEnum(nativeEnumName)));
  const names = new Set([...stored.flatMap((meta) => namespaceOf(meta) ?? []), ...enums]);
  return [...names].filter((name) => name !== dialect.traits.defaultNamespace).sort();
}

function namespaceOfEnum(name: string | undefined): readonly string[] {
  const dot = name?.indexOf('.') ?? -1;
  return name === undefined || dot < 0 ? [] : [name.slice(0, dot)];
}

/** `type` or `namespace.type`, as MikroORM reads it. */
export function enumKey(
  { nativeEnumName = '' }: EntityProperty,
  meta: EntityMetadata,
  { key, namespaceOf }: Names,
): string {
  const dot = nativeEnumName.indexOf('.');
  return dot < 0
    ? key(nativeEnumName, namespaceOf(meta))
    : key(nativeEnumName.slice(dot + 1), nativeEnumName.slice(0, dot));
}
