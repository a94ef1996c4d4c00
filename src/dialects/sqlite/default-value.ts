import { tokenize } from '../../schema/expression.ts';
import type { LogicalType } from '../../schema/logical-type.ts';
import type { Default } from '../../schema/schema.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import { closed } from '../ansi-sql.ts';
import { canonicalExpression, stripParentheses } from './expression.ts';
import { lexis, nameOf } from './lexis.ts';
import { literal } from './quote.ts';
import { meaningOf } from './meaning.ts';

/** A default as the catalog spells it; `undefined` for DEFAULT NULL, which is the same as none. */
export function parseDefault(type: LogicalType, text: string): Default | undefined {
  const parsed = canonicalDefault(type, { sql: text });
  return 'value' in parsed && parsed.value === null ? undefined : parsed;
}

/** The one spelling of a default for a type: the value as the column would store it. */
export function canonicalDefault(type: LogicalType, value: Default): Default {
  if ('now' in value) return value;
  if ('value' in value) return { value: stored(type, value.value) };
  const sql = sqlFor('sqlite', value.sql) ?? '';
  return parseLiteral(type, sql) ?? parseNow(type, sql) ?? { sql: stripParentheses(sql) };
}

/** The default's clause after the word DEFAULT. */
export function writeDefault(type: LogicalType, value: Default): string {
  if ('now' in value) return clockOf(type);
  if ('sql' in value) return `(${closed(sqlFor('sqlite', value.sql) ?? 'null')})`;
  const text = literal(stored(type, value.value));
  return text.startsWith('cast(') ? `(${text})` : text;
}

/** A boolean is a number here; in a column of numbers a text that is one exactly is that number, in one of texts the reverse. */
function stored(type: LogicalType, value: string | number | boolean | null): string | number | null {
  if (value === null) return null;
  const plain = typeof value === 'boolean' ? Number(value) : value;
  const meaning = meaningOf(type);
  if (meaning === 'text' && Number.isInteger(plain)) return String(plain);
  const isNumeric = meaning === 'integer' || meaning === 'real' || meaning === 'numeric';
  return isNumeric && typeof plain === 'string' ? (exactNumber(plain) ?? plain) : plain;
}

function exactNumber(text: string): number | undefined {
  if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/iu.test(text)) return undefined;
  const number = Number(text);
  if (/^\s*[+-]?\d+\s*$/u.test(text)) return Number.isSafeInteger(number) ? number : undefined;
  return Number.isFinite(number) ? number : undefined;
}

function parseLiteral(type: LogicalType, sql: string): Default | undefined {
  const tokens = tokenize(stripParentheses(sql), lexis).filter(({ kind }) => kind !== 'comment');
  const [first, second] = tokens;
  if (!first || tokens.length > 2) return undefined;
  if (second)
    return (first.text === '-' || first.text === '+') && second.kind === 'number'
      ? parseNumber(type, `${first.text === '-' ? '-' : ''}${second.text}`)
      : undefined;
  if (first.kind === 'string') return { value: stored(type, nameOf(first)) };
  if (first.kind === 'number') return parseNumber(type, first.text);
  // SQLite takes a name in this place for a string.
  if (first.kind === 'identifier') return { value: stored(type, nameOf(first)) };
  return first.kind === 'word' ? parseWord(type, first.text) : undefined;
}

function parseNumber(type: LogicalType, text: string): Default | undefined {
  const number = exactNumber(text);
  if (meaningOf(type) === 'text')
    return number !== undefined && /^-?\d+$/u.test(text) ? { value: String(number) } : { sql: text };
  return number === undefined ? { value: text } : { value: number };
}

function parseWord(type: LogicalType, word: string): Default | undefined {
  const lower = word.toLowerCase();
  if (lower === 'null') return { value: null };
  if (lower === 'true' || lower === 'false') return { value: stored(type, lower === 'true') };
  return lower.startsWith('current_') ? undefined : { value: stored(type, word) };
}

function parseNow(type: LogicalType, sql: string): Default | undefined {
  const text = canonicalExpression(sql).replace(/ ?\(\d*\)$/u, '');
  return text === clockOf(type) || (text === 'now' && clockOf(type) === 'current_timestamp')
    ? { now: true }
    : undefined;
}

function clockOf(type: LogicalType): string {
  if (type.type === 'date') return 'current_date';
  return type.type === 'time' ? 'current_time' : 'current_timestamp';
}
