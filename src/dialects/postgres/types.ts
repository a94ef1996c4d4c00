import { isSameData } from '../../schema/canonical.ts';
import type { LogicalType } from '../../schema/logical-type.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import type { Types } from '../dialect.ts';
import { remember, rememberDefaults } from '../remember.ts';
import { canonicalDefault } from './default.ts';
import { canonicalExpression } from './expression.ts';
import { quoteKey } from './quote.ts';
import { changeOfType } from './type-change.ts';
import { readType } from './read-type.ts';

/** PostgreSQL's types: integers have no sign bit to spare, text has one size, enums may have a name. */
export const types: Types = {
  write: writeType,
  read: remember(readType),
  same: (a, b) => isSameData(meaning(a), meaning(b)),
  change: (from, to) => changeOfType(normalType(from), normalType(to)),
  canonicalDefault: rememberDefaults((type, value) => canonicalDefault(normalType(type), value)),
  canonicalExpression: remember(canonicalExpression),
  keyBytes,
};

/** The physical type, as MikroORM's platform or the catalog would say it. */
export function writeType(type: LogicalType): string {
  switch (type.type) {
    case 'string':
      return `varchar(${type.length})`;
    case 'integer':
      return type.bits <= 16 ? 'smallint' : type.bits <= 32 ? 'integer' : 'bigint';
    case 'decimal':
      return `numeric(${type.precision},${type.scale})`;
    case 'time':
    case 'datetime':
      return `${type.type === 'time' ? 'time' : 'timestamp'}${type.zone ? 'tz' : ''}${precisionOf(type.precision)}`;
    case 'enum':
      return type.name === undefined ? 'text' : quoteKey(type.name);
    case 'native':
      return sqlFor('postgresql', type.sql) ?? 'text';
    default:
      return plainNames[type.type];
  }
}

/** The type as this database can tell it apart: what it writes, read back; the values of a named enum are kept. */
export function normalType(type: LogicalType): LogicalType {
  if (type.type === 'enum' && type.name !== undefined) return { type: 'enum', values: type.values, name: type.name };
  return readType(writeType(type));
}

/** A named enum type has its values itself: they are no matter of its columns. */
function meaning(type: LogicalType): unknown {
  const normal = normalType(type);
  return normal.type === 'enum' ? { type: 'enum', name: normal.name } : normal;
}

const plainNames = {
  text: 'text',
  float: 'real',
  double: 'double precision',
  boolean: 'boolean',
  date: 'date',
  uuid: 'uuid',
  json: 'jsonb',
  binary: 'bytea',
} as const;

/** Six digits are the server's own default. */
function precisionOf(precision: number | undefined): string {
  return precision === undefined || precision === 6 ? '' : `(${precision})`;
}

const fixedBytes: { readonly [name in LogicalType['type']]?: number } = {
  float: 4,
  double: 8,
  boolean: 1,
  date: 4,
  uuid: 16,
  time: 12,
  datetime: 8,
};

/** UTF-8 takes up to four bytes a character. */
function keyBytes(type: LogicalType, length?: number): number | undefined {
  if (type.type === 'string') return Math.min(type.length, length ?? type.length) * 4;
  if (type.type === 'integer') return type.bits <= 16 ? 2 : type.bits <= 32 ? 4 : 8;
  if (type.type === 'decimal') return Math.ceil(type.precision / 4) * 2 + 8;
  return fixedBytes[type.type];
}
