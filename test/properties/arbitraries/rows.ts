import { quoteName } from '../../support/connections/quote.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { kindOf, type Value } from './kinds.ts';
import { pick, type ColumnModel, type Model, type TableModel } from './model.ts';
import { effectiveKind } from './render.ts';

/** Rows that a table already has: the values of its key, so that others can refer to them. */
type Keys = Map<number, Value[][]>;

/**
 * Fills the tables with values from the borders of their types: about a third repeat an earlier row, many are NULL. A row
 * that a constraint refuses is left out. How many rows there are.
 */
export async function fillTables(model: Model, database: TestDatabase, seed: number): Promise<number> {
  const random = randomFrom(seed);
  const keys: Keys = new Map();
  let count = 0;
  for (const table of parentsFirst(model)) {
    const rows = 2 + (random() % 8);
    let last: Map<number, Value | null> | undefined;
    for (let at = 0; at < rows; at += 1) {
      const repeated = random() % 10 < 3 ? last : undefined;
      const row = drawRow(model, table, { at, random, keys, repeated, database });
      if (!(await insert(database, table, row))) continue;
      last = row;
      count += 1;
      const key = table.key.map((id) => row.get(id) ?? 0);
      keys.set(table.id, [...(keys.get(table.id) ?? []), key]);
    }
  }
  return count;
}

interface RowContext {
  readonly at: number;
  readonly random: () => number;
  readonly keys: Keys;
  readonly repeated: ReadonlyMap<number, Value | null> | undefined;
  readonly database: TestDatabase;
}

function drawRow(model: Model, table: TableModel, context: RowContext): Map<number, Value | null> {
  const parents = new Map(
    table.foreignKeys.map((key) => [key.id, pick(context.keys.get(key.table) ?? [], context.random())]),
  );
  return new Map(
    table.columns
      .filter((column) => !column.generated)
      .map((column) => [column.id, drawValue(model, table, column, parents, context)]),
  );
}

function drawValue(
  model: Model,
  table: TableModel,
  column: ColumnModel,
  parents: ReadonlyMap<number, Value[] | undefined>,
  { at, random, repeated }: RowContext,
): Value | null {
  const kind = effectiveKind(model, table, column);
  if (table.key.includes(column.id)) return keyValue(kind, at);
  const isNull = column.nullable && random() % 10 < 3;
  const reference = table.foreignKeys.find(({ columns }) => columns.includes(column.id));
  if (reference) {
    const parent = parents.get(reference.id);
    return isNull || !parent ? null : (parent[reference.columns.indexOf(column.id)] ?? null);
  }
  const before = repeated?.get(column.id);
  if (before !== undefined) return before;
  return isNull ? null : (pick(kindOf(kind).values, random()) ?? null);
}

function keyValue(kind: string, at: number): Value {
  const { type, family } = kindOf(kind);
  if (type.type === 'uuid') return `00000000-0000-0000-0000-${String(at).padStart(12, '0')}`;
  return family === 'text' ? `k${at}'` : at + 1;
}

async function insert(
  database: TestDatabase,
  table: TableModel,
  row: ReadonlyMap<number, Value | null>,
): Promise<boolean> {
  const columns = table.columns.filter(({ id }) => row.has(id));
  const values = columns.map(({ id, kind }) => spell(row.get(id) ?? null, kind, database));
  const names = columns.map(({ name }) => quoteName(database.kind, name)).join(', ');
  const marks = columns.map((_, at) => (database.kind === 'postgresql' ? `$${at + 1}` : '?')).join(', ');
  try {
    await database.query(`insert into ${quoteName(database.kind, table.name)} (${names}) values (${marks})`, values);
    return true;
  } catch {
    return false;
  }
}

/** Drivers of the tests send text where the server shall read the value. */
function spell(value: Value | null, kind: string, { kind: database }: TestDatabase): Value | null {
  if (value === null || Buffer.isBuffer(value) || database !== 'postgresql') return value;
  return kind === 'bool' ? String(value === 1) : String(value);
}

function parentsFirst({ tables }: Model): TableModel[] {
  const order = new Set<TableModel>();
  const visit = (table: TableModel | undefined, path: readonly TableModel[]): void => {
    if (!table || path.includes(table) || order.has(table)) return;
    for (const key of table.foreignKeys)
      visit(
        tables.find(({ id }) => id === key.table),
        [...path, table],
      );
    order.add(table);
  };
  for (const table of tables) visit(table, []);
  return [...order];
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
