import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/events/facts.ts';
import { answer, toggle, undecided } from '../../src/review/decisions.ts';
import { readPayload } from '../../src/history/state.ts';
import { keysOfStep } from '../../src/plan/plan-file.ts';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { readEvents } from '../support/read-events.ts';
import { runCli } from '../support/run-cli.ts';
import { bring, createEngineProject, listener, oneTable, otherTable } from './support/engine-project.ts';

const plain = `name: p.string().length(50), address: p.string().length(50).nullable()`;
const kept = { hash: '', redo: false };

describe.each(databaseKinds)('%s', (kind) => {
  test('a survey tells where the database stands, and what would run', async () => {
    const database = await createDatabase(kind, { name: 'overview' });
    const project = createEngineProject(database);
    const engine = project.engine(oneTable(plain), { options: `{ environment: 'staging' }` });
    const before = await engine.survey(undecided, listener());
    expect(before).toMatchObject({
      place: { environment: 'staging' },
      release: { database: null, standing: 'first' },
      interrupted: [],
      drift: false,
      origins: { item: { entity: 'Item', columns: { address: 'address' } } },
    });
    expect(before.head).toBeUndefined();
    expect(before.plan.steps.map(({ summary }) => summary)).toEqual(['create table item']);
    const result = await engine.migrate({ ...undecided, ...kept, hash: before.reviewHash }, listener());
    expect(result).toMatchObject({ status: 'done', applied: 1, runId: expect.stringMatching(/^[0-9a-f-]{36}$/u) });
    const after = await engine.survey(undecided, listener());
    expect(after.head).toMatchObject({ ...result.head, at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:/u) });
    expect(after.plan.steps).toEqual([]);
    await database.run(['alter table item add foreign_column int']);
    expect((await engine.survey(undecided, listener())).drift).toBe(true);
    await database.drop();
  });

  test('an overview names the history of another tool that was not taken over', async () => {
    const database = await createDatabase(kind, { name: 'stranger' });
    await database.run([
      'create table knex_migrations (id integer not null primary key, name varchar(255), batch integer)',
    ]);
    const engine = createEngineProject(database).engine(oneTable(plain));
    const { notices } = await engine.survey(undecided, listener());
    expect(notices?.filter((text) => text.includes('`migrate adopt --from knex`'))).toHaveLength(1);
    await database.drop();
  });

  test('a step shows its lock, and the way back that the log then keeps', async () => {
    const database = await createDatabase(kind, { name: 'explained' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(`${plain}, age: p.integer().nullable()`)));
    const models = oneTable(
      `name: p.string().length(90), address: p.string().length(50).nullable().index('by_address')`,
      otherTable,
    );
    const engine = project.engine(models);
    const { plan, reviewHash } = await engine.survey(undecided, listener());
    expect(plan.steps.length).toBeGreaterThan(1);
    expect(plan.steps.filter(({ lock }) => lock === undefined)).toEqual([]);
    const { runId } = await engine.migrate({ ...undecided, ...kept, hash: reviewHash }, listener());
    const events = (await readEvents(database)).filter((row) => row.runId === runId && row.event === 'applied');
    expect(events.map((row) => readPayload(row).undo?.sql)).toEqual(plan.steps.map(({ undoSql }) => undoSql));
    await database.drop();
  });

  test('a renamed column is a question, and its answer the plan', async () => {
    const database = await createDatabase(kind, { name: 'question' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    await database.run([`insert into item (id, name, address) values (1, 'a', 'x@y')`]);
    const renamed = `name: p.string().length(50), email: p.string().length(50).nullable(), phone: p.string().length(50).nullable()`;
    const engine = project.engine(oneTable(renamed));
    const asked = await engine.survey(undecided, listener());
    expect(asked.plan.blocked.map(({ code }) => code)).toEqual(['ANSWER_NEEDED', 'ANSWER_NEEDED']);
    expect(asked.plan.questions).toMatchObject([
      { kind: 'rename', table: 'item', column: 'email', candidates: [{ column: 'address' }] },
      { kind: 'rename', table: 'item', column: 'phone', candidates: [{ column: 'address' }] },
    ]);
    const decisions = answer(undecided, 'item', 'email', { renamedFrom: 'address' });
    const answered = await engine.survey(decisions, listener());
    expect(answered.plan.questions).toBeUndefined();
    expect(answered.plan.steps.map(({ operation }) => operation.kind)).toEqual(['renameColumn', 'addColumn']);
    await engine.migrate({ ...decisions, ...kept, hash: answered.reviewHash }, listener());
    expect(await database.query('select email from item')).toEqual([{ email: 'x@y' }]);
    await database.drop();
  });

  test('of a database without a log a person is asked about columns of others, an unattended run is not', async () => {
    const database = await createDatabase(kind, { name: 'stranger' });
    const project = createEngineProject(database);
    await database.run([
      'create table item (id int not null primary key, name varchar(50) not null, address varchar(50))',
      `insert into item (id, name, address) values (1, 'a', 'x@y')`,
    ]);
    const models = oneTable(`name: p.string().length(50), email: p.string().length(50).nullable()`);
    const engine = project.engine(models);
    const asked = await engine.survey(undecided, listener());
    expect(asked.plan.questions).toMatchObject([{ column: 'email', candidates: [{ column: 'address' }] }]);
    const unattended = await runCli(database, ['plan', '--json', '--config', 'state-1.config.ts'], {
      cwd: project.folder,
    });
    const plan = JSON.parse(unattended.stdout) as { blocked: unknown[]; steps: { summary: string }[] };
    expect(plan.blocked).toEqual([]);
    expect(plan.steps.map(({ summary }) => summary)).toContain('add column item.email string(50)');
    const renamed = answer(undecided, 'item', 'email', { renamedFrom: 'address' });
    await bring(engine, renamed);
    expect(await database.query('select email from item')).toEqual([{ email: 'x@y' }]);
    await database.drop();
  });

  test('a value that rows need is a question, for a new column and for NULLs that must go', async () => {
    const database = await createDatabase(kind, { name: 'value' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    await database.run([`insert into item (id, name) values (1, 'a'), (2, 'b')`]);
    const engine = project.engine(
      oneTable(`name: p.string().length(50), address: p.string().length(50), age: p.integer()`),
    );
    const { plan } = await engine.survey(undecided, listener());
    expect(plan.questions).toMatchObject([
      { kind: 'value', table: 'item', column: 'age', type: { type: 'integer' } },
      { kind: 'value', table: 'item', column: 'address', type: { type: 'string', length: 50 } },
    ]);
    expect(plan.blocked.map(({ code }) => code)).toEqual(['VALUE_NEEDED', 'ROWS_VIOLATE']);
    const aged = answer(undecided, 'item', 'age', { backfill: { value: 7 } });
    const decisions = answer(aged, 'item', 'address', { backfill: { sql: `'to ' || name` } });
    const concat = answer(aged, 'item', 'address', { backfill: { sql: `concat('to ', name)` } });
    const given = kind === 'sqlite' || kind === 'postgresql' ? decisions : concat;
    const { plan: next, reviewHash } = await engine.survey(given, listener());
    expect([next.blocked, next.questions]).toEqual([[], undefined]);
    await engine.migrate({ ...given, ...kept, hash: reviewHash }, listener());
    expect(await database.query('select age, address from item order by id')).toMatchObject([
      { address: 'to a' },
      { address: 'to b' },
    ]);
    await database.drop();
  });

  test('what is left out stays out with what needs it, and the next run does it', async () => {
    const database = await createDatabase(kind, { name: 'leftout' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    const models = oneTable(`${plain}, age: p.integer().nullable().index('item_age')`, otherTable);
    const engine = project.engine(models);
    const whole = await engine.survey(undecided, listener());
    const column = whole.plan.steps.find(({ operation }) => operation.kind === 'addColumn');
    const decisions = toggle(undecided, column ? keysOfStep(column) : [], 'planned');
    const { plan, reviewHash } = await engine.survey(decisions, listener());
    expect(plan.withheld.map(({ summary, because }) => `${summary}: ${because}`)).toEqual([
      'add column item.age integer: left out this time',
      'add index item_age on item (age): it needs "add column item.age integer"',
    ]);
    expect(plan.steps.map(({ summary }) => summary)).toEqual(['create table other']);
    expect(reviewHash).not.toBe(whole.reviewHash);
    const result = await engine.migrate({ ...decisions, ...kept, hash: reviewHash }, listener());
    expect(result).toMatchObject({ status: 'done', applied: 1 });
    // Nothing but what was left out is pending, and leaving it out again changes nothing.
    const again = await engine.survey(decisions, listener());
    expect(await engine.migrate({ ...decisions, ...kept, hash: again.reviewHash }, listener())).toMatchObject({
      status: 'nothing',
      applied: 0,
    });
    const [lock] = await database.query('select settled_digest from schema_lock');
    expect(lock?.['settled_digest']).not.toContain(whole.release.mine);
    const run = await runCli(database, ['--ci', '--config', 'state-2.config.ts'], { cwd: project.folder });
    expect(run.stdout).toContain('Total changes applied: 2');
    await database.drop();
  });

  test("a step of a migration file cannot be left out: its file is its author's leave", async () => {
    const database = await createDatabase(kind, { name: 'filestep' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    project.addFiles({
      'migrations/1_age.ts': `import { defineMigration } from 'mikrate';
        const column = { name: 'age', type: { type: 'integer', bits: 32 }, nullable: true } as const;
        export default defineMigration({ operations: [{ kind: 'addColumn', table: 'item', column }] });`,
    });
    const engine = project.engine(oneTable(`${plain}, age: p.integer().nullable(), size: p.integer().nullable()`));
    const decisions = toggle(undecided, ['addColumn item.age', 'addColumn item.size'], 'planned');
    const { plan, reviewHash } = await engine.survey(decisions, listener());
    expect(plan.files?.flatMap(({ steps }) => steps).map(({ summary }) => summary)).toEqual([
      'add column item.age integer',
    ]);
    expect(plan.withheld.map(({ summary }) => summary)).toEqual(['add column item.size integer']);
    expect(await engine.migrate({ ...decisions, ...kept, hash: reviewHash }, listener())).toMatchObject({ applied: 1 });
    await database.drop();
  });
});

test('on SQLite an operation is seen before it holds up the process', async () => {
  const database = await createDatabase('sqlite', { name: 'seen' });
  const project = createEngineProject(database);
  project.addFiles({ 'migrations/1.sql': 'create table a (id integer);\ncreate table b (id integer);\n' });
  const engine = project.engine(oneTable(plain), { options: `{ models: 'plan' }` });
  const { reviewHash } = await engine.survey(undecided, listener());
  const told: string[] = [];
  const emit = (fact: Fact): void => {
    if (fact.kind === 'operationApplied') told.push(`applied ${fact.summary}`);
    if (fact.kind === 'operationStarted') setTimeout(() => told.push(`drawn ${fact.summary}`), 33);
  };
  const watching = { emit, signal: new AbortController().signal };
  await engine.migrate({ ...undecided, ...kept, hash: reviewHash }, watching).catch(() => undefined);
  const statements = ['create table a (id integer)', 'create table b (id integer)'];
  expect(told).toEqual(statements.flatMap((text) => [`drawn ${text}`, `applied ${text}`]));
  await database.drop();
});
