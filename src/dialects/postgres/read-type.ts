import { identifierOf, tokenize, type Token } from '../../schema/expression.ts';
import type { LogicalType } from '../../schema/logical-type.ts';
import { keywords } from './keywords.ts';
import { lexis } from './traits.ts';

/** The logical type of a physical one, as `format_type` or a model spells it. What no logical type says is native. */
export function readType(physical: string): LogicalType {
  const parsed = parse(physical);
  const name = own(aliases, parsed.name) ?? parsed.name;
  const logical = parsed.array || !parsed.arguments ? undefined : own(readers, name)?.(parsed.arguments);
  return logical ?? { type: 'native', sql: respell({ ...parsed, name }) };
}

// A type may be called `constructor`.
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A type's name without arguments, its arguments, and whether it is an array. */
interface ParsedType {
  readonly name: string;
  /** `undefined` where they are no plain numbers. */
  readonly arguments: readonly number[] | undefined;
  /** The arguments as text. */
  readonly detail: string;
  readonly array: boolean;
}

/** `timestamp(3) with time zone[]` → name `timestamp with time zone`, arguments 3, array. */
function parse(physical: string): ParsedType {
  const tokens = tokenize(physical, lexis).filter(({ kind }) => kind !== 'comment');
  const open = tokens.findIndex(({ text }) => text === '(');
  const close = tokens.findLastIndex(({ text }) => text === ')');
  const inner = open < 0 ? [] : tokens.slice(open + 1, close);
  const outside = (open < 0 ? tokens : [...tokens.slice(0, open), ...tokens.slice(close + 1)]).map((token) =>
    respellToken(token),
  );
  const bracket = outside.indexOf('[');
  const name = (bracket < 0 ? outside : outside.slice(0, bracket))
    .filter((text) => text !== 'array')
    .join(' ')
    .replaceAll(' . ', '.');
  const detail = inner.map(respellToken).join('');
  const numbers = /^(?:\d+(?:,\d+)*)?$/u.test(detail) ? detail.split(',').filter(Boolean).map(Number) : undefined;
  return {
    name: name.replace(/^pg_catalog\./u, ''),
    arguments: numbers,
    detail,
    array: bracket >= 0 || outside.includes('array'),
  };
}

/** Bare words fold to lower case; quotes that a name does not need are dropped. */
function respellToken(token: Token): string {
  if (token.kind === 'word') return token.text.toLowerCase();
  const name = token.kind === 'identifier' ? identifierOf(token) : undefined;
  return name !== undefined && /^[a-z_][a-z0-9_$]*$/u.test(name) && !keywords.has(name) ? name : token.text;
}

function respell({ name, detail, array }: ParsedType): string {
  const zone = / with(?:out)? time zone$/u.exec(name)?.[0] ?? '';
  const bare = zone ? name.slice(0, -zone.length) : name;
  const width = detail === '' && oneCharacter.has(bare) ? '1' : detail;
  const spelled = bare === 'bpchar' && detail !== '' ? 'character' : bare;
  return `${spelled}${width === '' ? '' : `(${width})`}${zone}${array ? '[]' : ''}`;
}

const oneCharacter = new Set(['character', 'bit']);

const aliases: Readonly<Record<string, string>> = {
  int2: 'smallint',
  smallserial: 'smallint',
  serial2: 'smallint',
  int: 'integer',
  int4: 'integer',
  serial: 'integer',
  serial4: 'integer',
  mediumint: 'integer',
  int8: 'bigint',
  bigserial: 'bigint',
  serial8: 'bigint',
  tinyint: 'smallint',
  varchar: 'character varying',
  'char varying': 'character varying',
  char: 'character',
  nchar: 'character',
  'national character': 'character',
  'national char': 'character',
  'national character varying': 'character varying',
  decimal: 'numeric',
  dec: 'numeric',
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
  double: 'double precision',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  datetime: 'timestamp without time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
  varbit: 'bit varying',
};

/** Six digits are the server's default; it cuts more to six. */
const precision = ([digits]: readonly number[]): { precision?: number } =>
  digits === undefined || digits >= 6 ? {} : { precision: digits };

const readers: Readonly<Record<string, (list: readonly number[]) => LogicalType | undefined>> = {
  smallint: () => ({ type: 'integer', bits: 16 }),
  integer: () => ({ type: 'integer', bits: 32 }),
  bigint: () => ({ type: 'integer', bits: 64 }),
  'character varying': ([length]) => (length === undefined ? undefined : { type: 'string', length }),
  text: () => ({ type: 'text' }),
  numeric: ([digits, scale]) =>
    digits === undefined || (scale ?? 0) < 0 ? undefined : { type: 'decimal', precision: digits, scale: scale ?? 0 },
  // The standard's float(p): up to 24 bits are a real.
  float: ([bits]) => ({ type: bits !== undefined && bits <= 24 ? 'float' : 'double' }),
  real: () => ({ type: 'float' }),
  'double precision': () => ({ type: 'double' }),
  boolean: () => ({ type: 'boolean' }),
  date: () => ({ type: 'date' }),
  uuid: () => ({ type: 'uuid' }),
  jsonb: () => ({ type: 'json' }),
  bytea: () => ({ type: 'binary' }),
  'time without time zone': (list) => ({ type: 'time', ...precision(list) }),
  'time with time zone': (list) => ({ type: 'time', ...precision(list), zone: true }),
  'timestamp without time zone': (list) => ({ type: 'datetime', ...precision(list) }),
  'timestamp with time zone': (list) => ({ type: 'datetime', ...precision(list), zone: true }),
};
