import type { View } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import type { KeptRow } from './catalog.ts';
import { commentOnIndex } from './index-sql.ts';
import { grantStatements } from './kept-sql.ts';
import { literal, quote, quoteKey } from './quote.ts';
import { createTriggerStatements } from './trigger-sql.ts';

/** `create view "v" as …`, or a materialized one, and all that belongs to it. */
export function createViewStatements(view: View): Statement[] {
  const unpopulated = view.materialized && view.storage?.['unpopulated'] ? ' with no data' : '';
  return [
    { text: `create ${kindOf(view)} ${quoteKey(view.name)}${options(view)} as ${view.definition}${unpopulated}` },
    ...(view.materialized ? [] : (view.triggers ?? [])).flatMap((trigger) =>
      createTriggerStatements(view.name, trigger),
    ),
    ...belongings(view),
  ];
}

export function dropViewStatement(view: View): Statement {
  return { text: `drop ${kindOf(view)} ${quoteKey(view.name)}` };
}

/**
 * Replaced in place where its columns stay, which keeps what depends on it and all that it has but its options; else
 * dropped and made anew. Only the server knows the columns of a query.
 */
export function replaceViewStatements(from: View, to: View): Statement[] {
  if (from.materialized || to.materialized) return [dropViewStatement(from), ...createViewStatements(to)];
  const replace = `create or replace view ${quoteKey(to.name)}${options(to)} as ${to.definition}`;
  const anew = [dropViewStatement(from), ...createViewStatements(to)];
  const body = `begin execute ${literal(replace)}; exception when invalid_table_definition then ${anew.map(({ text }) => `execute ${literal(text)};`).join(' ')} end`;
  return [{ text: `do ${literal(body)}` }];
}

function kindOf({ materialized }: View): string {
  return materialized ? 'materialized view' : 'view';
}

/** ` with (security_barrier=true)`, of those options that its kind has. */
function options({ materialized, storage }: View): string {
  const found = storage?.['with'];
  const own = (typeof found === 'string' ? found.split(', ') : []).filter(
    (option) => /^(?:security_barrier|security_invoker|check_option)=/u.test(option) !== Boolean(materialized),
  );
  return own.length > 0 ? ` with (${own.join(', ')})` : '';
}

/** What `create view` does not say: rules, defaults, indexes, comments, the owner, and last who may do what. */
function belongings(view: View): Statement[] {
  const { name, materialized, storage } = view;
  if (!storage) return [];
  const list = <K extends keyof KeptRow>(key: K): NonNullable<KeptRow[K]> | [] =>
    typeof storage[key] === 'string' ? (JSON.parse(storage[key]) as NonNullable<KeptRow[K]>) : [];
  const comment = storage['comment'];
  const owner = storage['owner'];
  return [
    ...(materialized ? [] : list('rules').map((text) => ({ text: text.replace(/;$/u, '') }))),
    ...list('defaults').map(([column, value]) =>
      ofColumn(`alter view ${quoteKey(name)} alter column ${quote(column)} set default ${value}`),
    ),
    ...list('indexes').flatMap(([text, index, note]) => [
      ofColumn(text),
      ...(note === null ? [] : commentOnIndex(name, { name: index, comment: note })),
    ]),
    ...(typeof comment === 'string'
      ? [{ text: `comment on ${kindOf(view)} ${quoteKey(name)} is ${literal(comment)}` }]
      : []),
    ...list('comments').map(([column, text]) =>
      ofColumn(`comment on column ${quoteKey(name)}.${quote(column)} is ${literal(text)}`),
    ),
    ...(typeof owner === 'string'
      ? [{ text: `alter ${kindOf(view)} ${quoteKey(name)} owner to ${quote(owner)}` }]
      : []),
    ...(storage['grants'] === undefined ? [] : giveRights(name, list('grants'))),
  ];
}

/** First nobody has any right, whatever the defaults for new views are. */
function giveRights(view: string, grants: NonNullable<KeptRow['grants']>): Statement[] {
  const name = literal(quoteKey(view));
  const holders = `select distinct g.grantee from pg_catalog.pg_class c, pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) g where c.oid = ${name}::pg_catalog.regclass`;
  const revoke = `pg_catalog.format('revoke all on %s from %s', ${name}, case holder when 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(holder)) end)`;
  return [
    {
      text: `do ${literal(`declare holder oid; begin for holder in ${holders} loop execute ${revoke}; end loop; end`)}`,
    },
    ...grantStatements(
      view,
      grants.filter(([, , , column]) => column === null),
    ),
    ...grantStatements(
      view,
      grants.filter(([, , , column]) => column !== null),
    ).map(({ text }) => ofColumn(text)),
  ];
}

/** A view under a new definition may have lost the column. */
function ofColumn(text: string): Statement {
  return { text: `do ${literal(`begin execute ${literal(text)}; exception when undefined_column then null; end`)}` };
}
