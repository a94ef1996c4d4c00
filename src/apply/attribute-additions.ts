import type { EventDraft } from '../history/chain.ts';
import { applyOperation, type Operation } from '../operations/index.ts';
import type { Lexis } from '../schema/expression.ts';
import { entryOf } from '../schema/entry-of.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import { isSameData } from '../schema/canonical.ts';
import type { Schema, Table } from '../schema/schema.ts';
import { statementEffect, type MadeObject } from '../schema/statement-effect.ts';

/** Events that say what each did, and the schema after them. */
export interface Attributed {
  readonly events: readonly EventDraft[];
  readonly schema: Schema;
}

/**
 * Gives each of several plain additions its part of what a look at their end shows: the operation that it was, and the
 * schema before and after. Throws where the parts do not make up the whole: then each has to be looked at by itself.
 */
export function attributeAdditions(
  drafts: readonly EventDraft[],
  { before, live, lexis }: { readonly before: Schema; readonly live: Schema; readonly lexis: Lexis },
): Attributed {
  const made = drafts.map((draft) => madeBy(draft, live, lexis));
  let schema = before;
  const attributed = drafts.map((draft, at) => {
    const derived = operationOf(made[at], { later: made.slice(at + 1), live });
    const schemaBefore = fingerprint(schema);
    schema = derived ? applyOperation(schema, derived) : schema;
    return { ...draft, ...(derived && { derived: [derived] }), schemaBefore, schemaAfter: fingerprint(schema) };
  });
  for (const [name, table] of Object.entries(live.tables))
    if (!isSameData(entryOf(schema.tables, name), table)) throw new Error(`${name} is more than its additions`);
  return { events: attributed, schema };
}

/** What the statement of a draft made, under the names that the catalog has. */
function madeBy({ sql }: EventDraft, { tables }: Schema, lexis: Lexis): MadeObject | undefined {
  const effect = statementEffect(sql[0]?.text ?? '', lexis);
  if (!effect || !('makes' in effect)) return undefined;
  const table = spelled(effect.makes.table, tables);
  const { column } = effect.makes;
  return column === undefined ? { table } : { table, column: spelled(column, entryOf(tables, table)?.columns ?? {}) };
}

/** A bare name may be kept in small letters. */
function spelled(name: string, record: Readonly<Record<string, unknown>>): string {
  return Object.hasOwn(record, name) ? name : name.toLowerCase();
}

function operationOf(
  made: MadeObject | undefined,
  { later, live }: { readonly later: readonly (MadeObject | undefined)[]; readonly live: Schema },
): Operation | undefined {
  if (!made) return undefined;
  const table = entryOf(live.tables, made.table);
  if (!table) throw new Error(`${made.table} is not there`);
  if (made.column === undefined) return { kind: 'createTable', table: withoutLater(table, later) };
  const column = entryOf(table.columns, made.column);
  if (!column) throw new Error(`${made.table}.${made.column} is not there`);
  return { kind: 'addColumn', table: made.table, column };
}

function withoutLater(table: Table, later: readonly (MadeObject | undefined)[]): Table {
  const added = new Set(later.flatMap((made) => (made?.table === table.name ? [made.column] : [])));
  const columns = Object.entries(table.columns).filter(([name]) => !added.has(name));
  return { ...table, columns: Object.fromEntries(columns) };
}
