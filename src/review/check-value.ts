import { integerRange } from '../schema/integer-range.ts';
import type { LogicalType } from '../schema/logical-type.ts';

/** A value for a column as a person typed it, or why it is none of that type. */
export type CheckedValue = { readonly value: string | number | boolean } | { readonly problem: string };

/** Reads what was typed as a value of a type. Pure; what no rule here forbids is left for the database to judge. */
export function checkValue(type: LogicalType, text: string): CheckedValue {
  const typed = text.trim();
  switch (type.type) {
    case 'integer':
      return checkInteger(type, typed);
    case 'decimal':
      return checkDecimal(type, typed);
    case 'float':
    case 'double':
      return typed !== '' && Number.isFinite(Number(typed)) ? { value: Number(typed) } : no('a number, such as 1.5');
    case 'boolean':
      return checkBoolean(typed);
    case 'date':
      return isDate(typed) ? { value: typed } : no('a date, such as 2026-01-31');
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/u.test(typed)
        ? { value: typed }
        : no('a time, such as 13:45:00');
    case 'datetime':
      return isDateTime(typed) ? { value: typed.replace('T', ' ') } : no('a time, such as 2026-01-31 13:45:00');
    case 'uuid':
      return uuid.test(typed)
        ? { value: typed.toLowerCase() }
        : no('a UUID, such as 0190b2a4-7c4e-7a63-9d5b-3f2c9a1e6d10');
    case 'json':
      return isJson(typed) ? { value: typed } : no('JSON, such as {} or "text"');
    case 'enum':
      return type.values.includes(text) ? { value: text } : no(`one of ${type.values.join(', ')}`);
    case 'string':
      return [...text].length <= type.length ? { value: text } : no(`a text of at most ${type.length} characters`);
    case 'binary':
      return no('bytes, which only an expression can say: tab changes to one');
    case 'text':
    case 'native':
      return { value: text };
  }
}

function no(wanted: string): CheckedValue {
  return { problem: `the column takes ${wanted}` };
}

function checkInteger(type: Extract<LogicalType, { type: 'integer' }>, typed: string): CheckedValue {
  const { least, most } = integerRange(type);
  const isWhole = /^[+-]?\d+$/u.test(typed);
  if (!isWhole || BigInt(typed) < least || BigInt(typed) > most) return no(`a whole number from ${least} to ${most}`);
  // A number of JavaScript's would lose digits.
  return { value: Number.isSafeInteger(Number(typed)) ? Number(typed) : BigInt(typed).toString() };
}

function checkDecimal(
  { precision, scale, unsigned }: Extract<LogicalType, { type: 'decimal' }>,
  typed: string,
): CheckedValue {
  const [, sign = '', whole = '', part = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/u.exec(typed) ?? [];
  const digits = whole.replace(/^0+/u, '').length;
  if (unsigned && sign === '-') return no('a number not below 0');
  const fits = whole !== '' && digits <= precision - scale && part.replace(/0+$/u, '').length <= scale;
  return fits
    ? { value: typed }
    : no(`a number with at most ${precision - scale} digits before the point and ${scale} after it`);
}

function checkBoolean(typed: string): CheckedValue {
  const word = typed.toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(word)) return { value: true };
  return ['false', 'no', 'off', '0'].includes(word) ? { value: false } : no('true or false');
}

function isDate(typed: string): boolean {
  const day = new Date(`${typed}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/u.test(typed) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(typed);
}

function isDateTime(typed: string): boolean {
  const [, day = '', time] = /^(\S{10})(?:[ T](\S+))?$/u.exec(typed) ?? [];
  return (
    isDate(day) &&
    (time === undefined || /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?$/u.test(time))
  );
}

function isJson(typed: string): boolean {
  try {
    JSON.parse(typed);
    return true;
  } catch {
    return false;
  }
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/iu;
