import { expect, test } from 'vitest';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { migrateDatabase, planDatabase } from '../support/migrate.ts';

test.each(databaseKinds)(
  "models: 'plan' applies nothing, says what is pending, and lets a run pass on %s",
  async (kind) => {
    const database = await createDatabase(kind, { name: 'pending' });
    const onlyPlan = { options: { models: 'plan' } } as const;
    const pending = migrateDatabase(database, onlyPlan);
    await expect(pending).rejects.toMatchObject({
      code: 'CHANGES_PENDING',
      exitCode: 2,
      message: expect.stringContaining('create table users'),
    });
    expect((await planDatabase(database)).actual.tables).toEqual({});
    await migrateDatabase(database, { options: {} });
    expect((await migrateDatabase(database, onlyPlan)).report.applied).toBe(0);
    await database.drop();
  },
);
