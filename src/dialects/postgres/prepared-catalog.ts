import type { Session } from '../session.ts';
import { catalogQuery, type CatalogRow } from './catalog.ts';
import { literal } from './quote.ts';

type Answer = Record<keyof CatalogRow, string>;

/** Sessions that hold the question. */
const holding = new WeakSet<Session>();

/**
 * Asks the catalogs for some tables. To plan the question takes many times as long as to answer it for one table, so a
 * session keeps it, planned once for any tables.
 */
export async function askCatalog(session: Session, parameters: readonly (string | null)[]): Promise<Answer[]> {
  if (!holding.has(session)) await session.query(`prepare ${name} (text, text) as ${catalogQuery}`);
  holding.add(session);
  return session.query<Answer>(`execute ${name} (${parameters.map(literal).join(', ')})`);
}

/** Forgets the question: a pooled connection may meet another session. */
export async function forgetCatalog(session: Session): Promise<void> {
  if (holding.delete(session)) await session.query(`deallocate ${name}`);
}

const name = 'mikrate_catalog';
