import type { LogicalType } from '../../schema/logical-type.ts';
import type { Column } from '../../schema/schema.ts';
import type { Writing } from './column-sql.ts';
import { literal, quote } from './quote.ts';
import { nativeSql } from './native-sql.ts';
import { readValues } from './read-literal.ts';

/** What is true of a row whose value the new type does not hold; `undefined` where all fit or SQL cannot say. */
export function misfitCondition({ types }: Writing, column: Column, to: LogicalType): string | undefined {
  const change = types.change(column.type, to);
  if (change.kind === 'widening' || change.kind === 'impossible') return undefined;
  const name = quote(column.name);
  const condition = conditionFor(name, column.type, to);
  return condition && `${name} is not null and (${condition})`;
}

/**
 * What is true of a value of any expression that the server refuses to store in a column of the type: it rounds numbers by
 * itself, and cuts nothing. `undefined` where it stores any, or SQL cannot say.
 */
export function valueMisfit(value: string, to: LogicalType): string | undefined {
  switch (to.type) {
    case 'boolean':
      return numberMisfit(value, -128n, 127n);
    case 'integer': {
      const size = BigInt(to.bits);
      return to.unsigned
        ? numberMisfit(value, 0n, 2n ** size - 1n)
        : numberMisfit(value, -(2n ** (size - 1n)), 2n ** (size - 1n) - 1n);
    }
    case 'decimal':
      return decimalValueMisfit(value, to);
    case 'float':
    case 'double':
      return isNoNumber(value);
    case 'native':
      return undefined;
    default:
      return conditionFor(value, { type: 'text' }, to);
  }
}

function decimalValueMisfit(
  value: string,
  { precision, scale, unsigned }: Extract<LogicalType, { type: 'decimal' }>,
): string {
  const number = `cast(${value} as decimal(65,10))`;
  const limit = `1${'0'.repeat(precision - scale)}`;
  return `${isNoNumber(value)} or abs(${number}) >= ${limit}${unsigned ? ` or ${number} < 0` : ''}`;
}

const isNoNumber = (value: string): string => `cast(${value} as char) not regexp ${literal(numberPattern)}`;

/** Rounded to whole numbers: what is behind the point decides nothing here. */
function numberMisfit(value: string, low: bigint, high: bigint): string {
  const rounded = `round(cast(${value} as decimal(65,10)))`;
  return `${isNoNumber(value)} or ${rounded} not between ${low} and ${high}`;
}

const isText = ({ type }: LogicalType): boolean =>
  type === 'string' || type === 'text' || type === 'enum' || type === 'uuid' || type === 'json';
const isClock = ({ type }: LogicalType): boolean => type === 'date' || type === 'datetime' || type === 'time';
const textBytes = { tiny: 255, normal: 65_535, medium: 16_777_215, long: 4_294_967_295 } as const;

function conditionFor(name: string, from: LogicalType, to: LogicalType): string | undefined {
  if (from.type === 'binary' && !holdsBytes.has(to.type)) return bytesMisfit(name, to);
  switch (to.type) {
    case 'string':
      return `${isNoText(name, from)}char_length(${name}) > ${to.length}`;
    case 'uuid':
      return `char_length(${name}) > 36`;
    case 'text':
      return `${isNoText(name, from)}octet_length(${name}) > ${textBytes[to.size ?? 'normal']}`;
    case 'binary':
      return `octet_length(${name}) > ${to.length ?? textBytes.normal}`;
    case 'boolean':
      return wholeMisfit(name, from, -128n, 127n);
    case 'integer':
      return to.unsigned
        ? wholeMisfit(name, from, 0n, 2n ** BigInt(to.bits) - 1n)
        : wholeMisfit(name, from, -(2n ** BigInt(to.bits - 1)), 2n ** BigInt(to.bits - 1) - 1n);
    case 'decimal':
      return decimalMisfit(name, from, to);
    case 'enum':
      return `cast(${name} as char) not in (${to.values.map(literal).join(', ')})`;
    case 'json':
      return isText(from) ? `json_valid(${name}) = 0` : undefined;
    case 'date':
    case 'datetime':
    case 'time':
      return clockMisfit(name, from, { type: to.type, digits: 'precision' in to ? (to.precision ?? 0) : 0 });
    case 'native':
      return nativeMisfit(name, nativeSql(to));
    default:
      return isText(from) ? `${name} not regexp ${literal(numberPattern)}` : undefined;
  }
}

const holdsBytes: ReadonlySet<LogicalType['type']> = new Set(['binary', 'string', 'text', 'native']);

/** Bytes are read as the characters that they are, if they are any. */
function bytesMisfit(name: string, to: LogicalType): string {
  const text = `convert(${name} using utf8mb4)`;
  const condition = conditionFor(text, { type: 'text' }, to);
  return `${text} is null${condition === undefined ? '' : ` or ${condition}`}`;
}

/** Bytes may be no characters. */
function isNoText(name: string, from: LogicalType): string {
  return from.type === 'binary' ? `convert(${name} using utf8mb4) is null or ` : '';
}

const wholePattern = '^[-+]?[0-9]+$';
const decimalPattern = '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)$';
const numberPattern = '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$';

function wholeMisfit(name: string, from: LogicalType, low: bigint, high: bigint): string {
  if (isText(from))
    return `${name} not regexp ${literal(wholePattern)} or cast(${name} as decimal(65,0)) not between ${low} and ${high}`;
  const hasFraction = from.type === 'decimal' || from.type === 'float' || from.type === 'double';
  return `${name} not between ${low} and ${high}${hasFraction ? ` or ${name} <> truncate(${name}, 0)` : ''}`;
}

function decimalMisfit(name: string, from: LogicalType, to: Extract<LogicalType, { type: 'decimal' }>): string {
  const limit = `1${'0'.repeat(to.precision - to.scale)}`;
  const number = isText(from) ? `cast(${name} as decimal(65,30))` : name;
  const outside = `abs(${number}) >= ${limit} or ${number} <> round(${number}, ${to.scale})${to.unsigned ? ` or ${number} < 0` : ''}`;
  return isText(from) ? `${name} not regexp ${literal(decimalPattern)} or ${outside}` : outside;
}

function clockMisfit(
  name: string,
  from: LogicalType,
  to: { readonly type: 'date' | 'datetime' | 'time'; readonly digits: number },
): string | undefined {
  if (isText(from) || !isClock(from)) return `cast(${name} as ${to.type}) is null`;
  if (to.type === 'date')
    return from.type === 'datetime' ? `time(${name}) <> '00:00:00' or microsecond(${name}) <> 0` : undefined;
  return from.type === to.type ? `microsecond(${name}) % ${10 ** (6 - to.digits)} <> 0` : undefined;
}

function nativeMisfit(name: string, sql: string): string | undefined {
  const characters = /^char\((\d+)\)$/u.exec(sql)?.[1];
  if (characters !== undefined) return `char_length(${name}) > ${characters} or ${name} like '% '`;
  const bytes = /^binary\((\d+)\)$/u.exec(sql)?.[1];
  if (bytes !== undefined) return `octet_length(${name}) > ${bytes}`;
  const members = /^set\((.*)\)$/su.exec(sql)?.[1];
  if (members === undefined) return undefined;
  // What is left of `,a,b,` when each known member went.
  const rest = readValues(members).reduce(
    (text, member) => `replace(${text}, ${literal(`,${member},`)}, ',')`,
    `replace(concat(',', cast(${name} as char), ','), ',', ',,')`,
  );
  return `replace(${rest}, ',', '') <> ''`;
}
