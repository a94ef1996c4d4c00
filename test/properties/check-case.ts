import type { EventPayload } from '../../src/history/event.ts';
import type { Survey } from '../../src/stages/survey.ts';
import { isSameData } from '../../src/schema/canonical.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { TestDatabase } from '../support/databases.ts';
import { migrateSchema, type SchemaBench, type Wish } from '../support/migrate-schema.ts';
import { compareOracles, type OracleDocument } from '../support/oracle/index.ts';
import { readRows } from '../support/rows.ts';
import { buildModel } from './arbitraries/build.ts';
import type { DrawnEdit, DrawnSchema } from './arbitraries/draw.ts';
import { applyEdit } from './arbitraries/edits.ts';
import type { Model } from './arbitraries/model.ts';
import { fillTables } from './arbitraries/rows.ts';
import { renderModel } from './arbitraries/render.ts';
import { keptColumns, optionsBetween } from './between.ts';
import { leftovers } from './leftovers.ts';

/** Schema A with rows, the edits that make B of it, and after how many of them C begins. */
export interface PropertyCase {
  readonly schema: DrawnSchema;
  readonly edits: readonly DrawnEdit[];
  readonly rows: number;
  readonly split: number;
}

/** What of the eight properties a case could show. */
export interface CaseReport {
  readonly outcome: 'applied' | 'refused';
  readonly rows: number;
  readonly steps: number;
  readonly undone: boolean;
  readonly kept: number;
  readonly paths: boolean;
}

/** A bench, and what its database looks like now. */
export interface Bench extends SchemaBench {
  look(): Promise<OracleDocument>;
}

/** Two databases of one kind: where A is changed, and where schemas are made afresh. */
export interface Benches {
  readonly main: Bench;
  readonly other: Bench;
  /** Kinds of columns that the database tells apart. */
  readonly kinds: readonly string[];
}

/** Checks P1 to P8 on one case; throws what is violated. */
export async function checkCase({ main, other, kinds }: Benches, drawn: PropertyCase): Promise<CaseReport> {
  const { kind } = main.database;
  const a = buildModel(drawn.schema);
  const b = drawn.edits.reduce((model, edit) => applyEdit(model, edit, kinds), a);
  const wish = { schema: renderModel(b, kind), tables: optionsBetween(a, b, kind) };
  const before = await start(main, a, drawn.rows);
  const seen = await surveyTwice(main, wish);
  const paths = await checkPaths(other, { a, b, drawn, kinds });
  if (seen.plan.blocked.length > 0) {
    await expectUnchanged(main, before, 'P5: a refused plan changed something');
    return { outcome: 'refused', rows: before.count, steps: 0, undone: false, kept: 0, paths: false };
  }
  const events = await step('P5: failed midway', () => main.apply(wish, seen));
  await expectConverged(main, wish.schema, 'P1');
  const kept = await expectKept(main, before, a, b, wish);
  const oracle = await main.look();
  await expectFresh(other, b, oracle);
  if (paths) expectSame(oracle, paths, 'P6: A → B → C differs from A → C');
  const undone = await takeBack(main, seen, events, before);
  return {
    outcome: 'applied',
    rows: before.count,
    steps: seen.plan.steps.length,
    undone,
    kept,
    paths: paths !== undefined,
  };
}

interface Before {
  readonly oracle: OracleDocument;
  readonly tables: readonly string[];
  readonly rows: Readonly<Record<string, unknown>>;
  readonly count: number;
}

/** A, made from nothing, with its rows. */
async function start(bench: Bench, model: Model, seed: number): Promise<Before> {
  await bench.clear();
  const schema = renderModel(model, bench.database.kind);
  await step('P1: making A', () => migrateSchema(bench, { schema }));
  await expectConverged(bench, schema, 'P1 after making A');
  const count = await fillTables(model, bench.database, seed);
  const tables = Object.keys(schema.tables);
  return { oracle: await bench.look(), tables, rows: await snapshot(bench.database, tables), count };
}

async function surveyTwice(bench: SchemaBench, wish: Wish): Promise<Survey> {
  const first = await step('P8: planning', () => bench.plan(wish));
  const second = await bench.plan(wish);
  // How large a table is, a server only estimates, and looks anew whenever it likes; of which tables it is asked is ours.
  const [one, other] = [first, second].map(({ plan }) =>
    JSON.stringify({ ...plan, estimates: Object.keys(plan.estimates) }),
  );
  if (one !== other) fail('P8: two plans of one state differ', [String(one), String(other)]);
  return first;
}

/** P3: all events taken back bring catalog and rows back, where each says that it restores everything. */
async function takeBack(bench: Bench, seen: Survey, events: readonly EventPayload[], before: Before): Promise<boolean> {
  if (!seen.plan.steps.every(({ undo }) => undo.restores === 'everything')) return false;
  await step('P3: taking back', () => bench.undo(events));
  await expectUnchanged(bench, before, 'P3: taken back, and not as before');
  return true;
}

async function expectConverged(bench: SchemaBench, schema: Schema, what: string): Promise<void> {
  const left = leftovers((await bench.plan({ schema })).plan);
  if (left.length > 0) fail(`${what}: the next plan is not empty`, left);
}

async function expectUnchanged({ database, look }: Bench, before: Before, what: string): Promise<void> {
  expectSame(before.oracle, await look(), what);
  const rows = await snapshot(database, before.tables);
  for (const table of before.tables)
    if (!isSameData(before.rows[table], rows[table]))
      fail(`${what}: rows of ${table}`, [JSON.stringify(before.rows[table]), JSON.stringify(rows[table])]);
}

/** P4: columns that A and B have in common keep every value. */
async function expectKept(
  { database, dialect }: SchemaBench,
  before: Before,
  a: Model,
  b: Model,
  wish: Wish,
): Promise<number> {
  let cells = 0;
  for (const { from, to, columns } of keptColumns(a, b, dialect, wish)) {
    const rows = (before.rows[from] ?? []) as Record<string, unknown>[];
    const old = sorted(rows.map((row) => columns.map(([name]) => row[name])));
    const now = sorted((await readRows(database, to)).map((row) => columns.map(([, name]) => row[name])));
    if (JSON.stringify(old) !== JSON.stringify(now))
      fail(`P4: values of ${from} (${columns.map(([name]) => name).join(', ')})`, [
        JSON.stringify(old),
        JSON.stringify(now),
      ]);
    cells += old.length * columns.length;
  }
  return cells;
}

/** P2 and P7: the same as B made from nothing, whatever the order in which its tables and columns are declared. */
async function expectFresh(bench: Bench, b: Model, oracle: OracleDocument): Promise<void> {
  const schema = shuffled(renderModel(b, bench.database.kind));
  await bench.clear();
  await step('P7: making B from nothing', () => migrateSchema(bench, { schema }));
  expectSame(oracle, await bench.look(), 'P2, P7: changed to B differs from B made from nothing');
}

/** P6: over B to C; `undefined` where a step of the way is refused. Without rows, so that only the models matter. */
async function checkPaths(
  bench: Bench,
  { a, b, drawn, kinds }: { a: Model; b: Model; drawn: PropertyCase; kinds: readonly string[] },
): Promise<OracleDocument | undefined> {
  const { kind } = bench.database;
  const between = drawn.edits
    .slice(0, drawn.split % drawn.edits.length)
    .reduce((model, edit) => applyEdit(model, edit, kinds), a);
  await bench.clear();
  let last = a;
  for (const model of [a, between, b]) {
    const wish = { schema: renderModel(model, kind), tables: optionsBetween(last, model, kind) };
    const seen = await bench.plan(wish);
    if (seen.plan.blocked.length > 0) return undefined;
    await step('P5: failed midway, without rows', () => bench.apply(wish, seen));
    last = model;
  }
  return bench.look();
}

async function snapshot(database: TestDatabase, tables: readonly string[]): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = Object.create(null);
  for (const table of tables) rows[table] = await readRows(database, table);
  return rows;
}

function expectSame(a: OracleDocument, b: OracleDocument, what: string): void {
  const differences = compareOracles(a, b);
  if (differences.length > 0) fail(what, differences);
}

function sorted(rows: readonly unknown[]): unknown[] {
  return rows
    .map((row) => [JSON.stringify(row), row] as const)
    .toSorted(([x], [y]) => (x < y ? -1 : Number(x > y)))
    .map(([, row]) => row);
}

/** Everything in the opposite order. */
function shuffled(schema: Schema): Schema {
  const turn = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).toReversed());
  const tables = Object.entries(turn(schema.tables)).map(
    ([name, table]) =>
      [
        name,
        {
          ...table,
          columns: turn(table.columns),
          indexes: table.indexes.toReversed(),
          foreignKeys: table.foreignKeys.toReversed(),
          checks: table.checks.toReversed(),
        },
      ] as const,
  );
  return { tables: Object.fromEntries(tables), views: turn(schema.views), enums: turn(schema.enums) };
}

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function fail(what: string, lines: readonly string[]): never {
  throw new Error(`${what}\n  ${lines.join('\n  ')}`);
}
