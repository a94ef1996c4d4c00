import type { AbstractSqlPlatform } from '@mikro-orm/sql';

/**
 * The SQL of what a migration gave to `addSql` or `execute`: a text with its parameters, a `raw()` fragment, a query
 * builder. Parameters are written into it as MikroORM does. Throws a TypeError for anything else.
 */
export function queryText(query: unknown, platform: AbstractSqlPlatform, parameters: readonly unknown[] = []): string {
  if (typeof query === 'string') return platform.formatQuery(query, parameters);
  const compiled = compile(query);
  if (typeof compiled === 'string') return compiled;
  if (typeof compiled?.sql !== 'string') throw new TypeError('addSql() was given neither SQL nor a query');
  return platform.formatQuery(compiled.sql, compiled.params ?? compiled.parameters ?? []);
}

interface Compiled {
  readonly sql?: unknown;
  readonly params?: readonly unknown[];
  readonly parameters?: readonly unknown[];
}

/** MikroORM's builders compile; those of version 5 and 6, and knex's, tell their query. */
function compile(query: unknown): string | Compiled | undefined {
  const given = query as
    | (Compiled & { compile?: () => Compiled; toQuery?: () => string | Compiled })
    | null
    | undefined;
  if (typeof given?.compile === 'function') return given.compile();
  if (typeof given?.toQuery === 'function') return given.toQuery();
  return given ?? undefined;
}
