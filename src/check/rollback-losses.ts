import type { Dialect, Statement } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import { partsOf } from '../operations/alter-table.ts';
import { applyOperation, type Operation } from '../operations/index.ts';
import type { Blocked } from '../plan/plan-file.ts';
import { takesAway, type Loss } from '../plan/rollback-plan.ts';
import type { PlacedStep } from '../plan/rollback-steps.ts';
import { entryOf } from '../schema/entry-of.ts';
import { displayTable } from '../schema/names.ts';
import type { Column, Schema } from '../schema/schema.ts';
import { followNames, type NamesNow } from './names-now.ts';

/** What steps would take away from the rows of now, by the step's id, and what cannot be done for their sake. */
export interface RowEffects {
  readonly losses: ReadonlyMap<string, readonly Loss[]>;
  readonly blocked: readonly Blocked[];
}

/** Counts rows and values that go with tables and columns, and looks for rows that have no place afterwards. Writes nothing. */
export async function evaluateRows(
  session: Session,
  dialect: Dialect,
  { placed, actual }: { readonly placed: readonly PlacedStep[]; readonly actual: Schema },
): Promise<RowEffects> {
  const parts = placed.flatMap(({ step }) => partsOf(step.operation));
  const going = new Set(parts.flatMap((part) => (part.kind === 'dropTable' ? [part.table.name] : [])));
  const losses = new Map<string, readonly Loss[]>();
  const blocked: Blocked[] = [];
  const names = followNames();
  for (const { step, before } of placed) {
    const { id, operation, summary } = step;
    const counted: Loss[] = [];
    let schema = before;
    for (const part of partsOf(operation)) {
      const asked = { session, dialect, actual, names, schema, going };
      counted.push(...(await lossesOf(part, asked)));
      const problem = await problemOf(part, asked);
      if (problem !== undefined) blocked.push({ code: 'ROWS_VIOLATE', step: id, message: `${summary}: ${problem}` });
      names.pass(part);
      schema = applyOperation(schema, part);
    }
    losses.set(
      id,
      counted.filter(({ count }) => count > 0),
    );
  }
  return { losses, blocked };
}

/**
 * What goes with one operation, counted on the rows of now; `undefined` where it takes no table or column away. Writes
 * nothing.
 */
export async function countGoing(
  operation: Operation,
  {
    session,
    dialect,
    schema: before,
  }: { readonly session: Session; readonly dialect: Dialect; readonly schema: Schema },
): Promise<readonly Loss[] | undefined> {
  const parts = partsOf(operation);
  if (!parts.some(takesAway)) return undefined;
  const counted: Loss[] = [];
  const names = followNames();
  let schema = before;
  for (const part of parts) {
    const asked = { session, dialect, actual: before, names, schema, going: new Set<string>() };
    counted.push(...(await lossesOf(part, asked)));
    names.pass(part);
    schema = applyOperation(schema, part);
  }
  return counted.filter(({ count }) => count > 0);
}

interface Asked {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly actual: Schema;
  /** As it is just before the operation. */
  readonly schema: Schema;
  readonly names: NamesNow;
  /** Tables that go as a whole: their columns are counted with them. */
  readonly going: ReadonlySet<string>;
}

async function lossesOf(part: Operation, asked: Asked): Promise<Loss[]> {
  if (!takesAway(part)) return [];
  if (part.kind === 'dropTable') return rowsOf(part.table.name, asked);
  return asked.going.has(part.table) ? [] : valuesOf(part.table, part.column.name, asked);
}

async function rowsOf(table: string, { session, dialect, actual, names }: Asked): Promise<Loss[]> {
  const now = names.table(table);
  if (!entryOf(actual.tables, now)) return [];
  return [{ kind: 'rows', table, count: await countOf(session, dialect.queries.countRows(now)) }];
}

async function valuesOf(table: string, column: string, { session, dialect, actual, names }: Asked): Promise<Loss[]> {
  const now = { table: names.table(table), column: names.column(table, column) };
  if (!entryOf(entryOf(actual.tables, now.table)?.columns, now.column)) return [];
  const rows = await countOf(session, dialect.queries.countRows(now.table));
  const nulls = await countOf(session, dialect.queries.countNulls(now.table, now.column));
  return [{ kind: 'values', table, column, count: rows - nulls }];
}

async function problemOf(part: Operation, asked: Asked): Promise<string | undefined> {
  if (part.kind === 'addColumn') return emptyColumn(part.table, part.column, asked);
  if (part.kind === 'alterEnum') return valuesInUse(part.name, part.to, asked);
  return undefined;
}

/** A column comes back empty: rows that are there would have no value where they must. */
async function emptyColumn(
  table: string,
  { name, nullable, default: value, generated, autoIncrement }: Column,
  { session, dialect, actual, names }: Asked,
): Promise<string | undefined> {
  if (nullable || value || generated || autoIncrement) return undefined;
  const now = names.table(table);
  if (!entryOf(actual.tables, now)) return undefined;
  const rows = await countOf(session, dialect.queries.countRows(now));
  return rows === 0
    ? undefined
    : `${rows} rows would have no value in ${displayTable(table)}.${name}, which must have one`;
}

async function valuesInUse(name: string, values: readonly string[], asked: Asked): Promise<string | undefined> {
  const { session, dialect, schema, actual, names } = asked;
  let count = 0;
  for (const table of Object.values(schema.tables)) {
    for (const column of Object.values(table.columns).filter(
      ({ type }) => type.type === 'enum' && type.name === name,
    )) {
      const now = { ...column, name: names.column(table.name, column.name) };
      if (!entryOf(entryOf(actual.tables, names.table(table.name))?.columns, now.name)) continue;
      const statement = dialect.queries.sampleMisfits(names.table(table.name), now, { type: 'enum', values });
      const found = statement ? await session.query(statement.text, statement.parameters) : [];
      count += found.reduce((sum, row) => sum + Number(row['n'] ?? 1), 0);
    }
  }
  return count === 0 ? undefined : `${count} rows hold a value that goes`;
}

async function countOf(session: Session, { text, parameters }: Statement): Promise<number> {
  const [row] = await session.query<{ n: unknown }>(text, parameters);
  return Number(row?.n ?? 0);
}
