import { isRaw, type EntityProperty, type Platform } from '@mikro-orm/core';
import type { Dialect } from '../dialects/dialect.ts';
import type { LogicalType } from '../schema/logical-type.ts';
import type { Default } from '../schema/schema.ts';
import { parseDefault } from './parse-default.ts';

/** A property's default. MikroORM's SQL text of a string is wrong with an apostrophe, so the value itself is preferred. */
export function readDefault(
  property: EntityProperty,
  type: LogicalType,
  dialect: Dialect,
  platform: Platform,
): Default | undefined {
  const found = ownValue(property, platform) ?? written(property, type, dialect);
  return found && !('value' in found && found.value === null) ? dialect.types.canonicalDefault(type, found) : undefined;
}

function written({ defaultRaw }: EntityProperty, type: LogicalType, dialect: Dialect): Default | undefined {
  return defaultRaw === undefined || defaultRaw === null
    ? undefined
    : parseDefault(String(defaultRaw), type, dialect.lexis);
}

/** The value, unless the model gives its own SQL besides. */
function ownValue(property: EntityProperty, platform: Platform): Default | undefined {
  const { default: given, defaultRaw, customType } = property;
  if (given === undefined || given === null || isRaw(given)) return undefined;
  const convert = customType && (Array.isArray(given) || customType.compareAsType() !== 'any');
  const value: unknown = convert ? customType.convertToDatabaseValue(given, platform) : given;
  const asMikroOrmWritesIt = typeof value === 'string' ? `'${value}'` : String(value);
  if (defaultRaw !== undefined && defaultRaw !== asMikroOrmWritesIt) return undefined;
  return literalOf(value);
}

function literalOf(value: unknown): Default | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { value };
  if (typeof value === 'bigint') return { value: value.toString() };
  if (value instanceof Date)
    return {
      value: value
        .toISOString()
        .replace('T', ' ')
        .replace(/(?:\.000)?Z$/u, ''),
    };
  const isPlain =
    Array.isArray(value) ||
    (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);
  return isPlain ? { value: JSON.stringify(value) } : undefined;
}
