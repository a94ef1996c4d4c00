import { describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { migrateDatabase, verifyDatabase } from '../support/migrate.ts';
import { countRows } from '../support/rows.ts';
import { migrate as reference } from '../../mikro-orm.config.ts';

/** The reference application's queries with `broken` more of which each names a column that no table has. */
function withBroken(broken: number) {
  const queries = Array.from({ length: broken }, (_, at) => [`broken_${at}`, `select no_such_column_${at} from users`]);
  return { ...reference, criticalQueries: { ...reference.criticalQueries, ...Object.fromEntries(queries) } };
}

describe.each(databaseKinds)('%s', (kind) => {
  test('the verdict follows the share of queries that passed', async () => {
    const database = await createDatabase(kind, { name: 'verdict' });
    await migrateDatabase(database);
    const sound = (await verifyDatabase(database)).verification;
    expect(sound).toMatchObject({ verdict: 'PASSED', failed: [], passed: sound.total });
    expect(sound.total).toBeGreaterThanOrEqual(13 + 9);
    for (const [broken, verdict] of [
      [1, 'PASSED'],
      [5, 'PARTIAL'],
      [12, 'PARTIAL'],
      [30, 'FAILED'],
    ] as const) {
      const { verification } = await verifyDatabase(database, { options: withBroken(broken) });
      expect(verification).toMatchObject({ verdict, passed: sound.total, total: sound.total + broken });
      expect(verification.failed.map(({ name }) => name)).toContain('broken_0');
    }
    await database.drop();
  });

  test('a failed query fails a run only when it is strict, and what was applied is logged', async () => {
    const database = await createDatabase(kind, { name: 'strict' });
    const options = withBroken(1);
    await expect(migrateDatabase(database, { options, flags: { strict: true } })).rejects.toMatchObject({
      code: 'VERIFICATION_FAILED',
    });
    const { report } = await migrateDatabase(database, { options });
    expect(report.status).toBe('nothing');
    await database.drop();
  });

  test('a critical query cannot write', async () => {
    const database = await createDatabase(kind, { name: 'readonly' });
    await migrateDatabase(database);
    await database.run([`insert into monitors (name, notify_address) values ('a', 'b')`]);
    const options = { ...reference, criticalQueries: { wipe: 'delete from monitors' } };
    const { verification } = await verifyDatabase(database, { options });
    expect(verification.failed.map(({ name }) => name)).toEqual(['wipe']);
    expect(await countRows(database, 'monitors')).toBe(1);
    await database.drop();
  });
});
