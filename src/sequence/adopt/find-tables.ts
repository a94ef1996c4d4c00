import type { Dialect } from '../../dialects/dialect.ts';
import type { Session } from '../../dialects/session.ts';
import { parseTableKey, tableKey } from '../../schema/names.ts';
import type { Schema, Table } from '../../schema/schema.ts';
import type { ForeignTool, HistoryTable } from './foreign-tool.ts';

/** A table that has the name and the columns of a tool's. */
export interface FoundTable {
  readonly tool: ForeignTool;
  readonly shape: HistoryTable;
  /** Its key in a schema. */
  readonly key: string;
  /** Those columns that are read, as the database spells them. */
  readonly columns: readonly string[];
}

/** The tables of tools that are in a database: by name and columns, in one look at the catalogs. */
export async function findTables(
  tools: readonly ForeignTool[],
  session: Session,
  dialect: Dialect,
): Promise<readonly FoundTable[]> {
  const shapes = tools.flatMap((tool) => shapesOf(tool).map((shape) => ({ tool, shape })));
  const { defaultNamespace } = dialect.traits;
  const keys = shapes.flatMap(({ shape }) => keysOf(shape, defaultNamespace));
  const namespaces = defaultNamespace === undefined ? [] : shapes.flatMap(({ shape }) => elsewhere(shape));
  const { tables } = await dialect.inspect(session, { namespaces, tables: keys });
  return tablesOfTools(tools, tables, defaultNamespace);
}

/** Those of some tables that are a tool's. Pure. */
export function tablesOfTools(
  tools: readonly ForeignTool[],
  tables: Schema['tables'],
  defaultNamespace: string | undefined,
): readonly FoundTable[] {
  const shapes = tools.flatMap((tool) => shapesOf(tool).map((shape) => ({ tool, shape })));
  return shapes.flatMap(({ tool, shape }) =>
    Object.entries(tables).flatMap(([key, table]) => {
      const columns = fittingColumns(key, table, shape, defaultNamespace);
      return columns ? [{ tool, shape, key, columns }] : [];
    }),
  );
}

/** Every table that a tool is known by, its history first. */
export function shapesOf({ tables, beside = [] }: ForeignTool): readonly HistoryTable[] {
  return [...tables, ...beside];
}

function keysOf(shape: HistoryTable, defaultNamespace: string | undefined): readonly string[] {
  const namespaces = defaultNamespace === undefined ? [] : elsewhere(shape);
  return shape.names.flatMap((name) => [tableKey(name), ...namespaces.map((namespace) => tableKey(name, namespace))]);
}

/** The namespaces to look in, besides the default one. */
function elsewhere({ within, namespaces = [] }: HistoryTable): readonly string[] {
  return within === undefined ? namespaces : [within];
}

/** True for a table's namespace (`undefined` for the default one) in which the shape is looked for. */
function isIn(namespace: string | undefined, shape: HistoryTable, defaultNamespace: string | undefined): boolean {
  if (shape.within !== undefined) return (namespace ?? defaultNamespace) === shape.within;
  return namespace === undefined || elsewhere(shape).includes(namespace);
}

/** The table's own spelling of the columns to read; `undefined` where it is not the tool's table. */
function fittingColumns(
  key: string,
  table: Table,
  shape: HistoryTable,
  defaultNamespace: string | undefined,
): readonly string[] | undefined {
  const { name, namespace } = parseTableKey(key);
  const isNamed = shape.names.some((known) => known.toLowerCase() === name.toLowerCase());
  if (!isNamed || !isIn(namespace, shape, defaultNamespace)) return undefined;
  const present = Object.keys(table.columns);
  const spelled = (wanted: string): string | undefined => present.find((column) => column.toLowerCase() === wanted);
  if (shape.columns.some((column) => spelled(column) === undefined)) return undefined;
  if (shape.alone && present.length > shape.columns.length) return undefined;
  return [...shape.columns, ...(shape.optional ?? [])].flatMap((column) => spelled(column) ?? []);
}
