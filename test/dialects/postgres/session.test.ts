import { expect, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import type { Session } from '../../../src/dialects/session.ts';
import { emptySchema } from '../../../src/schema/schema.ts';
import { apply, column, tableOf, withPostgres } from './with-postgres.ts';

const settings = [
  'search_path',
  'TimeZone',
  'DateStyle',
  'IntervalStyle',
  'bytea_output',
  'extra_float_digits',
  'standard_conforming_strings',
  'lock_timeout',
  'statement_timeout',
  'quote_all_identifiers',
  'default_transaction_isolation',
  'check_function_bodies',
  'jit',
];

async function read(session: Session): Promise<object | undefined> {
  return (
    await session.query(`select ${settings.map((name) => `current_setting('${name}') as "${name}"`).join(', ')}`)
  )[0];
}

test('restores every setting as it found it, also after it was prepared twice', async () => {
  await withPostgres(async (session) => {
    await postgres.restoreSession(session);
    await session.run('create schema "odd ""name, here"');
    for (const text of [
      `set search_path = "odd ""name, here", "$user", public`,
      "set timezone = 'Asia/Tokyo'",
      "set datestyle = 'SQL, DMY'",
      "set intervalstyle = 'iso_8601'",
      'set standard_conforming_strings = off',
      "set lock_timeout = '3s'",
      'set quote_all_identifiers = on',
    ])
      await session.run(text);
    const before = await read(session);
    await postgres.prepareSession(session);
    await postgres.prepareSession(session);
    expect(await read(session)).toMatchObject({
      search_path: '"odd ""name, here", public, pg_temp',
      TimeZone: 'UTC',
      lock_timeout: '200ms',
      quote_all_identifiers: 'off',
    });
    await apply(
      session,
      { kind: 'createTable', table: tableOf('here', [column('n', { type: 'text' }, { default: { value: 'a\\b' } })]) },
      emptySchema,
    );
    expect(Object.keys((await postgres.inspect(session, {})).tables)).toEqual(['here']);
    await postgres.restoreSession(session);
    expect(await read(session)).toEqual(before);
    await postgres.restoreSession(session);
    expect(await read(session)).toEqual(before);
    expect(
      await session.query(
        `select 1 from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'odd "name, here' and relname = 'here'`,
      ),
    ).toHaveLength(1);
  });
});

test('keeps an empty search path empty', async () => {
  await withPostgres(async (session) => {
    await postgres.restoreSession(session);
    await session.run(`set search_path = ''`);
    const before = await read(session);
    await postgres.prepareSession(session);
    expect(await postgres.inspect(session, {})).toEqual(emptySchema);
    expect((await postgres.readServer(session)).missingRights).toHaveLength(1);
    await postgres.restoreSession(session);
    expect(await read(session)).toEqual(before);
  });
});

test('spells expressions alike, whatever the settings were', async () => {
  await withPostgres(async (session) => {
    await session.run(
      `create table t (at timestamptz default '2020-01-02 03:04:05+00', i interval default '1 day 2 hours', check (at > '2020-01-02 03:04:05+00'), b bytea default '\\x00ff')`,
    );
    const before = await postgres.inspect(session, {});
    await postgres.restoreSession(session);
    for (const text of [
      "set timezone = 'Asia/Tokyo'",
      "set datestyle = 'SQL, DMY'",
      "set intervalstyle = 'iso_8601'",
      "set bytea_output = 'escape'",
    ])
      await session.run(text);
    expect(await postgres.inspect(session, {})).not.toEqual(before);
    await postgres.prepareSession(session);
    expect(await postgres.inspect(session, {})).toEqual(before);
  });
});

test('an unqualified name never means a temporary table', async () => {
  await withPostgres(async (session) => {
    await session.run('create table t (n int)');
    await session.run('create temporary table t (other int)');
    const schema = await postgres.inspect(session, {});
    await apply(
      session,
      { kind: 'dropColumn', table: 't', column: column('n', { type: 'integer', bits: 32 }) },
      schema,
    );
    expect(Object.keys((await postgres.inspect(session, {})).tables['t']?.columns ?? {})).toEqual([]);
  });
});

test('finds functions and types of every configured schema, and creates in the first', async () => {
  await withPostgres(async (session) => {
    await postgres.restoreSession(session);
    for (const text of [
      'create schema extensions',
      'create function extensions.make() returns int language sql as $$ select 5 $$',
      'set search_path = public, extensions',
    ])
      await session.run(text);
    await postgres.prepareSession(session);
    const table = tableOf('t', [column('n', { type: 'integer', bits: 32 }, { default: { sql: 'make()' } })]);
    const schema = await apply(session, { kind: 'createTable', table }, emptySchema);
    expect(await postgres.inspect(session, {})).toEqual(schema);
    expect(await postgres.echo(session, table)).toEqual(table);
  });
});

test('says which rights are missing, with the statements that give them', async () => {
  await withPostgres(async (session, database) => {
    const [info, role] = [await postgres.readServer(session), `r_${database.name}`];
    expect(info).toMatchObject({ dialect: 'postgresql', database: database.name, readOnly: false, missingRights: [] });
    expect(info.version).toMatch(/^\d+\.\d+/u);
    await session.run('create table t (n int)');
    await session.run('revoke create on schema public from public');
    await session.run(`create role "${role}"`);
    try {
      await session.run(`set role "${role}"`);
      const { missingRights } = await postgres.readServer(session);
      expect(missingRights.map(({ right }) => right)).toEqual([
        'create objects in the schema public',
        expect.stringContaining('(t)'),
      ]);
      await expect(session.run('create table x (n int)')).rejects.toMatchObject({ code: '42501' });
      await session.run('reset role');
      for (const { grant } of missingRights) await session.run(grant);
      await session.run(`set role "${role}"`);
      expect((await postgres.readServer(session)).missingRights).toEqual([]);
      await session.run('alter table t add x int');
      await session.run('create table x (n int)');
    } finally {
      await session.run('reset role');
      await session.run(`drop owned by "${role}"`);
      await session.run(`drop role "${role}"`);
    }
  });
});

test('knows a session that may not write', async () => {
  await withPostgres(async (session) => {
    await session.run('set default_transaction_read_only = on');
    expect((await postgres.readServer(session)).readOnly).toBe(true);
  });
});

test('other products that speak the protocol are not PostgreSQL', async () => {
  const versions = [
    'CockroachDB CCL v23.1.11 (x86_64)',
    'PostgreSQL 11.2-YB-2.20.1.0-b0 on x86_64',
    'PostgreSQL 8.0.2 on i686, Redshift 1.0.1',
    'PostgreSQL 9.5 (Materialize)',
    'PostgreSQL 12.3 (Greenplum Database 7)',
  ];
  for (const version of versions) {
    const session: Session = {
      query: async <Row extends object>() => [{ version }] as unknown as Row[],
      run: async () => ({}),
    };
    expect(await postgres.readServer(session)).toMatchObject({ dialect: undefined, version });
  }
});
