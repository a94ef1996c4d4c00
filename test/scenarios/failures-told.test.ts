import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import type { Fact } from '../../src/events/facts.ts';
import { findDamage } from '../../src/history/chain.ts';
import { migrate } from '../../src/pipeline.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { readEvents } from '../support/read-events.ts';
import { migrateDatabase, rollBackDatabase, withTestJob, type MigrateSettings } from '../support/migrate.ts';
import { addFiles } from '../support/project.ts';
import { atFailpoint } from './errors/support/at-failpoint.ts';
import { addWord, oldItems, payloadsOf, projectOf, typedFile } from './support/items.ts';
import { crash, create, file, insert, script } from './support/three-statements.ts';

const sql = (text: string): string => `sql(${JSON.stringify(text)})`;
const broken = 'insert into made (idd) values (8)';

describe.each(databaseKinds)('a failure on %s', (kind) => {
  let database: TestDatabase;
  let isWhole: boolean;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'told' });
    await database.run(oldItems());
    isWhole = (await loadDialect(kind)).traits.transactionalDdl;
  });
  afterEach(() => database.drop());

  test.each([
    ['a file of SQL', file, script(create, insert, broken), 3],
    ['SQL behind an operation', 'migrations/1.ts', typedFile([addWord('a'), ...[create, insert, broken].map(sql)]), 4],
  ])('of %s takes back what was told of its transaction, and is in the log', async (_, path, text, step) => {
    const given = projectOf({ [path]: text }, 'a');
    const { facts, runId } = await failed(given);
    const took = facts.filter((fact) => fact.kind === 'transactionRolledBack');
    expect(took).toEqual(isWhole ? [{ kind: 'transactionRolledBack', path, summaries: [create, insert] }] : []);
    const told = facts.flatMap((fact) => (fact.kind === 'operationApplied' ? [fact.summary] : []));
    const left = told.filter((summary) => !took.some(({ summaries }) => summaries.includes(summary)));
    const applied = (await payloadsOf(database)).filter(({ event }) => event === 'applied');
    expect(left).toEqual(applied.map(({ summary }) => summary));
    const failures = (await payloadsOf(database)).filter(({ event }) => event === 'failed');
    expect(failures).toMatchObject([
      { step, summary: broken, run: runId, error: { message: expect.stringMatching(/^[^\n]*idd[^\n]*$/u) } },
    ]);
    expect(findDamage(await readEvents(database))).toBeUndefined();
    if (left.length === 0)
      await expect(
        rollBackDatabase(database, { selection: { kind: 'run', id: runId }, yes: false }, given),
      ).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
    const mended = text.replace('idd', 'id');
    addFiles(given.root, { [path]: mended });
    // A module that was imported is not read again.
    const next = path === file ? given : projectOf({ [path]: mended }, 'a');
    if (path === file && !isWhole)
      addFiles(given.root, { [path]: script(create, insert, broken.replace('idd', 'id')) });
    expect((await migrateDatabase(database, next)).report.status).toBe('done');
    expect(await database.query('select id from made')).toHaveLength(2);
    expect((await migrateDatabase(database, next)).report.status).toBe('nothing');
  });

  test('of code and of an expectation is in the log', async () => {
    const code = `export async function up({ execute }) { await execute(${JSON.stringify(broken)}); }`;
    for (const [path, text, error] of [
      ['migrations/1.js', code, 'MIGRATION_FAILED'],
      [
        'migrations/1.ts',
        typedFile([`expectRows('select id from items where id = 99', 'no 99')`]),
        'EXPECTATION_FAILED',
      ],
    ] as const) {
      await failed(projectOf({ [path]: text }));
      const last = (await payloadsOf(database)).at(-1);
      expect(last).toMatchObject({ event: 'failed', migration: '1', error: { code: error } });
    }
  });

  test('of a change of the models is in the log where the database took it back', async () => {
    const given = projectOf({}, 'a');
    await atFailpoint('after-ddl', 1, crash, () => failed(given));
    const failures = (await payloadsOf(database)).filter(({ event }) => event === 'failed');
    const expected = { object: 'items.a', operation: { kind: 'addColumn' }, error: { code: 'OPERATION_FAILED' } };
    expect(failures).toMatchObject(isWhole ? [expected] : []);
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
  });

  async function failed(given: MigrateSettings): Promise<{ readonly facts: readonly Fact[]; readonly runId: string }> {
    const facts: Fact[] = [];
    const error: unknown = await withTestJob(database, given, facts, migrate).then(
      () => expect.fail('it did not fail'),
      (thrown: unknown) => thrown,
    );
    return { facts, runId: (error as { readonly runId: string }).runId };
  }
});
