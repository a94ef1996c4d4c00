import { expect, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import { openPostgres } from '../../support/connections/postgres.ts';
import { withSession } from '../../support/open-session.ts';
import { withPostgres } from './with-postgres.ts';

const setup = [
  'create table schema_versions (version bigint primary key)',
  'insert into schema_versions values (1)',
  'create table t (id int primary key, n int not null check (n > 0), v varchar(3), p int references schema_versions)',
  'insert into t values (1, 1)',
];

const statements: readonly (readonly [sql: string, code: string])[] = [
  ['insert into schema_versions values (1)', 'LOG_CONFLICT'],
  ['insert into t values (1, 1)', 'ROWS_VIOLATE'],
  ['insert into t values (2, null)', 'ROWS_VIOLATE'],
  ['insert into t values (2, -1)', 'ROWS_VIOLATE'],
  ["insert into t values (2, 1, 'long')", 'ROWS_VIOLATE'],
  ['insert into t values (2, 1, null, 5)', 'ROWS_VIOLATE'],
  ["select 'x'::int", 'ROWS_VIOLATE'],
  ['select 1 from not_there', 'OBJECT_MISSING'],
  ['select not_there from t', 'OBJECT_MISSING'],
  ['drop index not_there', 'OBJECT_MISSING'],
  ['create table t (n int)', 'OBJECT_EXISTS'],
  ['alter table t add n int', 'OBJECT_EXISTS'],
  ['alter table t add constraint t_pkey check (true)', 'OBJECT_EXISTS'],
  ['begin read only; create table x (n int)', 'READ_ONLY'],
];

test.each(statements)('%s is %s, answered on a living session', async (sql, code) => {
  await withPostgres(async (session) => {
    for (const text of setup) await session.run(text);
    const error: unknown = await session.run(sql).catch((thrown: unknown) => thrown);
    expect(postgres.classifyError(error)).toMatchObject({ code, answered: true });
    expect(postgres.classifyError(new Error('wrapped', { cause: error }))).toMatchObject({ code });
    await session.run('rollback');
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

test('an error without a meaning of its own has none', async () => {
  await withPostgres(async (session) => {
    expect(postgres.classifyError(await session.run('syntax error').catch((error: unknown) => error))).toMatchObject({
      code: 'REFUSED',
      answered: true,
    });
    expect(postgres.classifyError(new Error('x'))).toBeUndefined();
    expect(postgres.classifyError('x')).toBeUndefined();
  });
});

test('a lock that another session holds', async () => {
  await withPostgres((first, database) =>
    withSession(database, async (second) => {
      await first.run('create table t (n int)');
      await first.run('begin');
      await first.run('lock table t');
      await second.run("set lock_timeout = '50ms'");
      const error: unknown = await second.run('alter table t add x int').catch((thrown: unknown) => thrown);
      expect(postgres.classifyError(error)).toMatchObject({ code: 'ALREADY_LOCKED', answered: true });
      await first.run('rollback');
    }),
  );
});

test('a deadlock', async () => {
  await withPostgres((first, database) =>
    withSession(database, async (second) => {
      for (const text of [
        'create table a (n int)',
        'create table b (n int)',
        "set deadlock_timeout = '20ms'",
        'begin',
        'lock table a',
      ])
        await first.run(text);
      for (const text of ["set deadlock_timeout = '10s'", 'begin', 'lock table b']) await second.run(text);
      const waiting = second.run('lock table a');
      const error: unknown = await first.run('lock table b').catch((thrown: unknown) => thrown);
      expect(postgres.classifyError(error)).toMatchObject({ code: 'DEADLOCK', answered: true });
      await first.run('rollback');
      await waiting;
    }),
  );
});

test('a session that was killed has no answer', async () => {
  await withPostgres(async (second, database) => {
    const errors: unknown[] = [];
    await withSession(database, async (first) => {
      const [row] = await first.query<{ pid: number }>('select pg_backend_pid() as pid');
      const running = first.query('select pg_sleep(10)').catch((error: unknown) => errors.push(error));
      await second.query('select pg_terminate_backend($1, 5000)', [row?.pid]);
      await running;
      await first.query('select 1').catch((error: unknown) => errors.push(error));
    }).catch(() => undefined);
    expect(errors).toHaveLength(2);
    for (const error of errors)
      expect(postgres.classifyError(error)).toMatchObject({ code: 'CONNECTION_LOST', answered: false });
  });
});

test('a server that is not there, a database that is not there, a user who may not', async () => {
  await withPostgres(async (session, database) => {
    // Not through MikroORM, which creates a database that is missing.
    const connect = async (url: string): Promise<unknown> => {
      const connection = openPostgres(url);
      const answer: unknown = await connection.query('select 1').catch((error: unknown) => error);
      await connection.close();
      return answer;
    };
    const closed = new URL(database.url);
    closed.port = '1';
    expect(postgres.classifyError(await connect(closed.href))).toMatchObject({
      code: 'SERVER_UNREACHABLE',
      answered: false,
    });
    const missing = new URL(database.url);
    missing.pathname = '/not_there';
    expect(postgres.classifyError(await connect(missing.href))).toMatchObject({
      code: 'DATABASE_MISSING',
      answered: false,
    });
    const role = `r_${database.name}`;
    await session.run(`create role "${role}"`);
    await session.run('create table t (n int)');
    await session.run(`set role "${role}"`);
    const denied: unknown = await session.run('select * from t').catch((error: unknown) => error);
    await session.run('reset role');
    await session.run(`drop role "${role}"`);
    expect(postgres.classifyError(denied)).toMatchObject({ code: 'RIGHT_MISSING', answered: true });
    const stranger = new URL(database.url);
    [stranger.username, stranger.password] = ['no_such_role', 'any'];
    expect(postgres.classifyError(await connect(stranger.href))).toMatchObject({ code: 'ACCESS_DENIED' });
  });
});
