import { defineEntity, p, type EntitySchema, type IndexColumnOptions } from '@mikro-orm/core';
import type { DatabaseKind } from '../../support/databases.ts';

/** One feature of models that a tool may read back differently from how it wrote it. */
export interface FeatureCase {
  /** In the words of people who met it; unique. */
  readonly name: string;
  /** Databases that have the feature; all where absent. */
  readonly on?: readonly DatabaseKind[];
  entities(kind: DatabaseKind, table: string): readonly EntitySchema[];
  readonly edit?: HandEdit;
}

/** What somebody changes by hand, and the step that takes it back. */
export interface HandEdit {
  readonly facet: 'default' | 'check' | 'generated' | 'predicate' | 'other';
  /** The statements for a database; `undefined` where it cannot be said. SQLite: what is replaced in its `create` text. */
  sql(kind: DatabaseKind, table: string): readonly string[] | Replacement | undefined;
  /** Kinds of the operations that take it back, at least one of which must be planned and no other. */
  readonly repairs: readonly string[];
}

/** SQLite has no statement that changes a default or a check: the object is made again with another text. */
export interface Replacement {
  readonly object: string;
  readonly from: string;
  readonly to: string;
}

export const mysqlFamily: readonly DatabaseKind[] = ['mariadb', 'mysql'];

type Definition = Parameters<typeof defineEntity>[0];

/** What an entity says besides its properties, as far as the cases need it. */
export interface TableExtras {
  readonly indexes?: readonly IndexExtra[];
  readonly uniques?: readonly IndexExtra[];
  readonly checks?: readonly { readonly name: string; readonly expression: string }[];
  readonly comment?: string;
}

interface IndexExtra {
  readonly name: string;
  readonly properties?: readonly string[];
  readonly columns?: readonly IndexColumnOptions[];
  readonly expression?: string;
  readonly where?: string;
  readonly include?: readonly string[];
  readonly type?: string;
  readonly invisible?: boolean;
  readonly deferMode?: 'immediate' | 'deferred';
}

export type Properties = Readonly<Record<string, object>>;

/** An entity with a numbered key and the given properties; each property's column has its name. */
export function entity(table: string, properties: Properties, extras: TableExtras = {}): EntitySchema {
  return keyedEntity(table, { id: p.integer().primary(), ...properties }, extras);
}

/** An entity whose key is among the properties. */
export function keyedEntity(table: string, properties: Properties, extras: TableExtras = {}): EntitySchema {
  return defineEntity({
    name: table,
    tableName: table,
    properties: { ...properties },
    ...extras,
  } as Definition) as never;
}

/** A case of one table with these columns. */
export function columns(
  name: string,
  properties: (kind: DatabaseKind) => Properties,
  rest: Pick<FeatureCase, 'on' | 'edit'> = {},
): FeatureCase {
  return { name, ...rest, entities: (kind, table) => [entity(table, properties(kind))] };
}
