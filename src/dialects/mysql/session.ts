import type { Session } from '../session.ts';
import { literal } from './quote.ts';

/**
 * What every session of a run has, so that catalogs read and statements mean the same everywhere.
 * NO_AUTO_VALUE_ON_ZERO keeps a row numbered 0 when a table is copied. Zero dates are allowed: old rows hold them, and a
 * strict copy would refuse those rows.
 */
const pinned: Readonly<Record<string, string | number>> = {
  sql_mode:
    'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO',
  time_zone: '+00:00',
  // Seconds. Who waits for a table holds up all who come later: wait briefly, then try again. The least that MySQL takes.
  lock_wait_timeout: 1,
  // A batch of a backfill that waits for one row keeps all that it has already filled locked.
  innodb_lock_wait_timeout: 1,
  // Limits meant for the application's queries: one ends the building of an index (MariaDB), one a long look at rows (MySQL).
  max_statement_time: 0,
  max_execution_time: 0,
  foreign_key_checks: 1,
  unique_checks: 1,
  sql_quote_show_create: 1,
  character_set_client: 'utf8mb4',
  character_set_results: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  collation_connection: 'utf8mb4_unicode_ci',
  // Estimates of sizes as they are now, not of yesterday (MySQL).
  information_schema_stats_expiry: 0,
  show_gipk_in_create_table_and_information_schema: 0,
  // A table with system versioning is changed with its history, else not at all (MariaDB).
  system_versioning_alter_history: 'KEEP',
};

const numeric = new Set([
  'lock_wait_timeout',
  'innodb_lock_wait_timeout',
  'max_statement_time',
  'max_execution_time',
  'foreign_key_checks',
  'unique_checks',
  'sql_quote_show_create',
  'information_schema_stats_expiry',
  'show_gipk_in_create_table_and_information_schema',
]);

const previous = new WeakMap<Session, Readonly<Record<string, string>>>();

/** Pins the session's settings; those that this server does not know are left out. */
export async function prepareSession(session: Session): Promise<void> {
  const names = Object.keys(pinned).map(literal).join(', ');
  const rows = await session.query<{ name: string; value: string }>(
    `show session variables where variable_name in (${names})`,
  );
  const found = Object.fromEntries(rows.map((row) => variableOf(row)));
  if (!previous.has(session)) previous.set(session, found);
  await setVariables(
    session,
    Object.fromEntries(
      Object.keys(pinned)
        .filter((name) => name in found)
        .map((name) => [name, String(pinned[name])]),
    ),
  );
}

/** Gives the session its own settings back. */
export async function restoreSession(session: Session): Promise<void> {
  const found = previous.get(session);
  if (!found) return;
  previous.delete(session);
  await setVariables(session, found);
}

/** `show variables` labels its columns in its own way on each server. */
function variableOf(row: object): readonly [string, string] {
  const [name, value] = Object.values(row).map(String);
  return [(name ?? '').toLowerCase(), value ?? ''];
}

async function setVariables(session: Session, values: Readonly<Record<string, string>>): Promise<void> {
  // The charset of the connection brings its collation with it, so the collation comes after it.
  const order = Object.keys(pinned).filter((name) => name in values);
  const settings = order.map((name) => `${name} = ${spell(name, values[name] ?? '')}`);
  if (settings.length > 0) await session.run(`set session ${settings.join(', session ')}`);
}

function spell(name: string, value: string): string {
  if (!numeric.has(name)) return value === '' && name.startsWith('character_set') ? 'null' : literal(value);
  if (/^(?:on|off)$/iu.test(value)) return /^on$/iu.test(value) ? '1' : '0';
  return value;
}
