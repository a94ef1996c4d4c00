import type { Session } from '../session.ts';
import { catalogQuery, wholeCatalogQuery, type CatalogRow } from './catalog.ts';
import { literal } from './quote.ts';

type Answer = Record<keyof CatalogRow, string>;

/** To plan a question takes many times as long as to answer it for one table, so a session keeps it, planned once. */
const questions = {
  /** About some tables: the namespaces, then the tables. */
  tables: { name: 'mikrate_catalog', types: '(text, text)', query: catalogQuery },
  /** About all tables of the namespaces. */
  whole: { name: 'mikrate_whole_catalog', types: '(text)', query: wholeCatalogQuery },
} as const;

type Question = keyof typeof questions;

/** What sessions hold. */
const held = new WeakMap<Session, Set<Question>>();

/** Asks the catalogs. */
export async function askCatalog(
  session: Session,
  question: Question,
  parameters: readonly string[],
): Promise<Answer[]> {
  const { name, types, query } = questions[question];
  const holding = held.get(session) ?? new Set();
  if (!holding.has(question)) await session.query(`prepare ${name} ${types} as ${query}`);
  held.set(session, holding.add(question));
  return session.query<Answer>(`execute ${name} (${parameters.map(literal).join(', ')})`);
}

/** Forgets the questions: a pooled connection may meet another session. */
export async function forgetCatalog(session: Session): Promise<void> {
  for (const question of held.get(session) ?? []) await session.query(`deallocate ${questions[question].name}`);
  held.delete(session);
}
