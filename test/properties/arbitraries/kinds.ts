import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { Default } from '../../../src/schema/schema.ts';
import type { DatabaseKind } from '../../support/databases.ts';

export type Value = string | number | Buffer;

/** What a column can be: its type, the values at its borders, and what is said about it in SQL. */
export interface ColumnKind {
  readonly type: LogicalType;
  readonly on: readonly DatabaseKind[];
  /** Values that the type holds exactly. */
  readonly values: readonly Value[];
  readonly defaults: readonly (Default | { readonly [K in DatabaseKind]?: Default })[];
  readonly family: 'text' | 'number' | 'other';
  /** MySQL and MariaDB: whole, only the first characters, or not at all. */
  readonly inIndex: 'whole' | 'prefix' | 'never';
}

const all: readonly DatabaseKind[] = ['sqlite', 'postgresql', 'mariadb', 'mysql'];
const mysqlFamily: readonly DatabaseKind[] = ['mariadb', 'mysql'];

const texts = ['', 'a', 'A', "it's", ' x', '%_\\', 'é'];
const textDefaults: ColumnKind['defaults'] = [
  { value: '' },
  { value: "it's" },
  { value: 'ABC' },
  { value: 'abc' },
  { value: 'a\\b' },
  { value: '% ? $1' },
  { value: 'now()' },
  { value: 'null' },
  { value: '0' },
  {
    sqlite: { sql: "upper('x')" },
    postgresql: { sql: "upper('x')" },
    mariadb: { sql: "concat('a', 'b')" },
    mysql: { sql: "concat('a', 'b')" },
  },
];

function text(type: LogicalType, longest: number, more: Partial<ColumnKind> = {}): ColumnKind {
  return {
    type,
    on: all,
    values: [...texts, 'é'.repeat(longest)],
    defaults: textDefaults,
    family: 'text',
    inIndex: 'whole',
    ...more,
  };
}

function integer(bits: 8 | 16 | 24 | 32 | 64, unsigned?: true): ColumnKind {
  const top = 2n ** BigInt(unsigned ? bits : bits - 1) - 1n;
  const bottom = unsigned ? 0n : -top - 1n;
  const values = [bottom, top, 0n, 1n, 7n].map(exact);
  const type: LogicalType = { type: 'integer', bits, ...(unsigned && { unsigned }) };
  return {
    type,
    on: unsigned ? mysqlFamily : all,
    values,
    defaults: [{ value: 0 }, { value: 1 }, { value: exact(top) }, ...(unsigned ? [] : [{ value: -5 }])],
    family: 'number',
    inIndex: 'whole',
  };
}

function exact(integer: bigint): number | string {
  return BigInt(Number(integer)) === integer && Math.abs(Number(integer)) <= Number.MAX_SAFE_INTEGER
    ? Number(integer)
    : String(integer);
}

function other(
  type: LogicalType,
  values: readonly Value[],
  defaults: ColumnKind['defaults'],
  more: Partial<ColumnKind> = {},
): ColumnKind {
  return { type, on: all, values, defaults, family: 'other', inIndex: 'whole', ...more };
}

const number = { family: 'number' } as const;
const clock = (digits: string): readonly string[] => [
  '1970-01-02 00:00:00',
  `2024-02-29 23:59:59${digits}`,
  '2037-12-31 12:00:00',
];

/** Every kind by its key, the simplest first: fast-check shrinks towards them. */
export const kinds: Readonly<Record<string, ColumnKind>> = {
  int: integer(32),
  s50: text({ type: 'string', length: 50 }, 50),
  text: text({ type: 'text' }, 300, { inIndex: 'prefix' }),
  bool: other({ type: 'boolean' }, [0, 1], [{ value: false }, { value: true }]),
  s10: text({ type: 'string', length: 10 }, 10),
  s255: text({ type: 'string', length: 255 }, 255),
  bigint: integer(64),
  smallint: integer(16),
  mediumint: integer(24),
  tinyint: integer(8),
  uint: integer(32, true),
  utiny: integer(8, true),
  ubig: integer(64, true),
  decimal: other(
    { type: 'decimal', precision: 10, scale: 2 },
    ['0.00', '99999999.99', '-0.01', '7.50'],
    [{ value: 0 }, { value: '1.50' }, { value: -2.25 }],
    number,
  ),
  wide: other(
    { type: 'decimal', precision: 18, scale: 6 },
    ['0.000000', '123456789.000001', '-5.500000'],
    [{ value: '0.000001' }],
    number,
  ),
  float: other({ type: 'float' }, [0.5, -2.25, 1024], [{ value: 1.5 }], number),
  double: other({ type: 'double' }, [0.5, -2.25, 1e10], [{ value: 1.5 }, { value: 0 }], number),
  date: other({ type: 'date' }, ['1970-01-02', '2024-02-29', '9999-12-31'], [{ value: '2024-02-29' }, { now: true }]),
  datetime: other({ type: 'datetime' }, clock(''), [{ now: true }, { value: '2024-02-29 12:30:00' }]),
  datetime3: other({ type: 'datetime', precision: 3 }, clock('.125'), [{ now: true }], {
    on: ['postgresql', 'mariadb', 'mysql'],
  }),
  datetime6: other({ type: 'datetime', precision: 6 }, clock('.123456'), [{ now: true }], {
    on: ['postgresql', 'mariadb', 'mysql'],
  }),
  zoned: other({ type: 'datetime', zone: true }, clock('+00'), [{ now: true }, { value: '2024-02-29 12:30:00+00' }], {
    on: ['postgresql'],
  }),
  time: other({ type: 'time' }, ['00:00:00', '23:59:59'], [{ value: '12:30:00' }]),
  uuid: other(
    { type: 'uuid' },
    ['00000000-0000-0000-0000-000000000000', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
    [
      { value: '00000000-0000-0000-0000-000000000000' },
      { postgresql: { sql: 'gen_random_uuid()' }, mysql: { sql: 'uuid()' }, mariadb: { sql: 'uuid()' } },
    ],
  ),
  json: other({ type: 'json' }, ['{"a": [1, null]}', '[]', '"x"', '0'], [{ value: '{}' }, { value: '[1, "it\'s"]' }], {
    inIndex: 'never',
  }),
  binary: other({ type: 'binary' }, [Buffer.from(''), Buffer.from([0, 255, 39, 92])], [], { inIndex: 'prefix' }),
  tinytext: text({ type: 'text', size: 'tiny' }, 100, { on: mysqlFamily, inIndex: 'prefix' }),
  mediumtext: text({ type: 'text', size: 'medium' }, 300, { on: mysqlFamily, inIndex: 'prefix' }),
  longtext: text({ type: 'text', size: 'long' }, 300, { on: mysqlFamily, inIndex: 'prefix' }),
  bytes: other({ type: 'binary', length: 16 }, [Buffer.from(''), Buffer.from([1, 0, 255])], [], { on: mysqlFamily }),
  enum: other({ type: 'enum', values: ['a', "it's", 'A b'] }, ['a', "it's", 'A b'], [{ value: "it's" }], {
    on: mysqlFamily,
  }),
  enumMore: other({ type: 'enum', values: ['a', "it's", 'A b', 'c,d'] }, ['a', "it's", 'c,d'], [{ value: 'a' }], {
    on: mysqlFamily,
  }),
  year: other({ type: 'native', sql: 'year' }, [1901, 2024], [{ value: '2024' }], { on: mysqlFamily }),
  char: text({ type: 'native', sql: 'char(6)' }, 5, { on: mysqlFamily, values: ['', 'a', "it's"] }),
  named0: other({ type: 'enum', values: [], name: 'mood' }, ['a'], [{ value: 'a' }], { on: ['postgresql'] }),
  named1: other({ type: 'enum', values: [], name: 'the "state"' }, ['a'], [{ value: 'a' }], { on: ['postgresql'] }),
};

/** Keys of the kinds that a database has. */
export function kindsOf(database: DatabaseKind): readonly string[] {
  return Object.keys(kinds).filter((key) => kinds[key]?.on.includes(database));
}

/** One key for each type that the database tells apart: another of the same meaning is no change to it. */
export function distinctKindsOf(
  database: DatabaseKind,
  isSame: (a: LogicalType, b: LogicalType) => boolean,
): readonly string[] {
  const distinct: string[] = [];
  for (const key of kindsOf(database)) {
    if (!distinct.some((other) => isSame(kindOf(other).type, kindOf(key).type))) distinct.push(key);
  }
  return distinct;
}

/** The kind of a key; the first for one that is not known. */
export function kindOf(key: string): ColumnKind {
  return kinds[key] ?? integer(32);
}

/** The default of a kind for a database. */
export function defaultOf(kind: ColumnKind, at: number, database: DatabaseKind): Default | undefined {
  const found = kind.defaults[at % Math.max(1, kind.defaults.length)];
  if (!found) return undefined;
  return 'value' in found || 'now' in found || 'sql' in found ? found : found[database];
}
