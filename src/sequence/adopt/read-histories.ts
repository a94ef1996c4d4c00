import type { Dialect } from '../../dialects/dialect.ts';
import { readOnly } from '../../dialects/read-only.ts';
import type { Session } from '../../dialects/session.ts';
import { findTables, type FoundTable } from './find-tables.ts';
import type { ForeignHistory, ForeignTool, TextRow } from './foreign-tool.ts';
import type { Project } from './project.ts';

/** What one tool left in a database. */
export interface FoundHistory extends ForeignHistory {
  readonly tool: ForeignTool;
  /** The key of its table. */
  readonly table: string;
}

/** Where histories are looked for. */
export interface Searched {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly project: Project;
}

/** Reads what the tools left, each name once as it stands last. Nothing can be written meanwhile. */
export async function readHistories(
  tools: readonly ForeignTool[],
  { session, dialect, project }: Searched,
): Promise<readonly FoundHistory[]> {
  const found = await findTables(tools, session, dialect);
  const read = await readOnly(session, dialect, () => readTables(found, session, dialect));
  const histories = read.filter(({ table, rows }) => table.tool.tables.includes(table.shape) && fits(table, rows));
  return Promise.all(
    histories.map(async ({ table, rows }) => {
      const { tool, key } = table;
      const { entries, problems = [] } = await tool.read({ rows, beside: besideOf(table, read), project });
      return { tool, table: key, entries: lastOfEach(entries), problems };
    }),
  );
}

interface ReadTable {
  readonly table: FoundTable;
  readonly rows: readonly TextRow[];
}

async function readTables(found: readonly FoundTable[], session: Session, dialect: Dialect): Promise<ReadTable[]> {
  const read: ReadTable[] = [];
  for (const table of found) {
    const { key, columns, shape } = table;
    const order = shape.orderBy.flatMap((name) => columns.find((column) => column.toLowerCase() === name) ?? []);
    const { text, parameters } = dialect.queries.selectRows(key, columns, order);
    const rows = await session.query(text, parameters);
    read.push({ table, rows: rows.map(textRow) });
  }
  return read;
}

function textRow(row: Record<string, unknown>): TextRow {
  const values = Object.entries(row).map(([name, value]) => [name.toLowerCase(), textOf(value)] as const);
  return Object.fromEntries(values);
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const fits = ({ tool }: FoundTable, rows: readonly TextRow[]): boolean => tool.fits?.(rows) ?? true;

function besideOf({ tool }: FoundTable, read: readonly ReadTable[]): Record<string, readonly TextRow[]> {
  const own = read.filter(({ table }) => table.tool === tool && tool.beside?.includes(table.shape));
  return Object.fromEntries(own.map(({ table, rows }) => [table.shape.names[0] ?? '', rows]));
}

/** A migration that was taken back and applied again, or that runs often, counts as it stands last. */
function lastOfEach(entries: ForeignHistory['entries']): ForeignHistory['entries'] {
  const last = new Map(entries.map((entry) => [entry.name, entry]));
  return entries.filter((entry) => last.get(entry.name) === entry);
}
