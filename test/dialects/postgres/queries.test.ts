import { expect, test } from 'vitest';
import { writeOperation, type Statement } from '../../../src/dialects/dialect.ts';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import type { Session } from '../../../src/dialects/session.ts';
import type { LogicalType } from '../../../src/schema/logical-type.ts';
import { emptySchema, type Column } from '../../../src/schema/schema.ts';
import { tableKey } from '../../../src/schema/names.ts';
import { apply, column, hostileNames, tableOf, withPostgres } from './with-postgres.ts';

const { queries } = postgres;
const ask = (session: Session, statement: Statement | undefined): Promise<Record<string, unknown>[]> =>
  session.query(statement?.text ?? '', statement?.parameters ?? []);

const int: Column['type'] = { type: 'integer', bits: 32 };
const table = tableOf('t', [column('id', int), column('name', { type: 'string', length: 20 }), column('n', int)]);

async function withRows(work: (session: Session) => Promise<void>): Promise<void> {
  await withPostgres(async (session) => {
    await apply(session, { kind: 'createTable', table }, emptySchema);
    await session.run(`insert into t values (1, 'a', 1), (2, 'A', 1), (3, 'b', null), (4, 'b', null), (5, null, 7)`);
    await work(session);
  });
}

test('counts rows and NULLs', async () => {
  await withRows(async (session) => {
    expect(Number((await ask(session, queries.countRows('t')))[0]?.['n'])).toBe(5);
    expect(Number((await ask(session, queries.countNulls('t', 'n')))[0]?.['n'])).toBe(2);
    expect(await ask(session, queries.hasRows('t'))).toHaveLength(1);
    await session.run('truncate t');
    expect(await ask(session, queries.hasRows('t'))).toHaveLength(0);
  });
});

test('finds duplicates by exactly the rule of the index', async () => {
  await withRows(async (session) => {
    const sample = async (index: Parameters<typeof queries.sampleDuplicates>[1]): Promise<string[]> =>
      (await ask(session, queries.sampleDuplicates(table, index))).map((row) =>
        JSON.stringify({ ...row, n: Number(row['n']) }),
      );
    expect(await sample({ parts: [{ column: 'name' }] })).toEqual(['{"name":"b","n":2}']);
    expect((await sample({ parts: [{ expression: 'lower(name)' }] })).toSorted()).toEqual([
      '{"expression 1":"a","n":2}',
      '{"expression 1":"b","n":2}',
    ]);
    expect(await sample({ parts: [{ column: 'name' }, { column: 'n' }] })).toEqual([]);
    expect(await sample({ parts: [{ column: 'name' }, { column: 'n' }], nullsNotDistinct: true })).toHaveLength(1);
    expect(await sample({ parts: [{ column: 'name' }], where: 'id < 4 -- not all' })).toEqual([]);
    for (const index of [
      { parts: [{ column: 'name' }], where: 'id < 4' },
      { parts: [{ column: 'name' }, { column: 'n' }] },
    ]) {
      await session.run(
        writeOperation(
          postgres,
          { kind: 'addIndex', table: 't', index: { ...index, name: 'u', unique: true } },
          emptySchema,
        )[0]?.text ?? '',
      );
      await session.run('drop index u');
    }
  });
});

test('finds orphans and violations', async () => {
  await withRows(async (session) => {
    await session.run('create table p (id int primary key)');
    await session.run('insert into p values (1)');
    const orphans = await ask(
      session,
      queries.sampleOrphans('t', { name: 'fk', columns: ['n'], references: { table: 'p', columns: ['id'] } }),
    );
    expect(orphans.map((row) => ({ ...row, n: Number(row['n']) }))).toHaveLength(1);
    const violations = await ask(session, queries.sampleViolations('t', { name: 'c', expression: 't.n > 3' }));
    expect(violations.map((row) => row['id'])).toEqual([1, 2]);
    expect(Number(violations[0]?.['n'])).toBe(2);
    await ask(session, queries.selectColumns('t', ['id', 'name']));
    await ask(session, queries.selectJoin('t', { columns: ['n'], references: { table: 'p', columns: ['id'] } }));
  });
});

const misfits: readonly (readonly [LogicalType, LogicalType, fits: readonly string[], misfits: readonly string[]])[] = [
  [{ type: 'string', length: 9 }, { type: 'string', length: 3 }, ['abc', '☃☃☃'], ['abcd']],
  [
    { type: 'text' },
    { type: 'integer', bits: 16 },
    ['1', ' -32768 ', '+5'],
    ['32768', 'x', '', '9999999999999999999999'],
  ],
  [{ type: 'text' }, { type: 'decimal', precision: 4, scale: 2 }, ['1.5', '-99.99'], ['100', '1.234', 'x', '1e1']],
  [{ type: 'integer', bits: 64 }, { type: 'integer', bits: 32 }, ['2147483647', '-2147483648'], ['2147483648']],
  [{ type: 'integer', bits: 32 }, { type: 'decimal', precision: 4, scale: 2 }, ['99'], ['100']],
  [
    { type: 'decimal', precision: 10, scale: 4 },
    { type: 'decimal', precision: 5, scale: 2 },
    ['999.99'],
    ['1000', '1.001'],
  ],
  [{ type: 'decimal', precision: 10, scale: 2 }, { type: 'integer', bits: 32 }, ['5.00'], ['5.5']],
  [{ type: 'double' }, { type: 'integer', bits: 32 }, ['5'], ['5.5', 'NaN', 'Infinity', '1e300']],
  [{ type: 'text' }, { type: 'boolean' }, ['yes', ' T ', '0', 'off'], ['maybe', '2', '']],
  [{ type: 'integer', bits: 32 }, { type: 'boolean' }, ['0', '1'], ['2']],
  [
    { type: 'text' },
    { type: 'uuid' },
    ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{A0EEBC999C0B4EF8BB6D6BB9BD380A11}'],
    ['x', ''],
  ],
  [{ type: 'text' }, { type: 'enum', values: ['a', "it's"], name: 'e' }, ['a', "it's"], ['A', '']],
  [{ type: 'datetime' }, { type: 'datetime', precision: 0 }, ['2020-01-01 10:00:00'], ['2020-01-01 10:00:00.5']],
  [{ type: 'datetime' }, { type: 'date' }, ['2020-01-01'], ['2020-01-01 00:00:01']],
  [{ type: 'time' }, { type: 'time', precision: 0 }, ['10:00'], ['10:00:00.1']],
];

test.each(misfits)(
  '%j → %j: says which rows do not fit, and the server takes the others',
  async (from, to, fitting, wrong) => {
    await withPostgres(async (session) => {
      if (to.type === 'enum')
        await apply(session, { kind: 'createEnum', enum: { name: to.name ?? '', values: to.values } }, emptySchema);
      const schema = await apply(
        session,
        { kind: 'createTable', table: tableOf('t', [column('c', from)]) },
        emptySchema,
      );
      for (const value of [...fitting, ...wrong]) await session.query('insert into t values ($1)', [value]);
      await session.run('insert into t values (null)');
      const statement = queries.sampleMisfits('t', column('c', from), to);
      const found = await session.query(`select c::text as c from (${statement?.text}) s`);
      expect(found).toHaveLength(wrong.length);
      const text = postgres.types.write(from);
      for (const value of fitting)
        expect(await session.query(`select 1 from (${statement?.text}) s where c = $1::${text}`, [value])).toEqual([]);
      await session.run(`delete from t where c in (select c from (${statement?.text}) s)`);
      await apply(session, { kind: 'changeType', table: 't', column: 'c', from, to, change: 'narrowing' }, schema);
      expect(await session.query('select c from t where c is not null')).toHaveLength(fitting.length);
    });
  },
);

test('says the sizes of all tables in one question, partitions with their parent', async () => {
  await withPostgres(async (session) => {
    const names = [...hostileNames, 'plain'].map((name) => tableKey(name));
    for (const name of names)
      await apply(session, { kind: 'createTable', table: tableOf(name, [column('n', int)]) }, emptySchema);
    await session.run('insert into plain select generate_series(1, 5000)');
    const parts = tableOf('parts', [column('n', int)], { partitioning: { method: 'hash', by: 'n', partitions: 2 } });
    await apply(session, { kind: 'createTable', table: parts }, emptySchema);
    await session.run('insert into parts select generate_series(1, 5000)');
    const unknown = await ask(session, queries.sizes(['plain']));
    expect(Number(unknown[0]?.['rows'])).toBeGreaterThan(1000);
    await session.run('analyze');
    const rows = await ask(session, queries.sizes([...names, 'parts', 'not there']));
    expect(rows.map((row) => String(row['name'])).toSorted()).toEqual([...names, 'parts'].toSorted());
    const sized = new Map(rows.map((row) => [row['name'], row]));
    expect(sized.get('plain')).toMatchObject({ rows: 5000 });
    expect(sized.get('parts')).toMatchObject({ rows: 5000 });
    expect(Number(sized.get('parts')?.['bytes'])).toBeGreaterThan(100_000);
    expect(sized.get('select')).toMatchObject({ rows: 0, bytes: 0 });
    expect(queries.sizes([])).toBeUndefined();
  });
});

test.each([false, true])('fills in batches until nothing is left (partitioned: %s)', async (isPartitioned) => {
  await withPostgres(async (session) => {
    const plain = tableOf(
      't',
      [column('id', int), column('n', int)],
      isPartitioned ? { partitioning: { method: 'hash', by: 'id', partitions: 3 } } : {},
    );
    await apply(session, { kind: 'createTable', table: plain }, emptySchema);
    await session.run('insert into t select g, case when g % 2 = 0 then g end from generate_series(1, 25) g');
    const batch = queries.backfillBatch(plain, column('n', int), { sql: '-id' }, 5);
    const counts: (number | undefined)[] = [];
    for (let at = 0; at < 4; at += 1) counts.push((await session.run(batch.text, batch.parameters ?? [])).rows);
    expect(counts).toEqual([5, 5, 3, 0]);
    expect(
      await session.query('select 1 from t where n is distinct from case when id % 2 = 0 then id else -id end'),
    ).toEqual([]);
  });
});

test("tells the server's time as UTC text, whatever the zone of the session", async () => {
  await withPostgres(async (session) => {
    await session.run("set timezone = 'Asia/Tokyo'");
    const [row] = await ask(session, queries.now());
    expect(row?.['now']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/u);
    expect(Math.abs(Date.parse(`${String(row?.['now']).replace(' ', 'T')}Z`) - Date.now())).toBeLessThan(60_000);
  });
});
