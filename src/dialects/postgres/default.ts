import { tokenize, type Token } from '../../schema/expression.ts';
import { canonicalJson } from '../../schema/canonical.ts';
import type { LogicalType } from '../../schema/logical-type.ts';
import type { Default } from '../../schema/schema.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import { canonicalExpression, withoutOuterParentheses } from './expression.ts';
import { literal, quoteKey } from './quote.ts';
import { readType } from './read-type.ts';
import { lexis } from './traits.ts';

/** A default in one form: literals as values of the column's kind, the current time as such, the rest as one spelling. */
export function canonicalDefault(type: LogicalType, value: Default): Default {
  if ('now' in value) return value;
  if ('value' in value) return { value: valueFor(type, value.value) };
  const sql = sqlFor('postgresql', value.sql);
  if (sql === undefined) return value;
  const text = withoutOuterParentheses(sql);
  if (isNow(type, text)) return { now: true };
  const found = readLiteral(type, text);
  return found === undefined ? { sql: canonicalExpression(text) } : { value: valueFor(type, found) };
}

/** The expression after `default`. */
export function writeDefault(type: LogicalType, value: Default): string {
  if ('now' in value) return 'current_timestamp';
  if ('value' in value) return literal(valueFor(type, value.value));
  return sqlFor('postgresql', value.sql) ?? 'null';
}

type Value = string | number | boolean | null;

function valueFor(type: LogicalType, value: Value): Value {
  if (value === null) return null;
  switch (type.type) {
    case 'boolean':
      return booleanOf(value);
    case 'integer':
    case 'decimal':
    case 'float':
    case 'double':
      return numberOf(value);
    case 'json':
      return typeof value === 'string' ? jsonOf(value) : JSON.stringify(value);
    default:
      return String(value);
  }
}

/** The words that the server's own input function takes. */
function booleanOf(value: Exclude<Value, null>): Value {
  const word = String(value).trim().toLowerCase();
  if (['t', 'true', 'y', 'yes', 'on', '1'].includes(word)) return true;
  return ['f', 'false', 'n', 'no', 'off', '0'].includes(word) ? false : value;
}

/** A number where JavaScript holds it exactly. */
function numberOf(value: Exclude<Value, null>): Value {
  if (typeof value === 'boolean') return Number(value);
  const text = String(value).trim();
  const plain = /^[-+]?(\d+)(?:\.(\d*?)0*)?$/u.exec(text);
  if (!plain) return text;
  const number = Number(text);
  const shortest =
    (text.startsWith('-') ? '-' : '') + (plain[1] ?? '').replace(/^0+(?=\d)/u, '') + (plain[2] ? `.${plain[2]}` : '');
  return String(number) === shortest ? number : shortest;
}

/** jsonb sorts its keys; numbers that JavaScript would round stay as they are. */
function jsonOf(text: string): string {
  if (/\d{16}|\d[eE]|\.\d*0\b/u.test(text)) return text;
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The current time at the column's own precision, under any of its names. */
function isNow(type: LogicalType, text: string): boolean {
  if (type.type !== 'datetime' && type.type !== 'date' && type.type !== 'time') return false;
  const word = canonicalExpression(text);
  if (/^(?:pg_catalog\.)?(?:now|transaction_timestamp)\(\)$/u.test(word)) return true;
  const standard = /^(current_timestamp|localtimestamp)(?: ?\((\d)\))?$/u.exec(word);
  if (!standard || (standard[1] === 'localtimestamp' && (type.type !== 'datetime' || type.zone))) return false;
  const digits = standard[2] === undefined ? 6 : Number(standard[2]);
  return type.type === 'datetime'
    ? digits >= (type.precision ?? 6) && (digits === 6 || digits === (type.precision ?? 6))
    : digits === 6;
}

/** The value of a bare literal, or of one cast to the column's own type; `undefined` for any other expression. */
function readLiteral(type: LogicalType, text: string): Value | undefined {
  const tokens = tokenize(text, lexis);
  const at = tokens.findIndex((token) => token.text === '::');
  const cast = at < 0 ? undefined : tokens.slice(at + 1);
  const value = literalOf(at < 0 ? tokens : tokens.slice(0, at));
  if (value === undefined || cast === undefined) return value;
  return value === null || isOwnType(type, value, cast) ? value : undefined;
}

function literalOf(tokens: readonly Token[]): Value | undefined {
  const inner = tokens[0]?.text === '(' && tokens.at(-1)?.text === ')' ? tokens.slice(1, -1) : tokens;
  const [first, second] = inner;
  if (first && inner.length === 1) return atomOf(first);
  const signed = inner.length === 2 && first && /^[-+]$/u.test(first.text) && second?.kind === 'number';
  return signed ? `${first.text === '-' ? '-' : ''}${second.text}` : undefined;
}

function atomOf({ kind, text }: Token): Value | undefined {
  if (kind === 'string')
    return text.startsWith("'") && text.endsWith("'") && text.length > 1
      ? text.slice(1, -1).replaceAll("''", "'")
      : undefined;
  if (kind === 'number') return text;
  const word = kind === 'word' ? text.toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : undefined;
}

/** A cast that is the column's own changes nothing; one with a length might cut. */
function isOwnType(type: LogicalType, value: Value, cast: readonly Token[]): boolean {
  const text = cast.map((token) => token.text).join(' ');
  if (cast.some((token) => token.text === '(' || token.text === '::' || token.kind === 'string')) return false;
  if (type.type === 'enum')
    return type.name !== undefined && canonicalExpression(text) === canonicalExpression(quoteKey(type.name));
  const target = readType(text);
  if (isString(type)) return isString(target);
  if (type.type === 'decimal' || isNative(type, 'numeric'))
    return target.type === 'integer' || isNative(target, 'numeric');
  if (type.type === 'float' || type.type === 'double')
    return (
      typeof value !== 'boolean' &&
      (target.type === 'double' || target.type === 'integer' || isNative(target, 'numeric'))
    );
  if (type.type === 'integer') return target.type === 'integer';
  if (type.type === 'datetime' || type.type === 'time') return target.type === type.type && target.zone === type.zone;
  return type.type === 'native'
    ? target.type === 'native' && bareName(target) === bareName(type)
    : target.type === type.type;
}

function isString(type: LogicalType): boolean {
  return (
    type.type === 'string' ||
    type.type === 'text' ||
    isNative(type, 'character varying') ||
    isNative(type, 'bpchar') ||
    isNative(type, 'character')
  );
}

function isNative(type: LogicalType, name: string): boolean {
  return type.type === 'native' && bareName(type) === name;
}

/** A native type without its modifier: `character(3)` → `character`. */
function bareName(type: LogicalType): string {
  const sql = type.type === 'native' ? (sqlFor('postgresql', type.sql) ?? '') : '';
  return sql.replace(/\([^)]*\)/u, '');
}
