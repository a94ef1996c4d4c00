import { expect, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import type { Table } from '../../../src/schema/schema.ts';
import { column, tableOf, withPostgres } from './with-postgres.ts';

/** As a person writes it in a model. */
const model: Table = tableOf(
  't',
  [
    column('id', { type: 'integer', bits: 32 }, { nullable: false, autoIncrement: true }),
    column('name', { type: 'string', length: 20 }, { default: { sql: "'a' || 'b'" } }),
    column('m', { type: 'enum', values: ['sad', 'ok'], name: 'mood' }, { default: { sql: "'sad'" } }),
    column('g', { type: 'text' }, { generated: { expression: 'upper("name")', stored: true } }),
    column('other', { type: 'integer', bits: 32 }),
  ],
  {
    primaryKey: { name: 'pk', columns: ['id'] },
    checks: [{ name: 'c', expression: `name in ('x', 'y') and m <> 'sad' and own_function(other) > 0` }],
    indexes: [{ name: 'i', parts: [{ expression: 'Lower(name)' }], unique: true, where: "name LIKE 'a%'" }],
    foreignKeys: [{ name: 'fk', columns: ['other'], references: { table: 'not there', columns: ['id'] } }],
    triggers: [{ name: 'tr', definition: 'create trigger …' }],
    comment: 'kept',
  },
);

const setup = [
  `create type mood as enum ('sad', 'ok')`,
  'create function own_function(int) returns int immutable language sql as $$ select $1 $$',
  'create table t (x int)',
  'create index i on t (x)',
];

test('reports the spellings of the server, a fixpoint, and leaves nothing behind', async () => {
  await withPostgres(async (session) => {
    for (const text of setup) await session.run(text);
    const before = await postgres.inspect(session, {});
    const reported = await postgres.echo(session, model);
    expect(reported?.name).toBe('t');
    expect(reported?.checks[0]?.expression).toBe(
      `((name)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])) AND (m <> 'sad'::mood) AND (own_function(other) > 0)`,
    );
    expect(reported?.columns['g']?.generated?.expression).toBe('upper((name)::text)');
    expect(reported?.columns['m']?.default).toEqual({ value: 'sad' });
    expect(reported?.indexes[0]).toMatchObject({
      name: 'i',
      parts: [{ expression: 'lower((name)::text)' }],
      where: "(name)::text ~~ 'a%'::text",
    });
    expect(reported).toMatchObject({ comment: 'kept', foreignKeys: model.foreignKeys, triggers: model.triggers });
    // `in` of a varchar is respelled once more when its spelling is written, then never again.
    const again = reported && (await postgres.echo(session, reported));
    expect(again && (await postgres.echo(session, again))).toEqual(again);
    expect(await postgres.inspect(session, {})).toEqual(before);
    expect(await session.query(`select 1 from pg_class where relpersistence = 't'`)).toEqual([]);
  });
});

test("goes on within the caller's transaction, even when the server refuses", async () => {
  await withPostgres(async (session) => {
    for (const text of setup) await session.run(text);
    await session.run('begin');
    await session.run('insert into t values (1)');
    expect(await postgres.echo(session, model)).toBeDefined();
    expect(
      await postgres.echo(session, { ...model, checks: [{ name: 'c', expression: 'no_such_column > 0' }] }),
    ).toBeUndefined();
    await session.run('insert into t values (2)');
    await session.run('commit');
    expect(await session.query('select x from t order by x')).toEqual([{ x: 1 }, { x: 2 }]);
    // Outside of one it leaves none open.
    await postgres.echo(session, model);
    await session.run('vacuum t');
  });
});

test('is undefined where the user may make no temporary table, or the session is read-only', async () => {
  await withPostgres(async (session, database) => {
    for (const text of setup) await session.run(text);
    await session.run('begin read only');
    // As on a standby: not even a temporary table.
    expect(await postgres.echo(session, model)).toBeUndefined();
    await session.run('rollback');
    await session.run(`revoke temporary on database "${database.name}" from public`);
    const user = `u_${database.name}`;
    await session.run(`create role "${user}"`);
    try {
      await session.run(`set role "${user}"`);
      expect(await postgres.echo(session, model)).toBeUndefined();
    } finally {
      await session.run('reset role');
      await session.run(`drop role "${user}"`);
    }
  });
});
