import type { View } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { literal, quoteKey } from './quote.ts';

/** `create view "v" as …`, or a materialized one. */
export function createViewStatement(view: View): Statement {
  return { text: `create ${kindOf(view)} ${quoteKey(view.name)} as ${view.definition}` };
}

export function dropViewStatement(view: View): Statement {
  return { text: `drop ${kindOf(view)} ${quoteKey(view.name)}` };
}

/**
 * Replaced in place where its columns stay, which keeps its grants and what depends on it; else dropped and made anew.
 * Only the server knows the columns of a query.
 */
export function replaceViewStatements(from: View, to: View): Statement[] {
  if (from.materialized || to.materialized) return [dropViewStatement(from), createViewStatement(to)];
  const replace = `create or replace view ${quoteKey(to.name)} as ${to.definition}`;
  const anew = `${dropViewStatement(from).text}; execute ${literal(createViewStatement(to).text)};`;
  const body = `begin execute ${literal(replace)}; exception when invalid_table_definition then ${anew} end`;
  return [{ text: `do ${literal(body)}` }];
}

function kindOf({ materialized }: View): string {
  return materialized ? 'materialized view' : 'view';
}
