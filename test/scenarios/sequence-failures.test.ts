import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, type MigrateSettings } from '../support/migrate.ts';
import { addFiles } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { addWord, oldItems, projectOf, typedFile } from './support/items.ts';
import { alter, create, file, insert, script } from './support/three-statements.ts';

describe.each(databaseKinds)('files that fail on %s', (kind) => {
  let database: TestDatabase;
  let isWhole: boolean;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'failing' });
    await database.run(oldItems());
    isWhole = (await loadDialect(kind)).traits.transactionalDdl;
  });
  afterEach(() => database.drop());

  test('a statement that fails is shown at its place; the rest is not run, and may be corrected', async () => {
    const broken = script(create, insert, '  insert into made (idd) values (8)', alter);
    const given = projectOf({ [file]: broken }, 'a');
    const error = await migrateDatabase(database, given).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ code: 'MIGRATION_FAILED', exitCode: 1 });
    expect(error?.message).toMatch(/migrations\/001_three\.sql:3:\d+ failed/u);
    expect(error?.message).toMatch(/\n {2}insert into made \(idd\) values \(8\);\n +\^/u);
    const state = isWhole
      ? `nothing of ${file} was applied`
      : `the statements of ${file} before this one are applied; nothing half-done`;
    expect(error).toMatchObject({ state });
    expect(await isThere('made')).toBe(!isWhole);
    if (!isWhole) {
      addFiles(given.root, { [file]: script(create, insert.replace('7', '6'), alter) });
      await expect(migrateDatabase(database, given)).rejects.toMatchObject({ code: 'MIGRATION_EDITED', exitCode: 3 });
    }
    addFiles(given.root, { [file]: script(create, insert, alter) });
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    await expectDone(given);
    proof('sequence: failing statement', kind);
  });

  test('code that fails is told with its file, and none of it happened where the database can', async () => {
    const code = (text: string) => ({
      'migrations/001_three.js': `export async function up({ execute }) {
        for (const text of ${JSON.stringify([create, insert])}) await execute(text);
        ${text}
        await execute('${alter}');
      }`,
    });
    const given = projectOf(code(`throw new TypeError('no such thing');`), 'a');
    await expect(migrateDatabase(database, given)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      exitCode: 1,
      message: 'the migration migrations/001_three.js failed: no such thing',
    });
    expect(await isThere('made')).toBe(!isWhole);
    // A module that was imported is not read again.
    const mended = projectOf(code(''), 'a');
    expect((await migrateDatabase(database, mended)).report.status).toBe('done');
    expect(await database.query('select id from made')).toHaveLength(1);
    expect((await migrateDatabase(database, mended)).report.status).toBe('nothing');
    proof('sequence: failing statement', kind);
  });

  test.each([
    [`expectRows('select id from items where id = 99', 'there is a 99')`, 'EXPECTATION_FAILED', /there is a 99/u],
    [`sql('insert into nowhere values (1)')`, 'MIGRATION_FAILED', /nowhere/u],
  ])('what fails behind other files and operations says what is applied: %s', async (item, code, message) => {
    const files = {
      'migrations/000_first.sql': `${create};`,
      'migrations/001_three.ts': typedFile([addWord('a'), item, addWord('b')]),
    };
    await expect(migrateDatabase(database, projectOf(files, 'a', 'b'))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      state: expect.stringMatching(
        /^(?:1 of 2 migration files|the (?:parts|statements) of \S+ before this one are) applied/u,
      ),
    });
    expect(await database.query('select a from items')).toHaveLength(1);
    await expect(database.query('select b from items')).rejects.toThrow();
    proof('sequence: failing statement', kind);
  });

  test('a query that SQL expects to find rows stops all of it where the database can', async () => {
    const expectation = '-- migrate:expect-rows select 1 from items where id = 5';
    const given = projectOf({ [file]: `${script(create, insert)}${expectation}\n${alter};\n` }, 'a');
    const state = isWhole
      ? '0 of 1 migration files applied; nothing half-done'
      : `0 of 1 migration files applied, and 2 of the changes of ${file}; nothing half-done`;
    const refused = { code: 'EXPECTATION_FAILED', exitCode: 3, state };
    await expect(migrateDatabase(database, given)).rejects.toMatchObject(refused);
    expect(await isThere('made')).toBe(!isWhole);
    await database.run(['insert into items (id) values (5)']);
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    expect(await database.query('select id from made')).toHaveLength(1);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
    proof('sequence: failing statement', kind);
  });

  async function expectDone(given: MigrateSettings): Promise<void> {
    expect(await database.query('select id from made')).toHaveLength(1);
    expect(await database.query('select a from items')).toHaveLength(1);
    expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'nothing', applied: 0 });
  }

  async function isThere(table: string): Promise<boolean> {
    return database.query(`select 1 from ${table}`).then(
      () => true,
      () => false,
    );
  }
});
