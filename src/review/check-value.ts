import { describeType, type LogicalType } from '../schema/logical-type.ts';

/** A value as a backfill takes it, or why the text is none of the type, in words that follow the text itself. */
export type CheckedValue = { readonly value: string | number | boolean } | { readonly problem: string };

/** Reads what a person typed as a value of a type. Pure: what the database alone knows is left to it. */
export function checkValue(text: string, type: LogicalType): CheckedValue {
  if (text.includes('\u0000')) return { problem: 'holds a NUL character' };
  switch (type.type) {
    case 'string':
      return [...text].length <= type.length
        ? { value: text }
        : { problem: `is longer than ${type.length} characters` };
    case 'text':
      return checkBytes(text, type.size === 'tiny' ? 255 : undefined);
    case 'binary':
      return checkBytes(text, type.length);
    case 'integer':
      return checkInteger(text.trim(), type);
    case 'decimal':
      return checkDecimal(text.trim(), type);
    case 'float':
    case 'double':
      return checkFloat(text.trim(), type.type === 'float' ? largestFloat : Number.MAX_VALUE);
    case 'boolean':
      return checkBoolean(text.trim().toLowerCase());
    case 'date':
      return checkDate(text.trim());
    case 'time':
    case 'datetime':
      return checkTime(text.trim(), type);
    case 'uuid':
      return uuidForm.test(text.trim())
        ? { value: text.trim().toLowerCase() }
        : { problem: 'is no UUID such as 123e4567-e89b-12d3-a456-426614174000' };
    case 'json':
      return checkJson(text);
    case 'enum':
      return type.values.includes(text) ? { value: text } : { problem: `is none of ${type.values.join(', ')}` };
    case 'native':
      return { value: text };
  }
}

type Of<Name extends LogicalType['type']> = Extract<LogicalType, { type: Name }>;

const uuidForm = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;
const largestFloat = 3.402_823_466e38;

function checkBytes(text: string, length: number | undefined): CheckedValue {
  if (length === undefined || Buffer.byteLength(text) <= length) return { value: text };
  return { problem: `is longer than ${length} bytes` };
}

function checkInteger(text: string, { bits, unsigned }: Of<'integer'>): CheckedValue {
  if (!/^[-+]?\d+$/u.test(text)) return { problem: 'is no whole number' };
  const number = BigInt(text.replace(/^\+/u, ''));
  const size = BigInt(bits);
  const [lowest, highest] = unsigned ? [0n, 2n ** size - 1n] : [-(2n ** (size - 1n)), 2n ** (size - 1n) - 1n];
  if (number < lowest || number > highest) return { problem: `is not between ${lowest} and ${highest}` };
  const isExact = number >= BigInt(Number.MIN_SAFE_INTEGER) && number <= BigInt(Number.MAX_SAFE_INTEGER);
  return { value: isExact ? Number(number) : String(number) };
}

function checkDecimal(text: string, type: Of<'decimal'>): CheckedValue {
  const { precision, scale, unsigned } = type;
  const parts = /^([-+]?)(\d*)(?:\.(\d*))?$/u.exec(text);
  const [sign = '', given = '', digits = ''] = parts?.slice(1) ?? [];
  if (!parts || given + digits === '') return { problem: 'is no decimal number' };
  const whole = given.replace(/^0+(?=\d)/u, '') || '0';
  const fraction = digits.replace(/0+$/u, '');
  if (whole.replace(/^0$/u, '').length > precision - scale || fraction.length > scale)
    return { problem: `does not fit ${describeType(type)}` };
  const plain = `${whole}${fraction === '' ? '' : `.${fraction}`}`;
  const value = sign === '-' && plain !== '0' ? `-${plain}` : plain;
  if (unsigned && value.startsWith('-')) return { problem: 'is below 0' };
  return { value: String(Number(value)) === value ? Number(value) : value };
}

function checkFloat(text: string, largest: number): CheckedValue {
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/iu.test(text)) return { problem: 'is no number' };
  return Math.abs(Number(text)) <= largest ? { value: Number(text) } : { problem: 'is too large' };
}

function checkBoolean(word: string): CheckedValue {
  if (['true', 't', 'yes', 'y', 'on', '1'].includes(word)) return { value: true };
  if (['false', 'f', 'no', 'n', 'off', '0'].includes(word)) return { value: false };
  return { problem: 'is neither true nor false' };
}

function checkDate(text: string): CheckedValue {
  return isDate(text) ? { value: text } : { problem: 'is no date such as 2026-01-31' };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/u.test(text) || text.startsWith('0000')) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const timeForm = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?(Z|[-+](?:0\d|1[0-4]):?[0-5]\d)?$/iu;

/** With a zone only where the type has one; a fraction no longer than the type keeps. */
function checkTime(text: string, { type, precision = 6, zone }: Of<'time' | 'datetime'>): CheckedValue {
  const example = type === 'time' ? '13:45:00' : '2026-01-31 13:45:00';
  const [, date = '', clock = ''] =
    type === 'time' ? ['', '', text] : (/^(\d{4}-\d\d-\d\d)[T ]?(.*)$/iu.exec(text) ?? []);
  const parts = timeForm.exec(type === 'datetime' && clock === '' ? '00:00' : clock);
  if ((type === 'datetime' && !isDate(date)) || !parts) return { problem: `is no ${type} such as ${example}` };
  const [, hour = '', minute = '', second = '00', fraction = '', offset = ''] = parts;
  if (offset !== '' && !zone) return { problem: 'has a time zone, which the column does not keep' };
  if (fraction.length > precision) return { problem: `has more than ${precision} digits after the second` };
  const time = `${hour}:${minute}:${second}${fraction === '' ? '' : `.${fraction}`}${plainOffset(offset)}`;
  return { value: type === 'time' ? time : `${date} ${time}` };
}

function plainOffset(offset: string): string {
  if (offset === '') return '';
  if (offset.toUpperCase() === 'Z') return '+00:00';
  return offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}

function checkJson(text: string): CheckedValue {
  try {
    JSON.parse(text);
    // As it was typed: a number of JavaScript's would lose digits.
    return { value: text.trim() };
  } catch (error) {
    return { problem: `is no JSON: ${(error as Error).message}` };
  }
}
