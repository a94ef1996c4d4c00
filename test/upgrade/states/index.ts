import type { TestDatabase } from '../../support/databases.ts';
import { halfApplied } from './half-applied.ts';
import type { NotOurs, OldState } from './old-state.ts';
import type { OldTable } from './old-table.ts';
import { buildRows } from './rows.ts';
import type { Row, RowOptions, Value } from './rows.ts';
import { createTableSql, quoteName } from './spelling.ts';
import { stateA } from './state-a.ts';
import { stateB } from './state-b.ts';
import { stateC } from './state-c.ts';
import { stateD } from './state-d.ts';
import { stateE } from './state-e.ts';
import { stateF } from './state-f.ts';
import { stateG } from './state-g.ts';
import { stateH } from './state-h.ts';

export type { NotOurs } from './old-state.ts';

const states = {
  A: stateA,
  B: stateB,
  C: stateC,
  D: stateD,
  E: stateE,
  F: stateF,
  G: stateG,
  H: stateH,
  ...halfApplied,
} satisfies Readonly<Record<string, OldState>>;

/** `A` to `H`, or two letters: a crash on the way from the one to the other. */
export type StateName = keyof typeof states;

export const stateNames = Object.keys(states) as readonly StateName[];

/** What `buildState` made. */
export interface BuiltState {
  /** The tables with rows to be kept. */
  readonly tables: readonly string[];
  /** How many rows each has. */
  readonly counts: Readonly<Record<string, number>>;
  readonly expected: {
    /** What a plan must leave alone and name. */
    readonly notOurs: readonly NotOurs[];
    /** `table.column`: made nullable, since the models' inserts leave it out. */
    readonly relaxed: readonly string[];
  };
}

/** How much a state holds. */
export interface StateSize extends Pick<RowOptions, 'inmates'> {
  /** A database of the same server, state and size: the rows are read from it there. */
  readonly rowsOf?: TestDatabase;
}

/** Makes an empty database into one of those in the field, with its rows. */
export async function buildState(name: StateName, database: TestDatabase, size: StateSize = {}): Promise<BuiltState> {
  const state: OldState = states[name];
  const counts: Record<string, number> = {};
  for (const table of state.tables(database.kind)) {
    await database.run(createTableSql(database.kind, table));
    counts[table.name] = await fillTable(database, table, size);
  }
  if (state.alembic) counts['alembic_version'] = await recordAlembic(database, state.alembic);
  const expected = { notOurs: state.notOurs(database.kind), relaxed: state.relaxed ?? [] };
  return { tables: Object.keys(counts), counts, expected };
}

async function fillTable(database: TestDatabase, table: OldTable, size: StateSize): Promise<number> {
  const { rowsOf, ...limits } = size;
  // The default collations of MySQL and MariaDB take other letters for the same.
  const caseTwins = database.kind === 'postgresql' || database.kind === 'sqlite';
  const rows = knownRows(table, { ...limits, caseTwins });
  if (rowsOf) {
    const name = quoteName(database.kind, table.name);
    await database.query(`INSERT INTO ${name} SELECT * FROM ${quoteName(database.kind, rowsOf.name)}.${name}`);
    return rows.length;
  }
  const columns = table.columns.filter(({ type }) => type.kind !== 'id').map((column) => column.name);
  const kinds = new Map(table.columns.map((column) => [column.name, column.type.kind]));
  await database.query(database.kind === 'postgresql' || database.kind === 'sqlite' ? 'begin' : 'start transaction');
  for (let from = 0; from < rows.length; from += 500) {
    const batch = rows.slice(from, from + 500);
    const values = batch.flatMap((row: Row) =>
      columns.map((column) => asParameter(database, kinds.get(column), row[column] ?? null)),
    );
    await database.query(insertSql(database, { table: table.name, columns, rows: batch.length }), values);
  }
  await database.query('commit');
  return rows.length;
}

const known = new Map<string, readonly Row[]>();

/** The rows of a table, drawn once for all databases that hold them. */
function knownRows(table: OldTable, options: RowOptions): readonly Row[] {
  const key = JSON.stringify([table.name, table.columns, options]);
  const rows = known.get(key) ?? buildRows(table, options);
  known.set(key, rows);
  return rows;
}

function insertSql(
  database: TestDatabase,
  insert: { table: string; columns: readonly string[]; rows: number },
): string {
  const quote = (name: string): string => quoteName(database.kind, name);
  let place = 0;
  const placeholder = (): string => (database.kind === 'postgresql' ? `$${++place}` : '?');
  const tuples = Array.from({ length: insert.rows }, () => `(${insert.columns.map(placeholder).join(', ')})`);
  return `INSERT INTO ${quote(insert.table)} (${insert.columns.map(quote).join(', ')}) VALUES ${tuples.join(', ')}`;
}

/** As the old service's drivers wrote it: on SQLite, SQLAlchemy stored a point in time with six decimals. */
function asParameter(database: TestDatabase, kind: string | undefined, value: Value): Value {
  if (typeof value === 'boolean') return database.kind === 'postgresql' ? value : Number(value);
  if (database.kind === 'sqlite' && kind === 'datetime' && typeof value === 'string') return `${value}.000000`;
  return value;
}

async function recordAlembic(database: TestDatabase, versions: readonly string[]): Promise<number> {
  const key = 'CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)';
  await database.run([
    `CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, ${key})`,
    ...versions.map((version) => `INSERT INTO alembic_version (version_num) VALUES ('${version}')`),
  ]);
  return versions.length;
}
