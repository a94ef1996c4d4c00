import { tableKey } from '../../schema/names.ts';
import type { Schema, Table, Trigger, View } from '../../schema/schema.ts';
import { recordOf } from '../../schema/record-of.ts';
import type { InspectScope } from '../dialect.ts';
import type { Session } from '../session.ts';
import type {
  CatalogQueries,
  CheckRow,
  ClauseRow,
  ColumnRow,
  ForeignKeyRow,
  IndexRow,
  PartitionRow,
  RuleRow,
  TableRow,
  TriggerRow,
  ViewRow,
} from './catalog.ts';
import type { Writing } from './column-sql.ts';
import { readChecks, readColumn } from './read-columns.ts';
import { readForeignKeys, readIndexes, readPrimaryKey } from './read-keys.ts';
import { readPartitioning, readStorage } from './read-storage.ts';
import { readTriggers } from './read-triggers.ts';
import { readViews } from './read-view.ts';

/** Where the two servers' catalogs differ. */
export interface Catalog extends Writing {
  queries(scope: InspectScope): CatalogQueries;
  /** The default of a column, as SQL or as plain text; `undefined` where it has none. */
  readDefault(row: ColumnRow): { readonly sql: string } | { readonly value: string } | undefined;
  /** An expression as SQL, without what the catalog wraps it in. */
  readExpression(text: string): string;
}

/** Reads the whole catalog in nine queries (MySQL: ten); one more for each trigger that holds a quote or backslash, and on MySQL for each view. */
export async function inspect(catalog: Catalog, session: Session, scope: InspectScope): Promise<Schema> {
  const queries = catalog.queries(scope);
  const ask = async <Row extends object>(kind: keyof CatalogQueries): Promise<Row[]> =>
    queries[kind] === undefined ? [] : session.query<Row>(queries[kind]);
  // The longest answer first: the caller has work to do meanwhile.
  const columns = group(inOrder(await ask<ColumnRow>('columns')));
  const tableRows = await ask<TableRow>('tables');
  const indexes = group(inOrder(await ask<IndexRow>('indexes')));
  const foreignKeys = group(await ask<ForeignKeyRow>('foreignKeys'));
  const rules = group(await ask<RuleRow>('rules'));
  const clauses = await ask<ClauseRow>('clauses');
  const hasChecks = queries.clauses === undefined || clauses.length > 0;
  const checks = group(withClauses(hasChecks ? await ask<CheckRow>('checks') : [], clauses));
  const partitions = group(await ask<PartitionRow>('partitions'));
  const triggers = group(await readTriggers(session, await ask<TriggerRow>('triggers')));
  const views = await readViews(session, await ask<ViewRow>('views'));
  const tables = tableRows
    .filter(({ tableName }) => isWanted(scope, tableName))
    .map((row): Table => {
      const of = <Row>(rows: ReadonlyMap<string, Row[]>): Row[] => rows.get(row.tableName) ?? [];
      return buildTable(catalog, row, {
        columns: of(columns),
        indexes: of(indexes),
        foreignKeys: of(foreignKeys),
        rules: of(rules),
        checks: of(checks),
        partitions: of(partitions),
        triggers: of(triggers),
      });
    });
  return {
    tables: byKey(tables),
    views: byKey(views.filter(({ name }) => isWanted(scope, name))),
    enums: {},
  };
}

function withClauses(checks: readonly CheckRow[], clauses: readonly ClauseRow[]): readonly CheckRow[] {
  const byName = new Map(clauses.map(({ constraintName, clause }) => [constraintName, clause]));
  return checks.map((check) => ({ ...check, clause: check.clause || (byName.get(check.constraintName) ?? '') }));
}

interface RowsOfTable {
  readonly columns: readonly ColumnRow[];
  readonly indexes: readonly IndexRow[];
  readonly foreignKeys: readonly ForeignKeyRow[];
  readonly rules: readonly RuleRow[];
  readonly checks: readonly CheckRow[];
  readonly partitions: readonly PartitionRow[];
  readonly triggers: readonly (Trigger & { readonly tableName: string })[];
}

function buildTable(catalog: Catalog, row: TableRow, rows: RowsOfTable): Table {
  const primaryKey = readPrimaryKey(rows.indexes);
  const partitioning = readPartitioning(catalog, rows.partitions);
  const columns = rows.columns.map((column) => readColumn(catalog, column, { table: row, checks: rows.checks }));
  return {
    name: tableKey(row.tableName),
    columns: Object.fromEntries(columns.map((column) => [column.name, column])),
    ...(primaryKey && { primaryKey }),
    indexes: readIndexes(catalog, rows.indexes),
    foreignKeys: readForeignKeys(rows.foreignKeys, rows.rules),
    checks: readChecks(catalog, rows.checks, rows.columns),
    triggers: rows.triggers.map(({ tableName: _, ...trigger }) => trigger),
    ...(partitioning && { partitioning }),
    ...(row.comment ? { comment: row.comment } : {}),
    storage: readStorage(row, rows.partitions),
  };
}

// The catalog compares names by a collation that takes `a` for `á`.
const isWanted = ({ tables }: InspectScope, name: string): boolean =>
  tables === undefined ||
  tables.some((wanted) => wanted.toLowerCase() === name.toLowerCase() || wanted === tableKey(name));

function inOrder<Row extends { readonly position: number }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => Number(a.position) - Number(b.position));
}

function group<Row extends { readonly tableName: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const found = groups.get(row.tableName);
    if (found) found.push(row);
    else groups.set(row.tableName, [row]);
  }
  return groups;
}

function byKey<Item extends Table | View>(items: readonly Item[]): Record<string, Item> {
  return recordOf(items.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
}
