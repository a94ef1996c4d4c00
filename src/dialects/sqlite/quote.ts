/** A name as an identifier: any text is one, quotes doubled. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A value as SQL text. Booleans are 1 and 0, as SQLite stores them; a NUL, which ends SQL text, goes as bytes. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return numberLiteral(value);
  if (value.includes('\u0000')) return `cast(x'${Buffer.from(value, 'utf8').toString('hex')}' as text)`;
  return `'${value.replaceAll("'", "''")}'`;
}

function numberLiteral(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '9e999' : '-9e999';
  return Object.is(value, -0) ? '0' : String(value);
}
