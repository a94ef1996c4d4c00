import { isSameData } from '../../schema/canonical.ts';
import type { LogicalType } from '../../schema/logical-type.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import type { Types } from '../dialect.ts';
import { remember, rememberDefaults } from '../remember.ts';
import { canonicalDefault } from './default.ts';
import { canonicalExpression } from './expression.ts';
import { notSupported, type Flavor } from './flavor.ts';
import { keyBytes } from './key-bytes.ts';
import { literal } from './quote.ts';
import { changeOfType } from './type-change.ts';
import { nativeSql } from './native-sql.ts';
import { pieces } from './pieces.ts';
import { readValues } from './read-literal.ts';

/** Types of MySQL and MariaDB. */
export function createTypes(flavor: Flavor): Types {
  return {
    write: (type) => writeType(flavor, type),
    read: remember(readType),
    same: isSameType,
    change: (from, to) => (isSameType(from, to) ? { kind: 'widening', rewrites: false } : changeOfType(from, to)),
    canonicalDefault: rememberDefaults((type, value) => canonicalDefault(flavor, type, value)),
    canonicalExpression: remember(canonicalExpression),
    keyBytes: (type, length) => keyBytes(type, { ...(length !== undefined && { length }) }),
  };
}

const integerNames = { 8: 'tinyint', 16: 'smallint', 24: 'mediumint', 32: 'int', 64: 'bigint' } as const;

function writeType(flavor: Flavor, type: LogicalType): string {
  switch (type.type) {
    case 'string':
      return `varchar(${type.length})`;
    case 'text':
      return `${type.size ?? ''}text`;
    case 'integer':
      return `${integerNames[type.bits]}${type.unsigned ? ' unsigned' : ''}`;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})${type.unsigned ? ' unsigned' : ''}`;
    case 'boolean':
      return 'tinyint(1)';
    // MikroORM's own choice on these databases.
    case 'uuid':
      return 'varchar(36)';
    case 'time':
    case 'datetime':
      return type.precision ? `${type.type}(${type.precision})` : type.type;
    case 'binary':
      return type.length === undefined ? 'blob' : `varbinary(${type.length})`;
    case 'enum':
      return `enum(${type.values.map(literal).join(',')})`;
    case 'native':
      return sqlFor(flavor.name, type.sql) ?? refuseForeignType(flavor, JSON.stringify(type.sql));
    default:
      return type.type;
  }
}

function refuseForeignType(flavor: Flavor, sql: string): never {
  throw notSupported(flavor, `hold the type ${sql}`, 'createTable');
}

const integerBits: Readonly<Record<string, 8 | 16 | 24 | 32 | 64>> = {
  tinyint: 8,
  int1: 8,
  smallint: 16,
  int2: 16,
  mediumint: 24,
  middleint: 24,
  int3: 24,
  int: 32,
  integer: 32,
  int4: 32,
  bigint: 64,
  int8: 64,
};

function readType(physical: string): LogicalType {
  const spelled = spellType(physical);
  const match = /^([a-z][a-z0-9_]*(?: precision| varying)?)(?:\((.*)\))?( unsigned)?$/su.exec(spelled);
  if (!match) return native(spelled);
  const [, name = '', inner, unsigned] = match;
  const numbers = inner === undefined ? [] : inner.split(',').map(Number);
  return (
    readIntegerType(name, inner, unsigned !== undefined) ??
    readDecimalType(name, numbers, unsigned !== undefined) ??
    (unsigned ? native(spelled) : readOtherType(name, inner, numbers)) ??
    native(spelled)
  );
}

function readIntegerType(name: string, inner: string | undefined, unsigned: boolean): LogicalType | undefined {
  if (name === 'bool' || name === 'boolean' || (name === 'tinyint' && inner === '1' && !unsigned))
    return { type: 'boolean' };
  const bits = integerBits[name];
  return bits && { type: 'integer', bits, ...(unsigned && { unsigned }) };
}

function readDecimalType(
  name: string,
  [precision = 10, scale = 0]: readonly number[],
  unsigned: boolean,
): LogicalType | undefined {
  if (!/^(?:decimal|numeric|dec|fixed)$/u.test(name)) return undefined;
  return { type: 'decimal', precision, scale, ...(unsigned && { unsigned }) };
}

function readOtherType(
  name: string,
  inner: string | undefined,
  [size, second]: readonly number[],
): LogicalType | undefined {
  switch (name) {
    case 'varchar':
    case 'character varying':
      return { type: 'string', length: size ?? 255 };
    case 'text':
      return size === undefined ? { type: 'text' } : undefined;
    case 'tinytext':
      return { type: 'text', size: 'tiny' };
    case 'mediumtext':
      return { type: 'text', size: 'medium' };
    case 'longtext':
      return { type: 'text', size: 'long' };
    case 'float':
      if (second !== undefined) return undefined;
      return { type: size !== undefined && size > 24 ? 'double' : 'float' };
    case 'double':
    case 'double precision':
    case 'real':
      return inner === undefined ? { type: 'double' } : undefined;
    case 'date':
    case 'json':
      return { type: name };
    case 'time':
    case 'datetime':
      return { type: name, ...(size && { precision: size }) };
    case 'varbinary':
      return size === undefined ? undefined : { type: 'binary', length: size };
    case 'blob':
      return size === undefined ? { type: 'binary' } : undefined;
    case 'enum':
      return inner === undefined ? undefined : { type: 'enum', values: readValues(inner) };
    default:
      return readNativeAlias(name, inner, size);
  }
}

/** Types that only these databases have, each in the spelling of the catalog. */
function readNativeAlias(name: string, inner: string | undefined, size: number | undefined): LogicalType | undefined {
  if (name === 'character' || name === 'char') return native(`char(${size ?? 1})`);
  if (name === 'binary' || name === 'bit') return native(`${name}(${size ?? 1})`);
  if (name === 'year') return native('year');
  if (name === 'timestamp') return native(size ? `timestamp(${size})` : 'timestamp');
  if (name === 'set' && inner !== undefined) return native(`set(${readValues(inner).map(literal).join(',')})`);
  return undefined;
}

const native = (sql: string): LogicalType => ({ type: 'native', sql });

/** Lower case and single spaces outside quotes. */
function spellType(physical: string): string {
  const spelled = pieces(physical).map(
    ({ kind, text, gap }) => (gap ? ' ' : '') + (kind === 'string' ? text : text.toLowerCase()),
  );
  return spelled
    .join('')
    .trim()
    .replace(/^([a-z ]+?) \(/u, '$1(')
    .replace(/ signed$/u, '');
}

function isSameType(a: LogicalType, b: LogicalType): boolean {
  if (isSameData(meaning(a), meaning(b))) return true;
  return (isUuid(a) && holdsUuid(b)) || (isUuid(b) && holdsUuid(a));
}

const isUuid = ({ type }: LogicalType): boolean => type === 'uuid';

function holdsUuid(type: LogicalType): boolean {
  return (
    isUuid(type) || (type.type === 'string' && type.length === 36) || /^(?:char\(36\)|uuid)$/iu.test(nativeSql(type))
  );
}

/** The type without what these databases do not tell apart: a zone, the name of an enum, a precision of zero. */
function meaning(type: LogicalType): LogicalType {
  if (type.type === 'native') return typeof type.sql === 'string' ? readType(type.sql) : type;
  // Manual, "The ENUM Type": trailing spaces are deleted from the values when a table is created.
  if (type.type === 'enum') return { type: 'enum', values: type.values.map((value) => value.replace(/ +$/u, '')) };
  if (type.type === 'time' || type.type === 'datetime')
    return { type: type.type, ...(type.precision && { precision: type.precision }) };
  return type;
}
