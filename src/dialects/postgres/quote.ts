import { parseTableKey } from '../../schema/names.ts';
import { ansiSql } from '../ansi-sql.ts';

/** A name as an identifier: `"a""b"`. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A value as a literal. Sessions are pinned to `standard_conforming_strings`, so a backslash is a plain character. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return String(value);
}

/** The SQL that all databases share, in this one's quotes. */
export const ansi = ansiSql(quote);

/** A table, type or view from its key: `"t"` or `"namespace"."t"`. */
export const quoteKey = ansi.table;

/** An object that lives in the namespace of a table, such as its index. */
export function quoteBeside(table: string, name: string): string {
  const { namespace } = parseTableKey(table);
  return namespace === undefined ? quote(name) : `${quote(namespace)}.${quote(name)}`;
}

/** The name of an operator class, access method or extension's type, which models write as SQL: quoted unless plain. */
export function quotePlain(name: string): string {
  return /^[a-z_][a-z0-9_$]*(?:\.[a-z_][a-z0-9_$]*)?$/u.test(name) ? name : quote(name);
}
