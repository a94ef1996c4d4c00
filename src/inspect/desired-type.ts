import type { EntityProperty, Platform, Type } from '@mikro-orm/core';
import { types } from '@mikro-orm/core';
import type { Dialect } from '../dialects/dialect.ts';
import type { LogicalType } from '../schema/logical-type.ts';

export interface TypeReader {
  readonly dialect: Dialect;
  readonly platform: Platform;
  /** The key of a named enum type. */
  enumKey(property: EntityProperty): string;
}

/**
 * What the column of a property holds. A built-in type is read from the metadata, since MikroORM's physical type may say
 * less (on SQLite, `text` for a string of 255); an own type or an explicit `columnType` is read as the database would.
 * `at` tells the columns of a property with several apart.
 */
export function readType(property: EntityProperty, at: number, reader: TypeReader): LogicalType {
  const physical = property.columnTypes[at] ?? '';
  const referenced = referencedColumn(property, at);
  if (referenced && copiesType(physical, referenced)) return readType(referenced.property, referenced.at, reader);
  if (isNamedEnum(property, reader))
    return { type: 'enum', values: (property.items ?? []).map(String), name: reader.enumKey(property) };
  const mapped = mappedType(property, reader.platform);
  if (mapped === undefined || mapped.getColumnType(property, reader.platform) !== physical)
    return readPhysical(physical, property, reader);
  return enumType(property, mapped, reader.dialect) ?? logicalType(property, mapped, physical, reader);
}

interface ReferencedColumn {
  readonly property: EntityProperty;
  readonly at: number;
}

function referencedColumn(property: EntityProperty, at: number): ReferencedColumn | undefined {
  const column = property.referencedColumnNames?.[at];
  if (!property.targetMeta || column === undefined || property.polymorphic) return undefined;
  const found = Object.values(property.targetMeta.properties).find(
    (candidate) => candidate.fieldNames?.includes(column) && candidate.persist !== false,
  );
  return found && { property: found, at: found.fieldNames.indexOf(column) };
}

/** The type of a column that counts up may be a word of its own (`serial`), which a reference does not copy. */
function copiesType(physical: string, { property, at }: ReferencedColumn): boolean {
  return property.autoincrement === true || property.columnTypes[at] === physical;
}

/** MikroORM's type object, `undefined` where it is not one of MikroORM's own. */
function mappedType(property: EntityProperty, platform: Platform): Type<unknown> | undefined {
  const mapped = property.customType ?? platform.getMappedType(typeName(property));
  return builtIn.has(mapped.constructor) ? mapped : undefined;
}

const builtIn: ReadonlySet<unknown> = new Set(Object.values(types));

function typeName({ type, enum: isEnum, nativeEnumName, items }: EntityProperty): string {
  if (nativeEnumName !== undefined || (isEnum && areTexts(items))) return 'enum';
  if (isEnum) return 'tinyint';
  return type === 'Date' ? 'datetime' : String(type ?? '');
}

/** An array of a named enum is an array first. */
function isNamedEnum({ nativeEnumName, columnTypes }: EntityProperty, { dialect }: TypeReader): boolean {
  return nativeEnumName !== undefined && dialect.traits.namedEnums && columnTypes[0]?.endsWith('[]') !== true;
}

function enumType({ items }: EntityProperty, mapped: Type<unknown>, { traits }: Dialect): LogicalType | undefined {
  if (!(mapped instanceof types.enum) || !areTexts(items)) return undefined;
  return traits.enumsAreChecks ? { type: 'text' } : { type: 'enum', values: items };
}

function areTexts(items: EntityProperty['items']): items is string[] {
  return items !== undefined && items.every((item) => typeof item === 'string');
}

/** Subclasses before their base. Types that are not here are said fully by their physical type. */
function logicalType(
  property: EntityProperty,
  mapped: Type<unknown>,
  physical: string,
  reader: TypeReader,
): LogicalType {
  const { length, precision, scale } = property;
  const { dialect, platform } = reader;
  if (mapped instanceof types.character)
    return dialect.types.read(`char(${length ?? platform.getDefaultCharLength()})`);
  if (mapped instanceof types.string)
    return length === -1
      ? readPhysical(physical, property, reader)
      : { type: 'string', length: length ?? platform.getDefaultVarcharLength() };
  const bits = integerBits(mapped);
  if (bits !== undefined) return { type: 'integer', bits, ...unsigned(property, platform) };
  if (mapped instanceof types.decimal)
    return { type: 'decimal', precision: precision ?? 10, scale: scale ?? 0, ...unsigned(property, platform) };
  if (mapped instanceof types.boolean) return { type: 'boolean' };
  if (mapped instanceof types.uuid) return { type: 'uuid' };
  if (mapped instanceof types.json) return { type: 'json' };
  if (mapped instanceof types.date && length === undefined) return { type: 'date' };
  return readPhysical(physical, property, reader);
}

function integerBits(mapped: Type<unknown>): 8 | 16 | 24 | 32 | 64 | undefined {
  if (mapped instanceof types.tinyint || mapped instanceof types.enum) return 8;
  if (mapped instanceof types.smallint) return 16;
  if (mapped instanceof types.mediumint) return 24;
  if (mapped instanceof types.bigint) return 64;
  return mapped instanceof types.integer ? 32 : undefined;
}

/** MikroORM keeps `unsigned` apart from the physical type. A key that counts up is unsigned where nothing else is said. */
function unsigned(property: EntityProperty, platform: Platform): { unsigned?: true } {
  return isUnsigned(property, platform) ? { unsigned: true } : {};
}

function isUnsigned({ unsigned: said, autoincrement }: EntityProperty, platform: Platform): boolean {
  return platform.supportsUnsigned() && (said ?? autoincrement ?? false);
}

function readPhysical(physical: string, property: EntityProperty, { dialect, platform }: TypeReader): LogicalType {
  const spelled =
    isUnsigned(property, platform) && !/\bunsigned\b/iu.test(physical) && isNumber(physical, platform)
      ? `${physical} unsigned`
      : physical;
  return dialect.types.read(spelled);
}

function isNumber(physical: string, platform: Platform): boolean {
  return platform.isNumericColumn(platform.getMappedType(physical));
}
