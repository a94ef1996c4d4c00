/** The databases this package speaks; each has a folder of the same name under `dialects/`. */
export type DialectName = 'mysql' | 'mariadb' | 'postgresql' | 'sqlite';

/** SQL text for every database, or one text each; `mariadb` falls back to `mysql`. */
export type SqlByDialect = string | { readonly [name in DialectName]?: string };

/** The text for one database, `undefined` where none was given. */
export function sqlFor(dialect: DialectName, sql: SqlByDialect): string | undefined {
  return typeof sql === 'string' ? sql : entryFor(dialect, sql);
}

/** What is there for one database; `mariadb` falls back to `mysql`. */
export function entryFor<T>(dialect: DialectName, entries: { readonly [name in DialectName]?: T }): T | undefined {
  const fallback = fallbackOf(dialect);
  return entries[dialect] ?? (fallback && entries[fallback]);
}

/** The database whose entry stands for this one's where it has none. */
export function fallbackOf(dialect: DialectName): DialectName | undefined {
  return fallbacks[dialect];
}

const fallbacks: { readonly [name in DialectName]?: DialectName } = { mariadb: 'mysql' };
