import { expect, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import type { Session } from '../../../src/dialects/session.ts';
import { withSession } from '../../support/open-session.ts';
import { withPostgres } from './with-postgres.ts';

const target = { database: 'd', table: 'schema_versions' };

test('one session holds it, the other gets it only after release', async () => {
  await withPostgres((first, database) =>
    withSession(database, async (second) => {
      const held = await postgres.lock.tryAcquire(first, target);
      expect(await held?.isHeld()).toBe(true);
      expect(await postgres.lock.tryAcquire(second, target)).toBeUndefined();
      const other = await postgres.lock.tryAcquire(second, { ...target, table: 'another' });
      expect(other).toBeDefined();
      await other?.release();
      await held?.release();
      expect(await held?.isHeld()).toBe(false);
      expect(await postgres.lock.tryAcquire(second, target)).toBeDefined();
    }),
  );
});

test('is free as soon as the session of its holder is killed', async () => {
  await withPostgres(async (second, database) => {
    await withSession(database, async (first) => {
      await postgres.lock.tryAcquire(first, target);
      const [row] = await first.query<{ pid: number }>('select pg_backend_pid() as pid');
      await second.query('select pg_terminate_backend($1, 5000)', [row?.pid]);
      expect(await postgres.lock.tryAcquire(second, target)).toBeDefined();
      await expect(first.query('select 1')).rejects.toThrow();
    }).catch(() => undefined);
    expect(
      await second.query(
        `select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
      ),
    ).toHaveLength(1);
  });
});

test('sees that a lock was given back behind its back', async () => {
  await withPostgres(async (session) => {
    const held = await postgres.lock.tryAcquire(session, target);
    await session.query('select pg_advisory_unlock_all()');
    expect(await held?.isHeld()).toBe(false);
  });
});

test('refuses a pooler that gives each statement another server connection', async () => {
  await withPostgres((first, database) =>
    withSession(database, async (second) => {
      const pooled = alternate([first, second]);
      await expect(postgres.lock.tryAcquire(pooled, target)).rejects.toMatchObject({
        code: 'POOLED_CONNECTION',
        exitCode: 3,
      });
    }),
  );
});

function alternate(sessions: readonly [Session, Session]): Session {
  let turn = 0;
  const next = (): Session => sessions[(turn += 1) % 2] ?? sessions[0];
  return {
    query: (sql, parameters) => next().query(sql, parameters),
    run: (sql, parameters) => next().run(sql, parameters),
  };
}
