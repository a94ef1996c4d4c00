import type { DatabaseKind } from '../databases.ts';

/** A name as the database of this kind wants it quoted in SQL. */
export function quoteName(kind: DatabaseKind, name: string): string {
  if (kind === 'mysql' || kind === 'mariadb') return `\`${name.replaceAll('`', '``')}\``;
  return `"${name.replaceAll('"', '""')}"`;
}
