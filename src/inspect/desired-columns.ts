import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import type { Column as OrmColumn, DatabaseTable } from '@mikro-orm/sql';
import { desiredForms } from '../dialects/desired-form.ts';
import type { Column, Generated } from '../schema/schema.ts';
import { readDefault } from './desired-default.ts';
import { readType, type TypeReader } from './desired-type.ts';
import { isWord, placeTokens, stripParentheses } from './sql-text.ts';

/** The columns of a table, in the order of the properties. */
export function readColumns(
  table: DatabaseTable,
  meta: EntityMetadata,
  reader: TypeReader,
): Readonly<Record<string, Column>> {
  const key = table.getPrimaryKey()?.columnNames ?? [];
  const properties = propertiesOf(meta);
  return Object.fromEntries(
    table.getColumns().flatMap((column) => {
      const property = properties.get(column.name);
      return property ? [[column.name, readColumn(column, property, key, reader)] as const] : [];
    }),
  );
}

/** The property that each column holds; the last one where several share it, as MikroORM has it. */
export function propertiesOf(meta: EntityMetadata): ReadonlyMap<string, EntityProperty> {
  const own =
    meta.inheritanceType === 'tpt' && meta.tptParent
      ? [...meta.getPrimaryProps(), ...(meta.ownProps ?? [])]
      : meta.props;
  const properties = new Map<string, EntityProperty>();
  for (const property of own) {
    if (property.persist === false || property.formula) continue;
    for (const column of property.fieldNames ?? []) properties.set(column, property);
  }
  return properties;
}

function readColumn(column: OrmColumn, property: EntityProperty, key: readonly string[], reader: TypeReader): Column {
  const { dialect, platform } = reader;
  const type = readType(property, property.fieldNames.indexOf(column.name), reader);
  const generated = readGenerated(column.generated, reader);
  const isRowid =
    desiredForms[dialect.name].integerKeyIsRowid &&
    key.length === 1 &&
    key[0] === column.name &&
    type.type === 'integer';
  const autoIncrement = column.autoincrement === true || isRowid || isIdentity(column.generated);
  const value = generated || autoIncrement ? undefined : readDefault(property, type, dialect, platform);
  const onUpdate = readOnUpdate(column.extra, reader);
  return {
    name: column.name,
    type,
    // MikroORM never writes NOT NULL for a generated column.
    nullable: !key.includes(column.name) && (column.nullable === true || generated !== undefined),
    ...(value && { default: value }),
    ...(autoIncrement && { autoIncrement: true as const }),
    ...(generated && { generated }),
    ...(onUpdate !== undefined && { onUpdate }),
    ...(column.comment && platform.supportsComments() && { comment: column.comment }),
    ...(column.collation && { collation: column.collation }),
  };
}

/** MikroORM's text for a column that PostgreSQL counts up. */
function isIdentity(generated: string | undefined): boolean {
  return generated !== undefined && /^(?:(?:by default|always) as )?identity$/iu.test(generated.trim());
}

/** `(expression) stored` or `… virtual`; MySQL and SQLite mean virtual where neither is said, as their manuals say. */
function readGenerated(text: string | undefined, { dialect }: TypeReader): Generated | undefined {
  if (text === undefined || text === '' || isIdentity(text)) return undefined;
  const body = text.trim().replace(/^(?:generated always )?as(?=\s*\()/iu, '');
  const last = placeTokens(body, dialect.lexis).at(-1);
  const stored = isWord(last, 'stored', 'persistent');
  const expression = last && (stored || isWord(last, 'virtual')) ? body.slice(0, last.start) : body;
  return { expression: stripParentheses(expression, dialect.lexis), stored };
}

function readOnUpdate(extra: string | undefined, { dialect }: TypeReader): string | undefined {
  if (!desiredForms[dialect.name].onUpdate) return undefined;
  const expression = /\bon update (.+)$/isu.exec(extra ?? '')?.[1];
  return expression === undefined ? undefined : dialect.types.canonicalExpression(expression);
}
