import type { LogicalType } from '../../schema/logical-type.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import type { Types } from '../dialect.ts';
import { remember, rememberDefaults } from '../remember.ts';
import { canonicalDefault } from './default-value.ts';
import { canonicalExpression } from './expression.ts';
import { meaningOf, type Meaning } from './meaning.ts';

/** How SQLite spells logical types, and what their declared types mean: names only, values have types of their own. */
export const types: Types = {
  write,
  read: remember(read),
  same: (a, b) => isSameMeaning(meaningOf(a), meaningOf(b)),
  change: (from, to) => ({ kind: changeOf(meaningOf(from), meaningOf(to)), rewrites: true }),
  canonicalDefault: rememberDefaults(canonicalDefault),
  canonicalExpression: remember(canonicalExpression),
  // A key has no limit but that of a row.
  keyBytes: () => undefined,
};

/** The declared type in a STRICT table, which knows six names only; `any` keeps every value as it is. */
export function writeStrict(type: LogicalType): string {
  const meaning = meaningOf(type);
  return meaning === 'text' || meaning === 'integer' || meaning === 'real' || meaning === 'blob' ? meaning : 'any';
}

function write(type: LogicalType): string {
  switch (type.type) {
    case 'string':
      return `varchar(${type.length})`;
    case 'text':
    case 'uuid':
    case 'enum':
      return 'text';
    case 'integer':
      return type.bits === 64 ? 'bigint' : 'integer';
    case 'boolean':
      return 'integer';
    case 'decimal':
      return `numeric(${type.precision},${type.scale})`;
    case 'float':
      return 'real';
    case 'binary':
      return 'blob';
    case 'native':
      return sqlFor('sqlite', type.sql) ?? '';
    case 'double':
    case 'date':
    case 'datetime':
    case 'time':
    case 'json':
      return type.type;
  }
}

const plain: Readonly<Record<string, LogicalType>> = {
  text: { type: 'text' },
  tinytext: { type: 'text' },
  mediumtext: { type: 'text' },
  longtext: { type: 'text' },
  clob: { type: 'text' },
  varchar: { type: 'text' },
  integer: { type: 'integer', bits: 32 },
  int: { type: 'integer', bits: 32 },
  int4: { type: 'integer', bits: 32 },
  tinyint: { type: 'integer', bits: 8 },
  smallint: { type: 'integer', bits: 16 },
  int2: { type: 'integer', bits: 16 },
  mediumint: { type: 'integer', bits: 24 },
  bigint: { type: 'integer', bits: 64 },
  int8: { type: 'integer', bits: 64 },
  'unsigned big int': { type: 'integer', bits: 64 },
  boolean: { type: 'boolean' },
  bool: { type: 'boolean' },
  real: { type: 'float' },
  float: { type: 'float' },
  double: { type: 'double' },
  'double precision': { type: 'double' },
  blob: { type: 'binary' },
  date: { type: 'date' },
  datetime: { type: 'datetime' },
  timestamp: { type: 'datetime' },
  timestamptz: { type: 'datetime' },
  'timestamp with time zone': { type: 'datetime' },
  'timestamp without time zone': { type: 'datetime' },
  time: { type: 'time' },
  json: { type: 'json' },
  jsonb: { type: 'json' },
  uuid: { type: 'uuid' },
};

function read(physical: string): LogicalType {
  const text = physical.trim().replaceAll(/\s+/gu, ' ');
  const [, name = '', first, second] = /^([^(]*?) ?(?:\( ?(\d+) ?(?:, ?(\d+) ?)?\))?$/u.exec(text.toLowerCase()) ?? [];
  if (
    first !== undefined &&
    second === undefined &&
    /^(?:n?varchar|n?char|character|varying character|character varying|native character)$/u.test(name)
  )
    return { type: 'string', length: Number(first) };
  if (first !== undefined && /^(?:decimal|numeric|dec)$/u.test(name))
    return { type: 'decimal', precision: Number(first), scale: Number(second ?? 0) };
  const found = Object.hasOwn(plain, name) ? plain[name] : undefined;
  if (!found) return { type: 'native', sql: text };
  return first !== undefined && (found.type === 'datetime' || found.type === 'time') && first !== '0'
    ? { ...found, precision: Number(first) }
    : found;
}

function isSameMeaning(a: Meaning, b: Meaning): boolean {
  if (a === b) return true;
  // A STRICT table has no other name for what has NUMERIC affinity elsewhere.
  const numeric = ['numeric', 'date', 'datetime', 'time', 'json'];
  return (a === 'any' && numeric.includes(b)) || (b === 'any' && numeric.includes(a));
}

type Change = ReturnType<Types['change']>['kind'];

function changeOf(from: Meaning, to: Meaning): Change {
  if (isSameMeaning(from, to) || widenings.has(`${from} ${to}`)) return 'widening';
  return widenings.has(`${to} ${from}`) ? 'narrowing' : 'lateral';
}

// Without a conversion of the stored value: integers are numbers already, BLOB and ANY columns convert nothing.
const widenings = new Set([
  'integer numeric',
  'real numeric',
  'date datetime',
  ...['text', 'integer', 'real', 'numeric', 'date', 'datetime', 'time', 'json'].flatMap((from) => [
    `${from} blob`,
    `${from} any`,
  ]),
]);
