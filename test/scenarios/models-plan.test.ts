import { expect, test } from 'vitest';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { migrateDatabase, planDatabase } from '../support/migrate.ts';
import { createProject } from '../support/project.ts';

test.each(databaseKinds)(
  "models: 'plan' applies nothing, says what is pending, and lets a run pass on %s",
  async (kind) => {
    const database = await createDatabase(kind, { name: 'pending' });
    // Without the reference application's files, which are for databases that hold something.
    const root = createProject({});
    const onlyPlan = { options: { models: 'plan' }, root } as const;
    const pending = migrateDatabase(database, onlyPlan);
    await expect(pending).rejects.toMatchObject({
      code: 'CHANGES_PENDING',
      exitCode: 2,
      message: expect.stringContaining('create table users'),
    });
    expect((await planDatabase(database, { root })).actual.tables).toEqual({});
    await migrateDatabase(database, { options: {}, root });
    expect((await migrateDatabase(database, onlyPlan)).report.applied).toBe(0);
    await database.drop();
  },
);
