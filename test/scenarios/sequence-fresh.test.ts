import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase } from '../support/migrate.ts';
import { addFiles } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { atFailpoint } from './errors/support/at-failpoint.ts';
import { addWord, oldItems, payloadsOf, projectOf, typedFile } from './support/items.ts';
import { crash } from './support/three-statements.ts';

const insert = (id: number): string => `insert into items (id, word) values (${id}, 'row')`;

/** Two files that make what the models have, and one of each kind that fills it. */
const files = {
  'migrations/001_schema.ts': typedFile([addWord('word')]),
  'migrations/002_schema.sql': 'alter table items add column other varchar(20);',
  'migrations/003_data.ts': typedFile([`sql(${JSON.stringify(insert(3))})`], 'data: true'),
  'migrations/004_data.sql': `-- migrate:up data:true\n${insert(4)};\n`,
  'migrations/006_schema.sql': 'create table of_no_model (id integer);',
  'migrations/005_data.js': `export const data = true;\nexport const up = ({ execute }) => execute(${JSON.stringify(insert(5))});`,
};

describe.each(databaseKinds)('an empty database on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'fresh' });
  });
  afterEach(() => database.drop());

  test('is built from the models: files of the schema are skipped, those of data run afterwards', async () => {
    const given = projectOf(files, 'word', 'other');
    const { plan } = await planDatabase(database, given);
    expect(plan.files?.map(({ skipped, afterModels }) => skipped ?? afterModels)).toEqual([
      'the models build the database',
      'the models build the database',
      'the models build the database',
      true,
      true,
      true,
    ]);
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    await expectFilledOnce();
    const { log, plan: next } = await planDatabase(database, given);
    expect([...log.migrations.values()].map(({ event }) => event).toSorted()).toEqual([
      'applied',
      'applied',
      'applied',
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect(next.files ?? []).toEqual([]);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    proof('sequence: fresh database', kind);
  });

  test.each([
    ['while the models build', 1],
    ['between the models and the first file', 2],
    ['between two files', 3],
  ])('a crash %s: the next run runs each file of data once, after the models', async (_when, hit) => {
    const given = projectOf(files, 'word', 'other');
    // The log's own tables are made without a failpoint; the models need one operation.
    await expect(atFailpoint('before-ddl', hit, crash, () => migrateDatabase(database, given))).rejects.toThrow();
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    await expectFilledOnce();
    const done = (await payloadsOf(database)).filter(({ event }) => event === 'applied' || event === 'settled');
    const built = done.findIndex(({ operation }) => operation?.kind === 'createTable');
    const filled = done.findIndex(({ operation }) => operation?.kind === 'rawSql');
    expect(filled).toBeGreaterThan(built);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    proof('sequence: fresh database', kind);
  });

  test('a repeatable file runs after the models, again when its text changes, and not otherwise', async () => {
    await database.run(oldItems());
    const repeatable = (text: string) => ({ 'migrations/R__rows.sql': `delete from items;\n${text};\n` });
    const given = projectOf(repeatable(insert(7)), 'word', 'other');
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect(await database.query('select word from items')).toEqual([{ word: 'row' }]);
    expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'nothing', applied: 0 });
    addFiles(given.root, repeatable(`-- a comment\n${insert(7)}`));
    expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'nothing', applied: 0 });
    addFiles(given.root, repeatable(`${insert(8)};\n${insert(9)}`));
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect(await idsOf()).toEqual([8, 9]);
    addFiles(given.root, repeatable(insert(7)));
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect(await idsOf()).toEqual([7]);
    proof('sequence: repeatable file', kind);
  });

  async function idsOf(): Promise<number[]> {
    return (await database.query('select id from items order by id')).map(({ id }) => Number(id));
  }

  async function expectFilledOnce(): Promise<void> {
    expect(await idsOf()).toEqual([3, 4, 5]);
  }
});
