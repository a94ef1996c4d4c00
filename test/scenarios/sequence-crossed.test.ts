import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateMigration } from '../../src/stages/generate.ts';
import { planOnly } from '../../src/pipeline.ts';
import type { Failpoint } from '../../src/events/failpoint.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, withTestJob, type MigrateSettings } from '../support/migrate.ts';
import { compareOracles, readOracle } from '../support/oracle/index.ts';
import { addFiles } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { readRows } from '../support/rows.ts';
import { atFailpoint } from './errors/support/at-failpoint.ts';
import { addWord, itemsWith, oldItems, payloadsOf, projectOf, renameWord, typedFile } from './support/items.ts';
import { crash } from './support/three-statements.ts';

const Label = defineEntity({ name: 'Label', tableName: 'labels', properties: { id: p.integer().primary() } });

describe.each(databaseKinds)('files and databases that are further on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'crossed' });
  });
  afterEach(() => database.drop());

  test('a generated file is skipped where an automatic migration has made the same change', async () => {
    await database.run(oldItems());
    const given = projectOf({}, 'first', 'second');
    const text = await generated(given);
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    const end = await readOracle(database);
    addFiles(given.root, { 'migrations/001_generated.ts': text });
    const { report, facts } = await migrateDatabase(database, given);
    expect(report).toMatchObject({ status: 'done', applied: 0 });
    expect(facts.filter((fact) => fact.kind === 'operationApplied')).toEqual([]);
    expect((await payloadsOf(database)).filter(({ file }) => file)).toMatchObject([
      { event: 'skipped', source: 'generated', migration: '001_generated' },
    ]);
    expect(compareOracles(end, await readOracle(database))).toEqual([]);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    proof('sequence: file and automatic migration crossed', kind);
  });

  test.each<[Failpoint, number]>([
    ['before-ddl', 2],
    ['after-ddl', 1],
    ['after-ddl', 2],
  ])('a generated file goes on where an automatic migration stopped %s %i', async (place, hit) => {
    await database.run(oldItems());
    const entities = [itemsWith('first'), Label];
    const given = { ...projectOf({}), config: { entities } };
    const text = await generated(given);
    await expect(atFailpoint(place, hit, crash, () => migrateDatabase(database, given))).rejects.toThrow();
    addFiles(given.root, { 'migrations/001_same.ts': text });
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect([await columnsOf('items'), await columnsOf('labels')]).toEqual([['first', 'id'], ['id']]);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    proof('sequence: file and automatic migration crossed', kind);
  });

  test.each<[Failpoint, number]>([
    ['before-ddl', 2],
    ['after-ddl', 2],
    ['before-ddl', 3],
  ])('a file that stopped %s %i goes on, each operation once', async (place, hit) => {
    await database.run(oldItems('old'));
    const operations = [renameWord('old', 'mid'), addWord('old'), renameWord('mid', 'new')];
    const given = projectOf({ 'migrations/001_steps.ts': typedFile(operations) }, 'new', 'old');
    await database.run([`update items set old = 'kept'`]);
    await expect(atFailpoint(place, hit, crash, () => migrateDatabase(database, given))).rejects.toThrow();
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect(await readRows(database, 'items', { columns: ['new', 'old'] })).toEqual([{ new: 'kept', old: null }]);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    const done = (await payloadsOf(database)).filter(
      ({ event, migration }) => migration === '001_steps' && (event === 'applied' || event === 'settled'),
    );
    expect(done.map(({ operation }) => operation?.kind)).toEqual(['renameColumn', 'addColumn', 'renameColumn']);
    proof('sequence: file and automatic migration crossed', kind);
  });

  /** Operations that lead from `a` to `b` by way of a column that comes and goes. */
  const chain = [addWord('passing'), renameWord('passing', 'lasting'), addWord('other')];

  test.each([
    ['before all of them', []],
    ['after the first', ['passing']],
    ['after the second', ['lasting']],
    ['after all of them', ['lasting', 'other']],
  ])('a typed file meets a database that is %s', async (_at, columns) => {
    await database.run(oldItems(...columns));
    const given = projectOf({ 'migrations/001_chain.ts': typedFile(chain) }, 'lasting', 'other');
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect(await columnsOf('items')).toEqual(['id', 'lasting', 'other']);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    proof('sequence: typed file meets a database', kind);
  });

  test.each([
    ['the old name', ['old'], [{ new: 'kept' }]],
    ['the new name', ['new'], [{ new: 'kept' }]],
    ['neither', [], [{ new: null }]],
  ])('renamedFrom keeps the values where there is %s', async (_what, columns, rows) => {
    await database.run(oldItems(...columns));
    for (const column of columns) await database.run([`update items set ${column} = 'kept'`]);
    const given = projectOf({ 'migrations/001_named.ts': typedFile([addWord('new', 'old')]) }, 'new');
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect(await readRows(database, 'items', { columns: ['new'] })).toEqual(rows);
    proof('sequence: typed file meets a database', kind);
  });

  test('renamedFrom is for a person where both names are there', async () => {
    await database.run(oldItems('old', 'new'));
    await expectBlocked(typedFile([addWord('new', 'old')]), /both old and new/u);
  });

  test('a table that nobody knows is blocked before the first statement', async () => {
    await database.run(oldItems());
    const unknown = `{ kind: 'addColumn', table: 'nowhere', column: word('x') }`;
    await expectBlocked(typedFile([addWord('new'), unknown]), /nowhere does not exist/u);
  });

  test('an operation on a table that the models create is skipped', async () => {
    await database.run(['create table others (id integer not null primary key)']);
    const given = projectOf({ 'migrations/001_new.ts': typedFile([addWord('new')]) }, 'new');
    const { report, facts } = await migrateDatabase(database, given);
    expect(report.status).toBe('done');
    expect(facts.find((fact) => fact.kind === 'operationSkipped')).toMatchObject({
      because: 'items does not exist yet: the models create it',
    });
    expect(await columnsOf('items')).toEqual(['id', 'new']);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    proof('sequence: typed file meets a database', kind);
  });

  async function expectBlocked(text: string, message: RegExp): Promise<void> {
    const given = projectOf({ 'migrations/001_blocked.ts': text }, 'new');
    const before = await readOracle(database);
    expect((await planDatabase(database, given)).plan.blocked).toMatchObject([{ code: 'ANSWER_NEEDED' }]);
    await expect(migrateDatabase(database, given)).rejects.toMatchObject({
      code: 'PLAN_BLOCKED',
      exitCode: 3,
      message: expect.stringMatching(message),
    });
    expect(compareOracles(before, await readOracle(database))).toEqual([]);
    expect((await payloadsOf(database)).length).toBe(0);
    proof('sequence: typed file meets a database', kind);
  }

  function generated(given: MigrateSettings): Promise<string> {
    return withTestJob(database, given, [], async (job) => {
      const file = generateMigration(job, await planOnly(job), { everywhere: [], description: 'generated' });
      return (file?.text ?? '').replace(`'mikrate'`, `'${import.meta.dirname}/../../src/index.ts'`);
    });
  }

  async function columnsOf(table: string): Promise<string[]> {
    const { actual } = await planDatabase(database, projectOf({}));
    return Object.keys(actual.tables[table]?.columns ?? {}).toSorted();
  }
});
