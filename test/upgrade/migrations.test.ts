import { describe, expect, test } from 'vitest';
import { readPayload } from '../../src/history/state.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { migrationNames } from './older-release.ts';
import { buildState } from './states/index.ts';

const dataMigration = '20241014090000_password_formats';

describe.each(databaseKinds)('the migration files of the reference application on %s', (kind) => {
  test('are skipped on an empty database, which the models build; the one that fills tables runs after them', async () => {
    const database = await createDatabase(kind);
    try {
      const { report } = await migrateDatabase(database);
      expect(report).toMatchObject({ status: 'done', applied: 10, verification: { verdict: 'PASSED', failed: [] } });
      const files = await fileEvents(database);
      expect(files.map(({ migration }) => migration)).toEqual(migrationNames);
      const ran = files.filter(({ event }) => event !== 'skipped');
      expect(ran.map(({ event, migration }) => ({ event, migration }))).toEqual([
        { event: 'applied', migration: dataMigration },
      ]);
      expect((await migrateDatabase(database)).report).toMatchObject({ status: 'nothing', applied: 0 });
      proof('upgrade: migration files of the reference application', kind);
    } finally {
      await database.drop();
    }
  });

  test('change the rows that they are about, and no others', async () => {
    const database = await createDatabase(kind);
    try {
      await buildState('D', database);
      await database.run([
        "update monitors set notify_method = 'push' where idmonitors in (2, 3)",
        "update users set hashed_password = '$argon2id$v=19$m=65536' where id in (5, 6)",
      ]);
      await migrateDatabase(database);
      expect(await idsOf(database, "select idmonitors as id from monitors where notify_method = 'push'")).toEqual([]);
      expect(await changed(database)).toEqual({ monitors: ['pushover', 'pushover', 'e-mail'], users: [5, 6] });
      proof('upgrade: migration files of the reference application', kind);
    } finally {
      await database.drop();
    }
  });
});

/** The events that complete a migration file, in their order. */
async function fileEvents(database: TestDatabase) {
  return (await readEvents(database)).map(readPayload).filter(({ file }) => file !== undefined);
}

async function changed(database: TestDatabase): Promise<unknown> {
  const methods = await database.query(
    'select notify_method from monitors where idmonitors in (2, 3, 4) order by idmonitors',
  );
  return {
    monitors: methods.map((row) => row['notify_method']),
    users: await idsOf(database, "select id from users where password_format <> 'bcrypt' order by id"),
  };
}

async function idsOf(database: TestDatabase, query: string): Promise<readonly number[]> {
  return (await database.query(query)).map(({ id }) => Number(id));
}
