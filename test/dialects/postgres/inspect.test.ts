import { expect, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import type { Session } from '../../../src/dialects/session.ts';
import { tableKey } from '../../../src/schema/names.ts';
import { emptySchema, type Column, type Schema, type Table } from '../../../src/schema/schema.ts';
import { apply, column, hostileNames, tableOf, withPostgres } from './with-postgres.ts';

const id: Column = { name: 'id', type: { type: 'integer', bits: 32 }, nullable: false, autoIncrement: true };
const name: Column = column('name', { type: 'string', length: 40 }, { nullable: false });
const primaryKey = { name: 't_pkey', columns: ['id'] };
const mood = { name: 'mood', values: ["it's", 'so so', 'back\\slash'] };

/** Tables in normal form: what is written is what is read. */
const tables: { readonly [title: string]: Table } = {
  'every type': tableOf('t', [
    id,
    column('a', { type: 'string', length: 255 }),
    column('b', { type: 'text' }),
    column('c', { type: 'integer', bits: 16 }),
    column('d', { type: 'integer', bits: 64 }),
    column('e', { type: 'decimal', precision: 10, scale: 2 }),
    column('f', { type: 'float' }),
    column('g', { type: 'double' }),
    column('h', { type: 'boolean' }),
    column('i', { type: 'date' }),
    column('j', { type: 'uuid' }),
    column('k', { type: 'json' }),
    column('l', { type: 'time' }),
    column('m', { type: 'time', precision: 0 }),
    column('n', { type: 'time', precision: 3, zone: true }),
    column('o', { type: 'datetime' }),
    column('p', { type: 'datetime', precision: 0, zone: true }),
    column('q', { type: 'datetime', zone: true }),
    column('r', { type: 'binary' }),
    column('s', { type: 'enum', ...mood }),
    ...[
      'text[]',
      'integer[]',
      'character varying(20)[]',
      'character(3)',
      'json',
      'interval',
      'inet',
      'bit(3)',
      'numeric',
      'numeric(5,-2)',
      'point',
      'tsvector',
      'int4range',
      '"char"',
      'timestamp(3) without time zone[]',
      'mood[]',
    ].map((sql, at) => column(`native ${at}`, { type: 'native', sql })),
  ]),
  'every default': tableOf('t', [
    column('quote', { type: 'text' }, { default: { value: 'it\'s a "test"' } }),
    column('backslash', { type: 'string', length: 20 }, { default: { value: 'a\\b\\' } }),
    column('newline', { type: 'text' }, { default: { value: 'a\nb' } }),
    column('empty', { type: 'string', length: 5 }, { default: { value: '' } }),
    column('word', { type: 'text' }, { default: { value: 'null' } }),
    column('number', { type: 'integer', bits: 32 }, { default: { value: -1 } }),
    column('big', { type: 'integer', bits: 64 }, { default: { value: '9007199254740993' } }),
    column('decimal', { type: 'decimal', precision: 10, scale: 2 }, { default: { value: 1.5 } }),
    column('double', { type: 'double' }, { default: { value: 0.25 } }),
    column('real', { type: 'float' }, { default: { value: -2 } }),
    column('yes', { type: 'boolean' }, { default: { value: true } }),
    column('no', { type: 'boolean' }, { default: { value: false } }),
    column('json', { type: 'json' }, { default: { value: '{"a":[1,"it\'s"],"b":null}' } }),
    column('array', { type: 'native', sql: 'text[]' }, { default: { value: '{}' } }),
    column('enum', { type: 'enum', ...mood }, { default: { value: "it's" } }),
    column('uuid', { type: 'uuid' }, { default: { value: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' } }),
    column('now', { type: 'datetime', precision: 0, zone: true }, { default: { now: true } }),
    column('local', { type: 'datetime' }, { default: { now: true } }),
    column('date', { type: 'date' }, { default: { value: '2020-02-29' } }),
    column('char', { type: 'native', sql: 'character(3)' }, { default: { value: 'abc' } }),
    column('expression', { type: 'uuid' }, { default: { sql: 'gen_random_uuid()' } }),
    column('later', { type: 'datetime', zone: true }, { default: { sql: "now() + '1 day'::interval" } }),
  ]),
  'checks, generated columns and comments': tableOf(
    't',
    [
      id,
      { ...name, comment: "it's; a \\ comment\n☃" },
      column('loud', { type: 'text' }, { generated: { expression: 'upper((name)::text)', stored: true } }),
      column('collated', { type: 'text' }, { collation: 'C' }),
    ],
    {
      primaryKey,
      checks: [
        { name: 'a"check', expression: "(name)::text <> 'A'::text" },
        { name: 'b either', expression: "((id > 0) OR (length((name)::text) > 2)) AND ((name)::text <> '(('::text)" },
        { name: 'c invalid', expression: 'id > 5', invalid: true },
      ],
      comment: 'table comment',
    },
  ),
  'every kind of index': tableOf(
    't',
    [
      id,
      name,
      column('n', { type: 'integer', bits: 32 }),
      column('j', { type: 'json' }),
      column('e', { type: 'enum', ...mood }),
    ],
    {
      primaryKey: { name: 'two keys', columns: ['name', 'id'] },
      indexes: [
        { name: 'i01 plain', parts: [{ column: 'n' }], unique: false },
        { name: 'i02 desc', parts: [{ column: 'n', descending: true }, { column: 'name' }], unique: false },
        {
          name: 'i03 nulls',
          parts: [
            { column: 'n', nulls: 'first' },
            { column: 'name', descending: true, nulls: 'last' },
          ],
          unique: false,
        },
        { name: 'i04 where', parts: [{ column: 'n' }], unique: true, where: "(n > 0) AND (e = 'so so'::mood)" },
        {
          name: 'i05 expression',
          parts: [{ expression: 'lower((name)::text)' }, { expression: 'n + 1', descending: true }],
          unique: false,
        },
        { name: 'i06 gin', parts: [{ column: 'j' }], unique: false, method: 'gin' },
        {
          name: 'i07 opclass',
          parts: [{ column: 'j', operatorClass: 'jsonb_path_ops' }],
          unique: false,
          method: 'gin',
        },
        { name: 'i08 pattern', parts: [{ column: 'name', operatorClass: 'varchar_pattern_ops' }], unique: false },
        { name: 'i09 include', parts: [{ column: 'n' }], unique: false, include: ['name', 'e'] },
        {
          name: 'i10 collation',
          parts: [
            { column: 'name', collation: 'C' },
            { expression: 'lower((name)::text)', collation: 'POSIX' },
          ],
          unique: false,
        },
        { name: 'i11 nulls not distinct', parts: [{ column: 'n' }], unique: true, nullsNotDistinct: true },
        { name: 'i12 hash', parts: [{ column: 'n' }], unique: false, method: 'hash' },
        { name: 'i13 comment', parts: [{ column: 'n' }], unique: false, comment: "it's" },
        { name: 'i14 unique', parts: [{ column: 'n' }], unique: true, constraint: true },
        {
          name: 'i15 unique',
          parts: [{ column: 'n' }, { column: 'id' }],
          unique: true,
          constraint: true,
          include: ['name'],
          nullsNotDistinct: true,
          deferrable: 'deferred',
          comment: 'c',
        },
        { name: 'i16 unique', parts: [{ column: 'n' }], unique: true, constraint: true, deferrable: 'immediate' },
        { name: 'i17 own collation', parts: [{ expression: 'upper(((name)::text COLLATE "C"))' }], unique: false },
      ],
    },
  ),
  'foreign keys to itself': tableOf(
    't',
    [id, name, column('parent', { type: 'integer', bits: 32 }), column('other', { type: 'string', length: 40 })],
    {
      primaryKey,
      indexes: [{ name: 'both', parts: [{ column: 'name' }, { column: 'id' }], unique: true, constraint: true }],
      foreignKeys: [
        {
          name: 'a',
          columns: ['parent'],
          references: { table: 't', columns: ['id'] },
          onDelete: 'cascade',
          onUpdate: 'restrict',
        },
        {
          name: 'b',
          columns: ['other', 'parent'],
          references: { table: 't', columns: ['name', 'id'] },
          onDelete: 'set null',
          onUpdate: 'set default',
          deferrable: 'deferred',
        },
        {
          name: 'c',
          columns: ['parent'],
          references: { table: 't', columns: ['id'] },
          deferrable: 'immediate',
          invalid: true,
        },
      ],
    },
  ),
  'partitioned by range': tableOf(
    't',
    [column('at', { type: 'date' }, { nullable: false }), column('n', { type: 'integer', bits: 32 })],
    {
      partitioning: {
        method: 'range',
        by: 'at',
        partitions: [
          { name: 'p1', bound: "for values from (minvalue) to ('2020-01-01')" },
          { name: 'p2 TO', bound: "for values from ('2020-01-01') to (maxvalue)" },
        ],
      },
      indexes: [{ name: 'on all', parts: [{ column: 'at' }], unique: false }],
    },
  ),
  'partitioned by list': tableOf(
    't',
    [
      column('n', { type: 'integer', bits: 32 }, { nullable: false }),
      column('w', { type: 'text' }, { nullable: false }),
    ],
    {
      partitioning: {
        method: 'list',
        by: 'w',
        partitions: [
          { name: 'p', bound: "for values in ('FROM', 'TO')" },
          { name: 'q', bound: 'default' },
        ],
      },
      primaryKey: { name: 'pk', columns: ['n', 'w'] },
    },
  ),
  'partitioned by hash': tableOf('t', [column('n', { type: 'integer', bits: 32 })], {
    partitioning: { method: 'hash', by: 'n', partitions: 3 },
  }),
  'partitioned by an expression': tableOf('t', [column('w', { type: 'text' })], {
    partitioning: {
      method: 'hash',
      by: 'lower(w)',
      partitions: [{ name: 'one', bound: 'for values with (modulus 1, remainder 0)' }],
    },
  }),
  'partitioned by operators': tableOf(
    't',
    [column('a', { type: 'integer', bits: 32 }), column('b', { type: 'integer', bits: 32 })],
    { partitioning: { method: 'range', by: 'a + 1', partitions: [] } },
  ),
  'partitioned by several keys': tableOf(
    't',
    [column('a', { type: 'integer', bits: 32 }), column('W x', { type: 'text' })],
    { partitioning: { method: 'range', by: '(a + 1), lower("W x"), "W x" collate "C"', partitions: [] } },
  ),
  storage: tableOf('t', [id], { storage: { unlogged: true, with: 'fillfactor=70' } }),
  'no columns': tableOf('t', []),
};

test.each(Object.entries(tables))('reads a table back as it was written: %s', async (_, table) => {
  await withPostgres(async (session) => {
    let schema: Schema = await apply(session, { kind: 'createEnum', enum: mood }, emptySchema);
    schema = await apply(session, { kind: 'createTable', table }, schema);
    expect(await postgres.inspect(session, {})).toEqual(schema);
    // Catalog spellings are a fixpoint: what was read writes the same again.
    expect(await postgres.echo(session, table)).toEqual(table);
  });
});

test('reads and writes any legal name', async () => {
  await withPostgres(async (session) => {
    let schema = emptySchema;
    for (const hostile of hostileNames) {
      const table = hostileTable(hostile);
      schema = await apply(
        session,
        { kind: 'createEnum', enum: { name: tableKey(`${hostile} enum`), values: [hostile] } },
        schema,
      );
      schema = await apply(session, { kind: 'createTable', table }, schema);
    }
    expect(Object.keys(schema.tables)).toHaveLength(hostileNames.length);
    expect(await postgres.inspect(session, {})).toEqual(schema);
    for (const table of Object.values(schema.tables))
      expect(await postgres.inspect(session, { tables: [table.name] })).toMatchObject({
        tables: { [table.name]: table },
      });
    for (const table of Object.values(schema.tables)) expect(await postgres.echo(session, table)).toEqual(table);
  });
});

function hostileTable(hostile: string): Table {
  const key = tableKey(hostile);
  const quoted = `"${hostile.replaceAll('"', '""')}"`;
  const spelled = hostile === '__proto__' || hostile === 'constructor' ? hostile : quoted;
  const type: Column['type'] = { type: 'enum', values: [hostile], name: tableKey(`${hostile} enum`) };
  return tableOf(
    key,
    [{ ...id, name: hostile }, column('e', type, { default: { value: hostile }, comment: hostile })],
    {
      primaryKey: { name: `${hostile}_pk`, columns: [hostile] },
      indexes: [
        {
          name: `${hostile} ix`,
          parts: [{ column: hostile }],
          unique: false,
          where: `${spelled} > 0`,
          comment: hostile,
        },
      ],
      checks: [{ name: `${hostile} ck`, expression: `${spelled} > 0` }],
      foreignKeys: [{ name: `${hostile} fk`, columns: [hostile], references: { table: key, columns: [hostile] } }],
      comment: hostile,
    },
  );
}

test('reads other namespaces only when asked, and spells what is there with them', async () => {
  await withPostgres(async (session) => {
    await session.run('create schema "other ""one"');
    const namespace = 'other "one';
    const there = tableOf(
      tableKey('t', namespace),
      [id, column('e', { type: 'enum', values: ['x'], name: tableKey('kind', namespace) })],
      { primaryKey },
    );
    const here = tableOf('t', [id], {
      primaryKey,
      foreignKeys: [{ name: 'fk', columns: ['id'], references: { table: there.name, columns: ['id'] } }],
    });
    const created: Schema = { tables: { [there.name]: there }, views: {}, enums: {} };
    let schema = await apply(
      session,
      { kind: 'createEnum', enum: { name: tableKey('kind', namespace), values: ['x'] } },
      emptySchema,
    );
    schema = await apply(session, { kind: 'createTable', table: there }, schema);
    schema = await apply(session, { kind: 'createTable', table: here }, schema);
    expect(await postgres.inspect(session, { namespaces: [namespace] })).toEqual({
      ...schema,
      namespaces: [namespace],
    });
    expect(await postgres.inspect(session, {})).toEqual({ ...emptySchema, tables: { t: here } });
    expect(await postgres.inspect(session, { namespaces: [namespace], tables: [there.name] })).toMatchObject(created);
    expect(await postgres.echo(session, there)).toEqual(there);
  });
});

test('takes serial, identity and owned sequences for auto-increment, and no other nextval', async () => {
  await withPostgres(async (session) => {
    await session.run('create sequence free');
    await session.run(`create table t (a serial, b bigserial, c int generated always as identity, d int generated by default as identity,
      e int default nextval('free'), f smallserial, g int default nextval('free') + 1, h int default nextval('free'))`);
    // Owned by a column whose default takes another sequence.
    await session.run('create sequence idle owned by t.h');
    await session.run(`create table other (n int default nextval('idle'))`);
    const columns = (await postgres.inspect(session, {})).tables['t']?.columns ?? {};
    const numbered = Object.values(columns).filter(
      ({ autoIncrement, default: value }) => autoIncrement && value === undefined,
    );
    expect(numbered.map((item) => item.name)).toEqual(['a', 'b', 'c', 'd', 'f']);
    expect(columns['e']?.default).toEqual({ sql: "nextval('free'::regclass)" });
  });
});

test('reads one foreign key to a partitioned table, not one for each partition', async () => {
  await withPostgres(async (session) => {
    await session.run('create table parent (id int primary key) partition by hash (id)');
    for (const at of [0, 1])
      await session.run(`create table parent_${at} partition of parent for values with (modulus 2, remainder ${at})`);
    await session.run('create table child (p int references parent)');
    expect((await postgres.inspect(session, {})).tables['child']?.foreignKeys).toEqual([
      { name: 'child_p_fkey', columns: ['p'], references: { table: 'parent', columns: ['id'] } },
    ]);
  });
});

test('leaves out what belongs to extensions, and reads views, triggers and invalid indexes', async () => {
  await withPostgres(async (session) => {
    await session.run('create extension pg_stat_statements').catch(() => session.run('create extension pgcrypto'));
    for (const text of [
      'create table t (n int, x int)',
      'create function f() returns trigger language plpgsql as $$ begin return new; end $$',
      `create trigger "a trigger" before update of n on t for each row when (new.n > 0) execute function f()`,
      'create view v as select n from t where x > 1',
      'create materialized view m as select count(*) as c from t',
      'create table excluded (r int4range, exclude using gist (r with &&))',
    ])
      await session.run(text);
    await session.run('insert into t values (1, 1), (1, 1)');
    await expect(session.run('create unique index concurrently broken on t (n)')).rejects.toThrow();
    const schema = await postgres.inspect(session, {});
    expect(Object.keys(schema.tables)).toEqual(['excluded', 't']);
    expect(schema.tables['excluded']?.indexes).toEqual([]);
    expect(schema.tables['t']?.indexes).toEqual([
      { name: 'broken', parts: [{ column: 'n' }], unique: true, invalid: true },
    ]);
    expect(schema.tables['t']?.triggers).toEqual([
      {
        name: 'a trigger',
        definition:
          'CREATE TRIGGER "a trigger" BEFORE UPDATE OF n ON t FOR EACH ROW WHEN (new.n > 0) EXECUTE FUNCTION f()',
      },
    ]);
    expect(schema.views['v']?.definition.replace(/\s+/gu, ' ')).toBe('SELECT t.n FROM t WHERE (t.x > 1)');
    expect(schema.views['m']).toMatchObject({ materialized: true });
    expect(Object.keys(schema.views)).toEqual(['m', 'v']);
  });
});

test('is not led astray by a schema that is full of names from the catalog', async () => {
  await withPostgres(async (session) => {
    for (const text of [
      "create table trap (n int check (n > 0), t text default 'x')",
      "create function public.pg_get_expr(pg_node_tree, oid) returns text language sql as $$ select 'hijacked' $$",
      "create function public.format_type(oid, int4) returns text language sql as $$ select 'hijacked' $$",
      'create table pg_class (n int)',
      'create table pg_attribute (n int)',
      'create temporary table trap (other int)',
    ])
      await session.run(text);
    const schema = await postgres.inspect(session, {});
    expect(Object.keys(schema.tables)).toEqual(['pg_attribute', 'pg_class', 'trap']);
    expect(JSON.stringify(schema)).not.toContain('hijacked');
    expect(Object.keys(schema.tables['trap']?.columns ?? {})).toEqual(['n', 't']);
  });
});

test('asks a fixed number of questions, however many tables', async () => {
  await withPostgres(async (session) => {
    let asked = 0;
    const counting: Session = {
      ...session,
      query: (sql, parameters) => ((asked += 1), session.query(sql, parameters)),
    };
    const count = async (): Promise<number> => {
      asked = 0;
      await postgres.inspect(counting, {});
      return asked;
    };
    // A session keeps the question.
    expect(await count()).toBe(2);
    for (let at = 0; at < 20; at += 1) await session.run(`create table t${at} (id serial primary key, n int unique)`);
    expect(await count()).toBe(1);
  });
});
