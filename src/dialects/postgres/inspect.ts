import { parseTableKey, tableKey } from '../../schema/names.ts';
import type { EnumType, Schema, Table } from '../../schema/schema.ts';
import { recordOf } from '../../schema/record-of.ts';
import type { InspectScope } from '../dialect.ts';
import type { Session } from '../session.ts';
import type { CatalogRow, ColumnRow, EnumRow, RelationRow } from './catalog.ts';
import { askCatalog } from './prepared-catalog.ts';
import { buildTable, type ColumnName } from './build-table.ts';
import { readView } from './read-view.ts';

/** Reads the catalogs in one query, however many tables. The session must be prepared. */
export async function inspect(session: Session, scope: InspectScope): Promise<Schema> {
  const catalog = await readCatalog(session, scope);
  const { relations, enums } = catalog;
  const columns = groupByTable(catalog.columns);
  const constraints = groupByTable(catalog.constraints);
  const indexes = groupByTable(catalog.indexes);
  const triggers = groupByTable(catalog.triggers);
  const leaning = groupByTable(catalog.leaning);
  const enumTypes = new Map(enums.map((row) => [row.oid, buildEnum(row)]));
  const columnName = nameColumns(columns);
  const isView = ({ kind }: RelationRow): boolean => kind === 'v' || kind === 'm';
  return {
    tables: recordOf(
      relations
        .filter((row) => !isView(row))
        .map((relation): Table => {
          const of = <Row>(rows: ReadonlyMap<string, readonly Row[]>): readonly Row[] => rows.get(relation.oid) ?? [];
          return buildTable({
            relation,
            columns: of(columns),
            constraints: of(constraints),
            indexes: of(indexes),
            triggers: of(triggers),
            leaning: of(leaning),
            enums: enumTypes,
            columnName,
          });
        }),
    ),
    views: recordOf(relations.filter(isView).map((row) => readView(row, triggers.get(row.oid) ?? []))),
    enums: recordOf(enums.filter(({ inside }) => inside).map(buildEnum)),
    ...(catalog.namespaces.length > 0 && { namespaces: catalog.namespaces.map(({ name }) => name) }),
  };
}

async function readCatalog(session: Session, { namespaces = [], tables }: InspectScope): Promise<CatalogRow> {
  const wanted = tables?.map((key) => parseTableKey(key)).map(({ name, namespace }) => [name, namespace ?? null]);
  const spaces = JSON.stringify(namespaces);
  const [row] = wanted
    ? await askCatalog(session, 'tables', [spaces, JSON.stringify(wanted)])
    : await askCatalog(session, 'whole', [spaces]);
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, json]) => [name, JSON.parse(json) as unknown]),
  ) as unknown as CatalogRow;
}

function nameColumns(columns: ReadonlyMap<string, readonly ColumnRow[]>): ColumnName {
  const names = new Map(
    [...columns].map(([table, rows]) => [table, new Map(rows.map(({ number, name }) => [number, name]))]),
  );
  return (table, number) => names.get(table)?.get(number) ?? '';
}

function groupByTable<Row extends { readonly table: string }>(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, ({ table }) => table);
}

function buildEnum({ name, namespace, values }: EnumRow): EnumType {
  return { name: tableKey(name, namespace ?? undefined), values: JSON.parse(values ?? '[]') as string[] };
}
