import type { EntityMetadata } from '@mikro-orm/core';
import type { DatabaseTable } from '@mikro-orm/sql';
import { propertiesOf } from './desired-columns.ts';
import { relationOf } from './desired-foreign-keys.ts';
import type { Names } from './desired-names.ts';

/** Where in the models a table comes from. */
export interface TableOrigin {
  readonly entity: string;
  /** Where MikroORM found the entity; absent for those that the config names directly. */
  readonly file?: string;
  /** The property of each column. */
  readonly columns: Readonly<Record<string, string>>;
}

/** A reference between two tables, with or without a foreign key. */
export interface Relation {
  readonly entity: string;
  readonly property: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: string; readonly columns: readonly string[] };
}

/** The entity and the properties that a table comes from. */
export function originOf(table: DatabaseTable, meta: EntityMetadata): TableOrigin {
  const properties = propertiesOf(meta);
  const columns = table.getColumns().map(({ name }) => [name, properties.get(name)?.name ?? name] as const);
  return { entity: meta.className, ...(meta.path && { file: meta.path }), columns: Object.fromEntries(columns) };
}

/** The references of an entity to other tables. */
export function relationsOf(
  table: DatabaseTable,
  meta: EntityMetadata,
  key: string,
  keyOf: Names['keyOf'],
): readonly Relation[] {
  return meta.relations.flatMap((property) => {
    const { fieldNames, referencedColumnNames, targetMeta } = property;
    const isHere =
      fieldNames?.length > 0 &&
      fieldNames.every((name) => table.hasColumn(name)) &&
      relationOf(meta, fieldNames) === property;
    if (!isHere || !targetMeta || targetMeta.view || !referencedColumnNames?.length || property.polymorphic) return [];
    const references = { table: keyOf(targetMeta), columns: referencedColumnNames };
    return [{ entity: meta.className, property: property.name, table: key, columns: fieldNames, references }];
  });
}
