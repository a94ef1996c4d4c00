import { parseTableKey } from '../../schema/names.ts';
import type { Schema, Trigger, View } from '../../schema/schema.ts';
import type { InspectScope } from '../dialect.ts';
import type { Session } from '../session.ts';
import { buildTable } from './build-table.ts';
import { readCatalog, type CatalogObject } from './catalog.ts';
import { fold, isWord, placeTokens } from './lexis.ts';

/** Reads the catalog with four queries, however many tables there are. */
export async function inspect(session: Session, scope: InspectScope): Promise<Schema> {
  const catalog = await readCatalog(
    session,
    scope.tables?.map((key) => parseTableKey(key).name),
  );
  const columns = groupByOwner(catalog.columns);
  const indexParts = groupByOwner(catalog.indexParts);
  const foreignKeyParts = groupByOwner(catalog.foreignKeyParts);
  const indexes = groupByOwner(catalog.objects.filter(({ type }) => type === 'index'));
  const triggers = groupByOwner(catalog.objects.filter(({ type }) => type === 'trigger'));
  const tables = catalog.objects
    .filter(({ type }) => type === 'table')
    .map(({ name, sql }) => {
      const owner = fold(name);
      return buildTable({
        name,
        sql,
        columns: columns.get(owner) ?? [],
        indexParts: indexParts.get(owner) ?? [],
        foreignKeyParts: foreignKeyParts.get(owner) ?? [],
        indexSql: new Map(indexes.get(owner)?.map((index) => [index.name, index.sql])),
        triggers: (triggers.get(owner) ?? []).map(asTrigger),
      });
    });
  const views = catalog.objects
    .filter(({ type }) => type === 'view')
    .map((view) => asView(view, triggers.get(fold(view.name)) ?? []));
  return { tables: byName(tables), views: byName(views), enums: {} };
}

function groupByOwner<Row extends { readonly owner: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const owner = fold(row.owner);
    const group = groups.get(owner);
    if (group) group.push(row);
    else groups.set(owner, [row]);
  }
  return groups;
}

const byName = <T extends { readonly name: string }>(items: readonly T[]): Record<string, T> =>
  Object.fromEntries(items.map((item) => [item.name, item]));

const asTrigger = ({ name, sql }: CatalogObject): Trigger => ({ name, definition: sql });

function asView({ name, sql }: CatalogObject, triggers: readonly CatalogObject[]): View {
  return { name, definition: viewDefinition(sql), ...(triggers.length > 0 && { triggers: triggers.map(asTrigger) }) };
}

/** What follows `create view NAME as`; with a list of columns, what follows the name: `(a, b) as select …`. */
function viewDefinition(sql: string): string {
  const tokens = placeTokens(sql);
  const start = tokens.findIndex((token, at) => at > 1 && (token.text === '(' || isWord(token, 'as')));
  const token = tokens[start];
  if (!token) return sql;
  return sql.slice(token.text === '(' ? token.start : token.end).trim();
}
