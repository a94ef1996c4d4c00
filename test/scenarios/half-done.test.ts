import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeFile } from '../../src/plan/plan-file.ts';
import { planSql, planText } from '../../src/report/plan-text.ts';
import { isDrifted } from '../../src/stages/is-drifted.ts';
import { planRows } from '../../src/tui/screens/plan/plan-rows.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase } from '../support/migrate.ts';
import { addFiles } from '../support/project.ts';
import { atFailpoint } from './errors/support/at-failpoint.ts';
import { addWord, oldItems, projectOf, typedFile } from './support/items.ts';
import { alter, crash, create, file, insert, script } from './support/three-statements.ts';

const broken = 'insert into made (idd) values (8)';
const none = '-- migrate:up transaction:false\n';

describe.each(databaseKinds)('a file that was stopped halfway on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'half' });
    await database.run(oldItems());
    await migrateDatabase(database, projectOf({}));
  });
  afterEach(() => database.drop());

  test('is planned with what is left of it, and what is done is marked', async () => {
    const given = projectOf({ [file]: none + script(create, insert, broken, alter) }, 'a');
    await expect(migrateDatabase(database, given)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    const seen = await planDatabase(database, given);
    const { plan } = seen;
    expect(plan.files).toMatchObject([{ done: [create, insert], statements: [broken, alter] }]);
    expect(plan.files?.map(describeFile)).toEqual([`${file}: 2 SQL statements, after 2 done already`]);
    expect(planText(plan, { sql: false })).toContain(`✅ done already: ${insert}`);
    expect(planSql(plan)).not.toContain(create);
    const rows = planRows(plan, '').flatMap((row) => (row.kind === 'note' ? [row.text] : []));
    expect(rows).toEqual([`done already: ${create}`, `done already: ${insert}`]);
    expect([plan.notOurs, isDrifted(seen)]).toEqual([[], false]);
    addFiles(given.root, { [file]: none + script(create, insert, broken.replace('idd', 'id'), alter) });
    expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'done', applied: 2 });
    expect((await planDatabase(database, given)).plan.notOurs).toEqual([{ kind: 'table', name: 'made' }]);
  });

  test('by operations is marked, too', async () => {
    const text = typedFile([addWord('a'), `sql(${JSON.stringify(broken)})`, addWord('b')]);
    const given = projectOf({ 'migrations/1.ts': text }, 'b');
    await expect(migrateDatabase(database, given)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    const { plan } = await planDatabase(database, given);
    expect(plan.files).toMatchObject([
      { done: [expect.stringMatching(/^add column items\.a/u)], statements: [broken] },
    ]);
    expect(plan.files?.[0]?.steps.map(({ operation }) => operation)).toMatchObject([{ column: { name: 'b' } }]);
    expect(plan.notOurs).toEqual([]);
  });

  test('amid a statement of ours is no drift', async () => {
    const given = projectOf({ [file]: none + script(alter, create) }, 'a');
    await expect(atFailpoint('after-ddl', 1, crash, () => migrateDatabase(database, given))).rejects.toThrow();
    const seen = await planDatabase(database, given);
    expect(seen.log.open).toHaveLength(1);
    expect(isDrifted(seen)).toBe(false);
  });
});
