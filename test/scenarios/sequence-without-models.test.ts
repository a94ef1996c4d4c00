import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { quoteName } from '../support/connections/quote.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, type MigrateSettings } from '../support/migrate.ts';
import { createProject } from '../support/project.ts';
import { proof } from '../support/proof.ts';

const odd = 'odd "name"; with `ticks` and 100%';

describe.each(databaseKinds)('a project of files alone on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'alone' });
  });
  afterEach(() => database.drop());

  test('runs its files on an empty database, and what they made is no change that is pending', async () => {
    const root = createProject({
      'migrations/1_a.sql': `create table ${quoteName(kind, odd)} (id integer);`,
      'migrations/2_empty.sql': '-- nothing yet\n',
      'migrations/10_b.sql': 'create table b (id integer);\n',
      'migrations/9_c.sqlite.sql': 'create table c (id integer);\n',
    });
    const given: MigrateSettings = { config: { entities: [], discovery: { warnWhenNoEntities: false } }, root };
    expect((await migrateDatabase(database, given)).report.status).toBe('done');
    const { plan, log } = await planDatabase(database, given);
    expect([...log.migrations.keys()]).toEqual(['1_a', '2_empty', '9_c', '10_b']);
    expect([...plan.steps, ...plan.withheld, ...plan.blocked]).toEqual([]);
    expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'nothing', applied: 0 });
    proof('sequence: files alone', kind);
  });
});
