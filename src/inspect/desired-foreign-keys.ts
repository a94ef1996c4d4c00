import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import type { DatabaseTable } from '@mikro-orm/sql';
import { desiredForms } from '../dialects/desired-form.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { ForeignKey, ReferentialAction } from '../schema/schema.ts';
import { deferrable } from './desired-indexes.ts';

export interface ForeignKeyReader {
  readonly dialect: Dialect;
  /** The key of the table of an entity. */
  keyOf(meta: EntityMetadata): string;
}

/** The foreign keys of a table. Which table is meant comes from the metadata: MikroORM's text of it cannot hold every name. */
export function readForeignKeys(
  table: DatabaseTable,
  meta: EntityMetadata,
  { dialect, keyOf }: ForeignKeyReader,
): readonly ForeignKey[] {
  const form = desiredForms[dialect.name];
  return Object.values(table.getForeignKeys()).map((key) => ({
    name: key.constraintName,
    columns: key.columnNames,
    references: {
      table: referencedTable(key.columnNames, key.referencedTableName, meta, keyOf),
      columns: key.referencedColumnNames,
    },
    ...action('onDelete', key.deleteRule, form.restrictIsNoAction),
    ...action('onUpdate', key.updateRule, form.restrictIsNoAction),
    ...(form.deferrableForeignKeys && deferrable(key.deferMode)),
  }));
}

/** The relation of these columns; the key of a child of table-per-type inheritance refers to its parent's. */
export function relationOf(meta: EntityMetadata, columns: readonly string[]): EntityProperty | undefined {
  return meta.relations.find(
    (property) => property.targetMeta && property.fieldNames?.join('\n') === columns.join('\n'),
  );
}

function referencedTable(
  columns: readonly string[],
  name: string,
  meta: EntityMetadata,
  keyOf: ForeignKeyReader['keyOf'],
): string {
  const related = relationOf(meta, columns)?.targetMeta;
  const target = [related, related?.root, meta.tptParent].find(
    (candidate) => candidate && `.${name}`.endsWith(`.${candidate.tableName}`),
  );
  return target ? keyOf(target) : name;
}

function action<Name extends 'onDelete' | 'onUpdate'>(
  name: Name,
  rule: string | undefined,
  restrictIsNoAction: boolean,
): { readonly [N in Name]?: ReferentialAction } {
  const known = actions.find((candidate) => candidate === rule?.toLowerCase());
  if (known === undefined || known === 'no action' || (known === 'restrict' && restrictIsNoAction)) return {};
  return { [name]: known } as { readonly [N in Name]?: ReferentialAction };
}

const actions: readonly ReferentialAction[] = ['no action', 'restrict', 'cascade', 'set null', 'set default'];
