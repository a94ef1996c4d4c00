import { tokenize, type Lexis } from '../schema/expression.ts';
import type { LogicalType } from '../schema/logical-type.ts';
import type { Default } from '../schema/schema.ts';
import { stripParentheses } from './sql-text.ts';

/** A default that is written as SQL: a literal, the current time, or an expression; `undefined` for NULL. */
export function parseDefault(sql: string, type: LogicalType, lexis: Lexis): Default | undefined {
  const text = stripParentheses(sql, lexis);
  const tokens = tokenize(text, lexis);
  const [first, second] = tokens;
  if (!first || (tokens.length === 1 && /^null$/iu.test(text))) return undefined;
  if (tokens.length === 1 && first.kind === 'string' && first.text.startsWith("'"))
    return { value: unquote(first.text, lexis) };
  if (tokens.length === 1 && /^(?:true|false)$/iu.test(text)) return { value: text.toLowerCase() === 'true' };
  const isSigned = tokens.length === 2 && (first.text === '-' || first.text === '+') && second?.kind === 'number';
  if (isSigned || (tokens.length === 1 && first.kind === 'number'))
    return { value: numberOrText(text.replace(/^\+\s*|\s+/gu, '')) };
  return isNow(text, type) ? { now: true } : { sql };
}

/** Exactly as written where a JavaScript number would lose digits. */
function numberOrText(text: string): number | string {
  const value = Number(text);
  return String(value) === text ? value : text;
}

/** At the column's own precision, which is meant where none is given. */
function isNow(text: string, type: LogicalType): boolean {
  const match = /^(?:current_timestamp|now)\s*(?:\(\s*(\d*)\s*\))?$/iu.exec(text);
  if (!match || /^now$/iu.test(text)) return false;
  const precision = 'precision' in type ? (type.precision ?? 0) : 0;
  return !match[1] || Number(match[1]) === precision;
}

function unquote(text: string, { backslashEscapes }: Lexis): string {
  const inner = text.slice(1, -1).replaceAll("''", "'");
  if (!backslashEscapes) return inner;
  return inner.replace(/\\(.)/gsu, (_, char: string) => escapes[char] ?? char);
}

// https://dev.mysql.com/doc/refman/8.4/en/string-literals.html#character-escape-sequences
const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\u001a',
  '%': '\\%',
  _: '\\_',
};
