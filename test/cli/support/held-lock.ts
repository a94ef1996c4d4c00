import { loadDialect } from '../../../src/dialects/index.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { withTestJob } from '../../support/migrate.ts';

/** Holds a database's migration lock, as another run would, while `work` goes on. */
export async function withHeldLock<Result>(database: TestDatabase, work: () => Promise<Result>): Promise<Result> {
  const dialect = await loadDialect(database.kind);
  return withTestJob(database, { config: { entities: [] } }, [], ({ connection, log }) =>
    connection.withSession(
      () => {},
      async (session) => {
        const { file, describe } = connection;
        const held = await dialect.lock.tryAcquire(session, {
          database: describe.database,
          table: log.tables.versions,
          ...(file !== undefined && { file }),
        });
        if (!held) throw new Error('somebody else holds the lock');
        try {
          return await work();
        } finally {
          await held.release();
        }
      },
    ),
  );
}
