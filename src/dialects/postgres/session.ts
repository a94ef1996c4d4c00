import { forgetCatalog } from './prepared-catalog.ts';
import type { Session } from '../session.ts';

/**
 * Pins what the catalogs' spellings depend on, and remembers what it found in settings of the session itself. The
 * search path keeps the configured schemas, resolved, with the temporary schema last: an unqualified name then means
 * the default namespace, whoever has made a temporary table of that name. A second call changes nothing.
 */
export async function prepareSession(session: Session): Promise<void> {
  await session.query(`select ${pinned.map(([name]) => remember(name)).join(', ')}`);
  await session.query(`select ${pinned.map(([name, value]) => set(name, value)).join(', ')}`);
}

/** Puts back what `prepareSession` found; nothing where it never ran. */
export async function restoreSession(session: Session): Promise<void> {
  await forgetCatalog(session);
  await session.query(`select ${pinned.map(([name]) => restore(name)).join(', ')}`);
}

const pinned: readonly (readonly [name: string, value: string])[] = [
  [
    'search_path',
    `(select coalesce(pg_catalog.string_agg(pg_catalog.quote_ident(s.name), ', ' order by s.at) || ', pg_temp', '')
    from pg_catalog.unnest(pg_catalog.current_schemas(false)) with ordinality s(name, at) where s.name !~ '^pg_temp')`,
  ],
  ['TimeZone', "'UTC'"],
  ['DateStyle', "'ISO, YMD'"],
  ['IntervalStyle', "'postgres'"],
  ['bytea_output', "'hex'"],
  ['extra_float_digits', "'1'"],
  ['standard_conforming_strings', "'on'"],
  ['quote_all_identifiers', "'off'"],
  ['default_transaction_isolation', "'read committed'"],
  ['check_function_bodies', "'off'"],
  // To compile a question to the catalogs takes longer than to answer it.
  ['jit', "'off'"],
  // Those that a session prepares are to be planned once.
  ['plan_cache_mode', "'force_generic_plan'"],
  // Who waits for a strong lock holds up all who come later: wait briefly, then try again.
  ['lock_timeout', "'200ms'"],
  // A limit meant for the application's queries would end the building of an index.
  ['statement_timeout', "'0'"],
];

const place = (name: string): string => `'mikrate.${name.toLowerCase()}'`;
const set = (name: string, value: string): string => `pg_catalog.set_config('${name}', ${value}, false)`;

// The mark `=` tells a remembered empty value from none.
function remember(name: string): string {
  return `pg_catalog.set_config(${place(name)}, coalesce(nullif(pg_catalog.current_setting(${place(name)}, true), ''), '=' || pg_catalog.current_setting('${name}')), false)`;
}

function restore(name: string): string {
  const kept = `pg_catalog.current_setting(${place(name)}, true)`;
  const back = set(name, `pg_catalog.substr(${kept}, 2)`);
  return `case when coalesce(${kept}, '') <> '' then ${back} || pg_catalog.set_config(${place(name)}, '', false) end`;
}
