import type { LogicalType } from '../../schema/logical-type.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';

/** What a column's type comes to in SQLite: its affinity, and for dates, times and JSON what its values are for. */
export type Meaning = 'text' | 'integer' | 'real' | 'numeric' | 'blob' | 'date' | 'datetime' | 'time' | 'json' | 'any';

/** The meaning of a type. Types of one meaning hold the same values: lengths and precision are not enforced here. */
export function meaningOf(type: LogicalType): Meaning {
  return type.type === 'native' ? nativeMeaning(sqlFor('sqlite', type.sql) ?? '') : meanings[type.type];
}

/** The affinity of a declared type by the rules of https://www.sqlite.org/datatype3.html#determination_of_column_affinity. */
export function affinityOf(physical: string): 'text' | 'integer' | 'real' | 'numeric' | 'blob' {
  const type = physical.toLowerCase();
  if (type.includes('int')) return 'integer';
  if (/char|clob|text/u.test(type)) return 'text';
  if (type.includes('blob') || type.trim() === '') return 'blob';
  return /real|floa|doub/u.test(type) ? 'real' : 'numeric';
}

const meanings: { readonly [K in Exclude<LogicalType['type'], 'native'>]: Meaning } = {
  string: 'text',
  text: 'text',
  uuid: 'text',
  enum: 'text',
  integer: 'integer',
  boolean: 'integer',
  float: 'real',
  double: 'real',
  decimal: 'numeric',
  binary: 'blob',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  json: 'json',
};

function nativeMeaning(physical: string): Meaning {
  if (/^\s*any\s*$/iu.test(physical)) return 'any';
  const affinity = affinityOf(physical);
  return affinity === 'numeric' && /binary/iu.test(physical) ? 'blob' : affinity;
}
