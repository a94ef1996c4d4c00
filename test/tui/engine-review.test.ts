import { afterEach, describe, expect, test } from 'vitest';
import { onFailpoint } from '../../src/events/failpoint.ts';
import { toggle, undecided } from '../../src/review/decisions.ts';
import type { Engine } from '../../src/tui/engine.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { bring, createEngineProject, listener, oneTable, otherTable } from './support/engine-project.ts';

const plain = `name: p.string().length(50), address: p.string().length(50).nullable()`;
const shorter = `name: p.string().length(50)`;
const longer = `${plain}, age: p.integer().nullable()`;

afterEach(() => onFailpoint(async () => {}));

describe.each(databaseKinds)('%s', (kind) => {
  test('a plan that changed since it was shown does not run', async () => {
    const database = await createDatabase(kind, { name: 'changed' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    const engine = project.engine(oneTable(longer));
    const shown = await engine.survey(undecided, listener());
    await database.run(['alter table item drop column address']);
    const events = await countEvents(database);
    await expect(approve(engine, shown.reviewHash)).rejects.toMatchObject({
      code: 'PLAN_CHANGED',
      exitCode: 3,
      message: 'the plan changed since it was shown; nothing was applied',
      state: 'nothing was changed',
    });
    expect(await countEvents(database)).toBe(events);
    expect(await bring(engine)).toMatchObject({ status: 'done', applied: 2 });
    // Somebody else has done it meanwhile: there is nothing left to decide.
    expect(await approve(engine, shown.reviewHash)).toMatchObject({ status: 'nothing', applied: 0 });
    await database.drop();
  });

  test('a destructive change runs with leave alone, says in the log who gave it, and is taken back', async () => {
    const database = await createDatabase(kind, { name: 'leave' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    await database.run([`insert into item (id, name, address) values (1, 'a', 'x')`]);
    const engine = project.engine(oneTable(shorter));
    const shown = await engine.survey(undecided, listener());
    expect(shown.plan.withheld).toMatchObject([{ operation: { kind: 'dropColumn' }, class: 'destructive', lock: {} }]);
    expect(shown.plan.withheld[0]?.sql.join('\n')).toMatch(/address/u);
    expect(await approve(engine, shown.reviewHash)).toMatchObject({ applied: 0 });
    expect(await database.query('select address from item')).toEqual([{ address: 'x' }]);
    const decisions = toggle(undecided, ['dropColumn item.address'], 'withheld');
    const { plan, reviewHash } = await engine.survey(decisions, listener());
    expect([plan.withheld, plan.steps.map(({ class: changeClass }) => changeClass)]).toEqual([[], ['destructive']]);
    await expect(approve(engine, shown.reviewHash, decisions)).rejects.toMatchObject({ code: 'PLAN_CHANGED' });
    const result = await approve(engine, reviewHash, decisions);
    expect(result).toMatchObject({ status: 'done', applied: 1 });
    const { events } = await engine.readHistory(listener());
    const dropped = events.findLast(({ operation }) => operation === 'dropColumn' || operation === 'alterTable');
    const { payload } = await engine.readEvent(dropped?.version ?? 0);
    expect(payload).toMatchObject({
      class: 'destructive',
      undo: { restores: 'structure' },
      approval: { hash: reviewHash, actor: dropped?.actor },
    });
    const selection = { kind: 'run', id: result.runId ?? '' } as const;
    const { plan: back } = await engine.planRollback(selection, listener());
    expect(back.changes).toMatchObject([{ undoes: dropped?.version, restores: 'structure', losses: [] }]);
    const undone = await engine.rollBack({ selection, hash: back.hash }, listener());
    expect(undone).toMatchObject({ status: 'rolledBack', applied: 1, runId: expect.any(String) });
    expect(await database.query('select id, name, address from item')).toEqual([{ id: 1, name: 'a', address: null }]);
    await database.drop();
  });

  test('rows and values that go with a migration file are counted before it runs, under the names that they have now', async () => {
    const database = await createDatabase(kind, { name: 'counted' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    await database.run([
      `insert into item (id, name, address) values (1, 'a', 'x')`,
      `insert into item (id, name, address) values (2, 'b', 'y')`,
      `insert into item (id, name, address) values (3, 'c', null)`,
    ]);
    const column = `{ name: 'place', type: { type: 'string', length: 50 }, nullable: true }`;
    project.addFiles({
      'migrations/1_clean.ts': `import { defineMigration } from '${import.meta.dirname}/../../src/sequence/define-migration.ts';
export default defineMigration({ operations: [
  { kind: 'renameColumn', table: 'item', from: 'address', to: 'place' },
  { kind: 'dropColumn', table: 'item', column: ${column} },
] });`,
    });
    const { plan } = await project.engine(oneTable(shorter)).survey(undecided, listener());
    const [file] = plan.files ?? [];
    expect(file?.steps.at(-1)).toMatchObject({
      class: 'destructive',
      losses: [{ kind: 'values', table: 'item', column: 'place', count: 2 }],
    });
    expect(file?.steps.slice(0, -1).filter(({ losses }) => losses !== undefined)).toEqual([]);
    await database.drop();
  });

  test('what the models ask for after the files must have been shown, else nothing of it runs', async () => {
    const database = await createDatabase(kind, { name: 'files' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    project.addFiles({ 'migrations/1_clean.sql': 'alter table item drop column address;' });
    const engine = project.engine(oneTable(plain, otherTable));
    const shown = await engine.survey(undecided, listener());
    expect(shown.plan).toMatchObject({ provisional: true, files: [{ path: 'migrations/1_clean.sql' }] });
    expect(shown.plan.steps.map(({ summary }) => summary)).toEqual(['create table other']);
    await expect(approve(engine, shown.reviewHash)).rejects.toMatchObject({
      code: 'PLAN_CHANGED',
      message:
        'what the models ask for changed since it was shown: 1 change of migration files was applied, nothing else was',
      state: '1 changes of migration files applied; nothing half-done',
      runId: expect.any(String),
    });
    expect(await bring(engine)).toMatchObject({ status: 'done', applied: 2 });
    await database.drop();
  });

  test('after files that did what was expected, what was shown of the models runs', async () => {
    const database = await createDatabase(kind, { name: 'files2' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    // The models have what the file makes, so that less is left of what was shown.
    project.addFiles({ 'migrations/1_more.sql': 'alter table item add age int;' });
    const engine = project.engine(oneTable(longer, otherTable));
    const shown = await engine.survey(undecided, listener());
    expect(shown.plan.steps).toHaveLength(2);
    expect(await approve(engine, shown.reviewHash)).toMatchObject({ status: 'done', applied: 2 });
    await database.drop();
  });

  test("models: 'plan' applies nothing of the models, whatever leave is given", async () => {
    const database = await createDatabase(kind, { name: 'planonly' });
    const project = createEngineProject(database);
    const engine = project.engine(oneTable(plain), { options: `{ models: 'plan' }` });
    const shown = await engine.survey(undecided, listener());
    await expect(approve(engine, shown.reviewHash)).rejects.toMatchObject({ code: 'CHANGES_PENDING' });
    await database.drop();
  });

  test('a run that fails says by which id what it did can be taken back', async () => {
    const database = await createDatabase(kind, { name: 'failing' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    const engine = project.engine(oneTable(`${longer}, size: p.integer().nullable()`, otherTable));
    let steps = 0;
    onFailpoint(async (place) => {
      steps += place === 'before-ddl' ? 1 : 0;
      if (steps === 3) throw new Error('the third step fails');
    });
    const failure = await bring(engine).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'OPERATION_FAILED', runId: expect.any(String) });
    const selection = { kind: 'run', id: (failure as { runId: string }).runId } as const;
    onFailpoint(async () => {});
    const { plan: back } = await engine.planRollback(selection, listener());
    expect(back.changes).toHaveLength(2);
    // What the failure left in doubt is settled first, which adds to the log: the plan is another by its head.
    const settled = await engine.rollBack({ selection, hash: back.hash }, listener()).catch((error: unknown) => error);
    if (settled instanceof Error) {
      expect(settled).toMatchObject({
        code: 'PLAN_CHANGED',
        message: 'the rollback changed since it was shown; nothing was applied',
      });
      const { hash } = (await engine.planRollback(selection, listener())).plan;
      expect(await engine.rollBack({ selection, hash }, listener())).toMatchObject({
        status: 'rolledBack',
        applied: 2,
      });
    } else expect(settled).toMatchObject({ status: 'rolledBack', applied: 2 });
    const { plan } = await engine.survey(undecided, listener());
    expect(plan.steps).toHaveLength(3);
    await database.drop();
  });

  test('a rollback that changed since it was shown does not run, though it would lose nothing', async () => {
    const database = await createDatabase(kind, { name: 'changedback' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(plain)));
    const engine = project.engine(oneTable(longer));
    await bring(engine);
    const selection = { kind: 'steps', count: 1 } as const;
    const { plan: shown } = await engine.planRollback(selection, listener());
    await bring(project.engine(oneTable(longer, otherTable)));
    const events = await countEvents(database);
    await expect(engine.rollBack({ selection, hash: shown.hash }, listener())).rejects.toMatchObject({
      code: 'PLAN_CHANGED',
    });
    expect(await countEvents(database)).toBe(events);
    await database.drop();
  });
});

function approve(engine: Engine, hash: string, decisions = undecided) {
  return engine.migrate({ ...decisions, hash, redo: false }, listener());
}

async function countEvents(database: TestDatabase): Promise<number> {
  return (await database.query('select version from schema_versions')).length;
}
