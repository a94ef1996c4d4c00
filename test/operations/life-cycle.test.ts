import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeOperation, type Dialect } from '../../src/dialects/dialect.ts';
import { loadDialect } from '../../src/dialects/index.ts';
import { MigrateError } from '../../src/errors.ts';
import { applyOperation, type Operation, type OperationKind } from '../../src/operations/index.ts';
import { preCheck } from '../../src/check/pre-check.ts';
import type { Session } from '../../src/dialects/session.ts';
import { withSession } from '../support/open-session.ts';
import { emptySchema, type Column, type Schema } from '../../src/schema/schema.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { compareOracles } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { allCases, lifeCycleCases, type NumberedCase } from './cases/index.ts';
import { comparable } from './comparable.ts';
import { refusalOf, refusedTitles, type Refusal } from './not-supported.ts';
import { fill, placeOf, tablesOf } from './place.ts';
import { belongs, planOf, runCycles, sliceOf, type CaseLife, type Lives, type Moment } from './run-cycles.ts';

test('every kind has a case, and every refusal is of one', () => {
  expect((Object.keys(lifeCycleCases) as OperationKind[]).filter((kind) => lifeCycleCases[kind].length === 0)).toEqual(
    [],
  );
  const titles = allCases.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(refusedTitles.filter((title) => !titles.includes(title))).toEqual([]);
});

describe.each(databaseKinds)('%s', (kind) => {
  const supported = allCases.filter(({ title }) => !refusalOf(title, kind));
  const refused = allCases.filter(({ title }) => refusalOf(title, kind));

  describe('goes there, back and there again', () => {
    let database: TestDatabase;
    let lives: Lives;
    let dialect: Dialect;

    beforeAll(async () => {
      dialect = await loadDialect(kind);
      database = await createDatabase(kind, { name: 'lives' });
      lives = await runCycles(database, supported);
    }, 300_000);
    afterAll(() => database?.drop());

    test.each(supported)('$title', ({ number }) => {
      const life = lives.cases.find(({ item }) => item.number === number);
      if (!life) throw new Error('the case was not run');
      expect(life.error).toBeUndefined();
      expectApplied(life, lives, dialect);
      expectUndone(life, lives, dialect);
      expectAgain(life, lives, dialect);
      proof('operation life cycle', kind);
    });

    test('the comparison finds nothing to do for what was applied, without any memory', () => {
      expect(lives.differences).toEqual([]);
    });

    test('the log is whole, and told every step', () => {
      expect(lives.damage).toBeUndefined();
      expect(lives.cases.filter(({ events }) => events !== undefined && events.length === 0)).toEqual([]);
    });
  });

  describe('says what it does not support, as the server does', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await createDatabase(kind, { name: 'refused' });
    });
    afterAll(() => database?.drop());

    test.each(refused)('$title', async (item) => {
      const refusal = refusalOf(item.title, kind);
      if (!refusal) throw new Error('the case is not refused');
      await expectRefused(item, refusal, database);
      proof('operation life cycle', kind);
    });
  });
});

/** The oracle sees a change, our inspection what the operation said, and no other row or column is touched. */
function expectApplied(life: CaseLife, { start, applied }: Lives, dialect: Dialect): void {
  const { item, place, expected } = life;
  const seen = {
    oracle: compare(start, applied, place.table),
    'index names': namesOf(start, applied, place.table),
    rows: rowsOf(start, applied, place.table),
  };
  if (item.noChangeOn?.includes(place.kind)) expect(seen.oracle).toEqual([]);
  else expect(seen[item.seenBy ?? 'oracle']).not.toEqual([]);
  if (!item.noChangeOn?.includes(place.kind))
    expect(comparable(sliceOf(applied.schema, place.table), dialect)).toEqual(
      comparable(expected ?? emptySchema, dialect),
    );
  if (item.seenBy !== 'rows') expectKept(life, [start, applied]);
  expectAnswers(life, applied);
}

/** The event's own undo brings back the schema by the oracle, and bit-equal rows where it says so. */
function expectUndone(life: CaseLife, { start, applied, undone }: Lives, dialect: Dialect): void {
  const { place, restores } = life;
  if (restores === 'nothing') return;
  expect(compare(start, undone, place.table)).toEqual([]);
  expect(namesOf(start, undone, place.table)).toEqual([]);
  expect(comparable(sliceOf(undone.schema, place.table), dialect)).toEqual(
    comparable(sliceOf(start.schema, place.table), dialect),
  );
  if (restores === 'everything') expect(rowsOf(start, undone, place.table)).toEqual([]);
  else expectKept(life, [start, applied, undone]);
}

function expectAgain(life: CaseLife, { applied, again }: Lives, dialect: Dialect): void {
  const { item, place } = life;
  expect(compare(applied, again, place.table)).toEqual([]);
  expect(namesOf(applied, again, place.table)).toEqual([]);
  expect(comparable(sliceOf(again.schema, place.table), dialect)).toEqual(
    comparable(sliceOf(applied.schema, place.table), dialect),
  );
  if (life.restores === 'everything' && !item.tellsTime) expect(rowsOf(applied, again, place.table)).toEqual([]);
  expectAnswers(life, again);
}

function expectAnswers({ item, place }: CaseLife, moment: Moment): void {
  for (const [sql, ...rows] of item.asks?.(place) ?? []) expect([sql, moment.answers[sql]]).toEqual([sql, rows]);
}

/** Columns that are the same at all these moments hold the same values in every row at the first and the last. */
function expectKept({ place }: CaseLife, moments: readonly Moment[]): void {
  const tables = moments.map(({ schema }) => sliceOf(schema, place.table).tables);
  for (const name of Object.keys(tables[0] ?? {}).filter((table) => tables.every((found) => found[table]))) {
    const columns = unchangedColumns(tables.map((found) => found[name]?.columns ?? {}));
    const pick = (moment: Moment | undefined): string[] =>
      (moment?.rows[name] ?? []).map((row) => JSON.stringify(columns.map((column) => row[column] ?? null))).toSorted();
    expect(pick(moments.at(-1))).toEqual(pick(moments[0]));
  }
}

function unchangedColumns([first = {}, ...others]: readonly Readonly<Record<string, Column>>[]): string[] {
  const fact = (column: Column | undefined): unknown =>
    column && !column.generated && JSON.stringify([column.type, column.collation]);
  return Object.keys(first).filter(
    (name) => fact(first[name]) && others.every((columns) => fact(columns[name]) === fact(first[name])),
  );
}

function compare(first: Moment, second: Moment, prefix: string): string[] {
  const lines = (name: string, all: readonly string[]): readonly string[] =>
    belongs(name, prefix) ? all : name === 'database' ? all.filter((line) => belongs(line, prefix)) : [];
  const part = ({ oracle }: Moment) => ({
    ...oracle,
    objects: Object.fromEntries(
      Object.entries(oracle.objects)
        .map(([name, all]) => [name, lines(name, all)] as const)
        .filter(([, kept]) => kept.length > 0),
    ),
  });
  return compareOracles(part(first), part(second));
}

function namesOf(first: Moment, second: Moment, prefix: string): string[] {
  return differing(first.indexNames, second.indexNames, prefix);
}

function rowsOf(first: Moment, second: Moment, prefix: string): string[] {
  return differing(first.rows, second.rows, prefix);
}

function differing(
  first: Readonly<Record<string, unknown>>,
  second: Readonly<Record<string, unknown>>,
  prefix: string,
): string[] {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])].filter((name) => belongs(name, prefix));
  return names.filter((name) => JSON.stringify(first[name]) !== JSON.stringify(second[name]));
}

async function expectRefused(item: NumberedCase, refusal: Refusal, database: TestDatabase): Promise<void> {
  const dialect = await loadDialect(database.kind);
  const place = placeOf(database.kind, item.number);
  await withSession(database, async (session) => {
    await dialect.prepareSession(session);
    const given = (item.given?.(place) ?? []).filter((step) => typeof step !== 'string');
    const tables = tablesOf(place).map((table): Operation => ({ kind: 'createTable', table }));
    const answers = await refusalsOf([...tables, ...given], [item.operation(place), ...(item.with?.(place) ?? [])], {
      session,
      dialect,
    });
    expect(answers).not.toEqual([]);
    expect(answers).toEqual(answers.map(({ link }) => ({ code: 'NOT_SUPPORTED', link })));
    expect(answers.map(({ link }) => new URL(link).host)).toContain(new URL(refusal.manual).host);
  });
  await expectServerRefuses(refusal, database, place);
}

/** What the writer refuses of what is given, and then the plan or the check of it. */
async function refusalsOf(
  given: readonly Operation[],
  operations: readonly Operation[],
  { session, dialect }: { session: Session; dialect: Dialect },
): Promise<{ code: string; link: string }[]> {
  let schema: Schema = emptySchema;
  const found: { readonly code: string; readonly message: string }[] = [];
  for (const operation of given) {
    const before = schema;
    const error = thrownBy(() => void writeOperation(dialect, operation, before));
    if (error !== undefined && !(error instanceof MigrateError)) throw new Error('the writer failed', { cause: error });
    if (error instanceof MigrateError) found.push(error);
    schema = applyOperation(schema, operation);
  }
  const plan = planOf(operations, schema, dialect);
  const steps = [...given.flatMap((operation) => planOf([operation], emptySchema, dialect).steps), ...plan.steps];
  found.push(...plan.blocked, ...(await preCheck(session, dialect, steps, emptySchema)).blocked);
  return found.map(({ code, message }) => ({ code, link: /https:\/\/[^ )]+/u.exec(message)?.[0] ?? '' }));
}

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

const missing: { readonly [K in DatabaseKind]: RegExp } = {
  sqlite: /no such (table|column)/u,
  postgresql: /(relation|column) .* does not exist/u,
  mysql: /doesn't exist|Unknown column/u,
  mariadb: /doesn't exist|Unknown column/u,
};

/** The statement is refused for what it asks, not because something it names is not there. */
async function expectServerRefuses(
  { sql, shows }: Refusal,
  database: TestDatabase,
  place: ReturnType<typeof placeOf>,
): Promise<void> {
  const dialect = await loadDialect(database.kind);
  for (const table of tablesOf(place)) {
    await database.run(writeOperation(dialect, { kind: 'createTable', table }, emptySchema).map(({ text }) => text));
  }
  await fill(database, place);
  const statements = [sql(place)].flat();
  const question = shows?.(place);
  await database.run(question ? statements : statements.slice(0, -1));
  if (question) {
    expect((await database.query(question[0])).flatMap((row) => Object.values(row))).toEqual([question[1]]);
    return;
  }
  const answer = await database.query(statements.at(-1) ?? '').then(
    () => 'the server took it',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  expect(answer).not.toBe('the server took it');
  expect(answer).not.toMatch(missing[database.kind]);
}
