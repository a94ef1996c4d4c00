import { isSameData } from '../../schema/canonical.ts';
import type { LogicalType } from '../../schema/logical-type.ts';

type Change = { readonly kind: 'widening' | 'narrowing' | 'lateral' | 'impossible'; readonly rewrites: boolean };

const widening: Change = { kind: 'widening', rewrites: true };
const free: Change = { kind: 'widening', rewrites: false };
const narrowing: Change = { kind: 'narrowing', rewrites: true };
const lateral: Change = { kind: 'lateral', rewrites: true };
const impossible: Change = { kind: 'impossible', rewrites: false };

/**
 * What `alter column … type` means to the rows. Which changes copy the table is PostgreSQL's own list (manual, ALTER
 * TABLE: no rewrite where the types are binary coercible or the new modifier is an unconstrained one).
 */
export function changeOfType(from: LogicalType, to: LogicalType): Change {
  if (isSameData(from, to)) return free;
  const within = changeWithinFamily(from, to);
  if (within) return within;
  return isCastable(from, to) ? lateral : impossible;
}

/** The way of a cast: none where the assignment does it alone (any cast makes the server copy the table), through text where there is no direct one. */
export function castOf(from: LogicalType, to: LogicalType): 'none' | 'direct' | 'text' | 'integer' | 'truth' {
  if ((isTextual(from) && isTextual(to)) || (numberType(from) && numberType(to))) return 'none';
  if (from.type === 'integer' && to.type === 'boolean') return 'truth';
  if (from.type === 'boolean' && to.type === 'integer') return 'integer';
  if ([from, to].some(({ type }) => type === 'native' || type === 'enum')) return 'text';
  return 'direct';
}

function changeWithinFamily(from: LogicalType, to: LogicalType): Change | undefined {
  if (isTextual(from) && isTextual(to)) return changeText(capacity(from), capacity(to));
  if (from.type === 'enum') return changeFromEnum(from.values, to);
  if (to.type === 'enum' && isTextual(from)) return narrowing;
  const [oldNumber, newNumber] = [numberType(from), numberType(to)];
  if (oldNumber && newNumber) return changeNumber(oldNumber, newNumber);
  if (from.type === 'date' && to.type === 'datetime') return to.zone ? lateral : widening;
  if ((from.type === 'datetime' && to.type === 'datetime') || (from.type === 'time' && to.type === 'time'))
    return changeTime(from, to);
  if (from.type === 'datetime' && (to.type === 'date' || to.type === 'time') && isCastable(from, to)) return narrowing;
  return undefined;
}

function changeText(from: number, to: number): Change {
  return to >= from ? free : narrowing;
}

function changeFromEnum(values: readonly string[], to: LogicalType): Change | undefined {
  if (to.type === 'enum') return values.every((value) => to.values.includes(value)) ? widening : narrowing;
  if (!isTextual(to)) return undefined;
  return values.every((value) => [...value].length <= capacity(to)) ? widening : narrowing;
}

type NumberType = Integer | Decimal | Binary | NumericType;
type Integer = Extract<LogicalType, { type: 'integer' }>;
type Decimal = Extract<LogicalType, { type: 'decimal' }>;
interface Binary {
  readonly type: 'float' | 'double';
}
interface NumericType {
  readonly type: 'native';
  readonly sql: 'numeric';
}

function numberType(type: LogicalType): NumberType | undefined {
  if (type.type === 'float' || type.type === 'double') return { type: type.type };
  return type.type === 'integer' || type.type === 'decimal' || isPlainNumeric(type) ? type : undefined;
}

function isPlainNumeric(type: LogicalType): type is NumericType {
  return type.type === 'native' && type.sql === 'numeric';
}

/** Digits before and after the point that a type holds exactly. */
function digits(type: NumberType): { readonly whole: number; readonly fraction: number } {
  if (type.type === 'integer') return { whole: type.bits <= 16 ? 5 : type.bits <= 32 ? 10 : 19, fraction: 0 };
  if (type.type === 'decimal') return { whole: type.precision - type.scale, fraction: type.scale };
  return { whole: Infinity, fraction: Infinity };
}

function changeNumber(from: NumberType, to: NumberType): Change {
  if (to.type === 'float' || to.type === 'double') return fitsBinary(from, to.type) ? widening : narrowing;
  if (from.type === 'float' || from.type === 'double') return narrowing;
  if (from.type === 'integer' && to.type === 'integer') return to.bits >= from.bits ? widening : narrowing;
  if (to.type === 'integer') return narrowing;
  const [old, wanted] = [digits(from), digits(to)];
  if (wanted.whole < old.whole || wanted.fraction < old.fraction) return narrowing;
  return from.type !== 'integer' && (wanted.fraction === old.fraction || wanted.fraction === Infinity)
    ? free
    : widening;
}

/** A real holds 24 bits exactly, a double 53. */
function fitsBinary(from: NumberType, to: 'float' | 'double'): boolean {
  if (from.type === 'float') return true;
  return from.type === 'integer' && from.bits <= (to === 'float' ? 16 : 32);
}

type TimeType = Extract<LogicalType, { type: 'time' | 'datetime' }>;

/** Sessions are pinned to UTC, where a timestamp with and without zone are the same bytes unless they must be cut. */
function changeTime(from: TimeType, to: TimeType): Change {
  const shorter = (to.precision ?? 6) < (from.precision ?? 6);
  if (shorter) return narrowing;
  if (from.zone !== to.zone) return { kind: 'lateral', rewrites: from.type === 'time' || to.precision !== undefined };
  return free;
}

function isTextual(type: LogicalType): boolean {
  return type.type === 'string' || type.type === 'text' || (type.type === 'native' && type.sql === 'character varying');
}

function capacity(type: LogicalType): number {
  return type.type === 'string' ? type.length : Infinity;
}

const numbers = ['integer', 'decimal', 'float', 'double'];
const direct: { readonly [name in LogicalType['type']]?: readonly string[] } = {
  integer: [...numbers, 'boolean'],
  decimal: numbers,
  float: numbers,
  double: numbers,
  boolean: ['integer'],
  json: [...numbers, 'boolean'],
  date: ['datetime'],
  datetime: ['date', 'datetime', 'time'],
  time: ['time'],
};

/** Everything has a text form; besides there are the casts of `pg_cast`. Native types go through text, rows decide. */
function isCastable(from: LogicalType, to: LogicalType): boolean {
  if ([from, to].some((type) => isTextual(type) || type.type === 'native' || type.type === 'enum')) return true;
  // There is no cast from timestamp to timetz.
  if (from.type === 'datetime' && to.type === 'time') return Boolean(from.zone) || !to.zone;
  return direct[from.type]?.includes(to.type) ?? false;
}
