import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import type { DatabaseTable } from '@mikro-orm/sql';
import { enumCheck } from '../dialects/desired-form.ts';
import type { Check } from '../schema/schema.ts';
import { propertiesOf } from './desired-columns.ts';
import type { TypeReader } from './desired-type.ts';
import { stripParentheses } from './sql-text.ts';

/** The checks of a table. That of an enum column is written by us: MikroORM's cannot hold every column name. */
export function readChecks(
  table: DatabaseTable,
  meta: EntityMetadata,
  { dialect, platform }: TypeReader,
): readonly Check[] {
  const properties = propertiesOf(meta);
  return table.getChecks().map(({ name: known, expression, columnName }) => {
    const name = wholeName(known, meta);
    const property = columnName === undefined ? undefined : properties.get(columnName);
    const isOfEnum =
      property && name === platform.getIndexName(table.name, property.fieldNames, 'check') && hasTexts(property);
    if (isOfEnum)
      return {
        name,
        expression: enumCheck(dialect, property.fieldNames[0] ?? '', {
          values: property.items.map(String),
          isArray: property.array === true,
        }),
      };
    return { name, expression: stripParentheses(String(expression), dialect.lexis) };
  });
}

/** MikroORM cuts a name that is too long, as PostgreSQL would: two of them could collide. */
function wholeName(name: string, { checks }: EntityMetadata): string {
  if (checks.some((check) => check.name === name)) return name;
  return checks.find((check) => check.name?.startsWith(name))?.name ?? name;
}

function hasTexts(property: EntityProperty): property is EntityProperty & { items: (string | number)[] } {
  return (
    (property.enum === true || property.array === true) &&
    property.items !== undefined &&
    property.items.every((item) => typeof item === 'string')
  );
}
