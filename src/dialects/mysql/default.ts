import type { LogicalType } from '../../schema/logical-type.ts';
import type { Default } from '../../schema/schema.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import { canonicalExpression } from './expression.ts';
import type { Flavor } from './flavor.ts';
import { literal } from './quote.ts';
import { nativeSql } from './native-sql.ts';
import { readLiteral } from './read-literal.ts';

/** A default in one spelling, so that the catalog's and the model's agree. */
export function canonicalDefault(flavor: Flavor, type: LogicalType, value: Default): Default {
  if ('now' in value) return value;
  if ('value' in value) return canonicalLiteral(type, value.value);
  const expression = canonicalExpression(sqlFor(flavor.name, value.sql) ?? '');
  const found = readLiteral(expression);
  if (found?.hex) return isBinary(type) ? readBytes(type, String(found.value)) : { sql: expression };
  if (found) return canonicalLiteral(type, found.value);
  const bits = /^b'([01]+)'$/u.exec(expression)?.[1];
  if (bits !== undefined && type.type !== 'native') return canonicalLiteral(type, Number.parseInt(bits, 2));
  return isNow(flavor, type, expression) ? { now: true } : { sql: expression };
}

/** The `default` clause's value, e.g. `'x'`, `current_timestamp(3)`, `(uuid())`. */
export function writeDefault(flavor: Flavor, type: LogicalType, value: Default): string {
  if ('now' in value) return writeNow(type);
  if ('value' in value) return writeLiteral(flavor, type, value.value);
  const sql = sqlFor(flavor.name, value.sql) ?? 'null';
  return /^(?:b'[01]*'|0x[0-9a-f]*)$/iu.test(sql) && !needsExpression(flavor, type) ? sql : `(${sql})`;
}

function canonicalLiteral(type: LogicalType, value: string | number | boolean | null): Default {
  if (value === null) return { value };
  switch (type.type) {
    case 'boolean':
      return { value: readBoolean(value) };
    case 'integer':
    case 'float':
    case 'double':
      return { value: readNumber(String(Number.isNaN(Number(value)) ? value : plain(value))) };
    case 'decimal':
      return { value: readDecimal(plain(value)) };
    case 'time':
    case 'datetime':
      return { value: readClock(type.type, plain(value)) };
    case 'native':
      return canonicalNativeLiteral(nativeSql(type), plain(value));
    default:
      return { value: plain(value) };
  }
}

function canonicalNativeLiteral(sql: string, value: string): Default {
  if (sql.startsWith('timestamp')) return { value: readClock('datetime', value) };
  if (sql.startsWith('binary')) return { value: value.replace(/\0+$/u, '') };
  if (sql.startsWith('bit') && /^\d+$/u.test(value)) return { sql: `b'${Number(value).toString(2)}'` };
  const bits = /^b'0*([01]+)'$/u.exec(value);
  return sql.startsWith('bit') && bits ? { sql: `b'${bits[1]}'` } : { value };
}

const plain = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? String(Number(value)) : String(value);

function readBoolean(value: string | number | boolean): string | number | boolean {
  const text = plain(value);
  if (/^(?:1|true)$/iu.test(text)) return true;
  return /^(?:0|false)$/iu.test(text) ? false : readNumber(text);
}

/** A number where its text and the number are the same value, else the text. */
function readNumber(text: string): string | number {
  if (text.trim() === '') return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^[+-]?\d+$/u.test(text) ? text : number;
}

function readDecimal(text: string): string | number {
  const match = /^([+-]?)0*(\d*)(?:\.(\d*))?$/u.exec(text.trim());
  if (!match) return text;
  const whole = match[2] || '0';
  const fraction = (match[3] ?? '').replace(/0+$/u, '');
  const spelled = `${match[1] === '-' ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
  return whole.length + fraction.length <= 15 ? Number(spelled) : spelled;
}

function readClock(type: 'time' | 'datetime', text: string): string {
  const whole = text.replace(/(\.\d*?)0+$/u, '$1').replace(/\.$/u, '');
  const spaced = type === 'datetime' ? whole.replace(/^(\d{4}-\d\d-\d\d)T/u, '$1 ') : whole;
  return type === 'datetime' && /^\d{4}-\d\d-\d\d$/u.test(spaced) ? `${spaced} 00:00:00` : spaced;
}

const isBinary = (type: LogicalType): boolean =>
  type.type === 'binary' || /^(?:binary|(?:tiny|medium|long)blob)/u.test(nativeSql(type));

/** Bytes that are printable text are that text; the rest stays hexadecimal. */
function readBytes(type: LogicalType, hex: string): Default {
  const isFixed = nativeSql(type).startsWith('binary');
  const bytes = isFixed ? hex.replace(/(?:00)+$/u, '') : hex;
  return /^(?:[2-6][0-9a-f]|7[0-9a-e])*$/u.test(bytes)
    ? { value: Buffer.from(bytes, 'hex').toString('latin1') }
    : { sql: `0x${bytes}` };
}

function isNow(flavor: Flavor, type: LogicalType, expression: string): boolean {
  if (type.type === 'date') return expression === 'curdate()';
  if (type.type === 'time') return expression === 'curtime()' && !type.precision;
  const precision = clockPrecision(type);
  if (precision === undefined) return false;
  return expression === spellNow(precision) || (flavor.nowHasColumnPrecision && expression === 'current_timestamp');
}

/** Fractional digits of a datetime or timestamp, `undefined` for other types. */
function clockPrecision(type: LogicalType): number | undefined {
  if (type.type === 'datetime') return type.precision ?? 0;
  const match = /^timestamp(?:\((\d)\))?$/u.exec(nativeSql(type));
  return match ? Number(match[1] ?? 0) : undefined;
}

const spellNow = (precision: number): string =>
  precision === 0 ? 'current_timestamp' : `current_timestamp(${precision})`;

function writeNow(type: LogicalType): string {
  if (type.type === 'date') return '(curdate())';
  if (type.type === 'time') return '(curtime())';
  const precision = clockPrecision(type);
  return precision === undefined ? '(current_timestamp)' : spellNow(precision);
}

function writeLiteral(flavor: Flavor, type: LogicalType, value: string | number | boolean | null): string {
  if (value === null) return 'null';
  return needsExpression(flavor, type) ? `(${literal(value)})` : literal(value);
}

// Manual, "Data Type Default Values": BLOB, TEXT, GEOMETRY, and JSON take a default only as an expression.
function needsExpression(flavor: Flavor, type: LogicalType): boolean {
  if (flavor.literalDefaultOnText) return false;
  if (type.type === 'text' || type.type === 'json') return true;
  return type.type === 'binary' ? type.length === undefined : /blob|geom|point|line|polygon/u.test(nativeSql(type));
}
