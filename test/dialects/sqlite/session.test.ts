import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sqlite } from '../../../src/dialects/sqlite/index.ts';
import type { Statement } from '../../../src/dialects/dialect.ts';
import type { LogicalType } from '../../../src/schema/logical-type.ts';
import { withSqlite } from './open.ts';

describe('session', () => {
  test('foreign keys are off while we work and as they were afterwards', async () => {
    await withSqlite([], async ({ session }) => {
      await sqlite.restoreSession(session);
      for (const [keys, legacy] of [
        [1, 0],
        [0, 1],
      ] as const) {
        await session.run(`pragma foreign_keys = ${keys}`);
        await session.run(`pragma legacy_alter_table = ${legacy}`);
        await sqlite.prepareSession(session);
        expect(await session.query('pragma foreign_keys')).toEqual([{ foreign_keys: 0 }]);
        expect(await session.query('pragma legacy_alter_table')).toEqual([{ legacy_alter_table: 0 }]);
        await sqlite.restoreSession(session);
        expect(await session.query('pragma foreign_keys')).toEqual([{ foreign_keys: keys }]);
        expect(await session.query('pragma legacy_alter_table')).toEqual([{ legacy_alter_table: legacy }]);
      }
    });
  });

  test('refuses a session whose foreign keys cannot be turned off', async () => {
    await withSqlite([], async ({ session }) => {
      await session.run('pragma foreign_keys = on');
      await session.run('begin');
      await expect(sqlite.prepareSession(session)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
      await session.run('rollback');
    });
  });

  test('a read-only stretch refuses writes, and ends', async () => {
    await withSqlite(['create table t (a int)'], async ({ session }) => {
      await session.run(sqlite.traits.beginReadOnly);
      await expect(session.run('insert into t values (1)')).rejects.toThrow();
      await session.run(sqlite.traits.endReadOnly);
      await session.run('insert into t values (1)');
    });
  });

  test('the server tells version, file and settings', async () => {
    await withSqlite([], async ({ session, database }) => {
      const file = database.url.slice('sqlite:'.length);
      const server = await sqlite.readServer(session);
      expect(server).toMatchObject({
        dialect: 'sqlite',
        database: file,
        readOnly: false,
        settings: { journal_mode: 'delete', encoding: 'UTF-8', foreign_keys: '0', legacy_alter_table: '0' },
      });
      expect(server.version).toMatch(/^3\.\d+\.\d+$/);
      await session.run('pragma query_only = on');
      expect((await sqlite.readServer(session)).readOnly).toBe(true);
    });
  });

  test.skipIf(process.getuid?.() === 0)('a folder that takes no journal is read-only', async () => {
    await withSqlite([], async ({ session, database }) => {
      const folder = dirname(database.url.slice('sqlite:'.length));
      chmodSync(folder, 0o555);
      const { readOnly } = await sqlite.readServer(session);
      chmodSync(folder, 0o755);
      expect(readOnly).toBe(true);
    });
  });
});

describe('errors mean', () => {
  const setUp = [
    'create table t (a int not null unique check (a > 0))',
    'insert into t values (1)',
    'create table schema_versions (version bigint not null primary key)',
    'insert into schema_versions values (1)',
    'create index i on t (a)',
  ];
  test.each([
    ['select * from missing', 'OBJECT_MISSING'],
    ['select missing from t', 'OBJECT_MISSING'],
    ['drop index missing', 'OBJECT_MISSING'],
    ['create table t (b int)', 'OBJECT_EXISTS'],
    ['create index i on t (a)', 'OBJECT_EXISTS'],
    ['alter table t add column a int', 'OBJECT_EXISTS'],
    ['insert into t values (1)', 'ROWS_VIOLATE'],
    ['insert into t values (null)', 'ROWS_VIOLATE'],
    ['insert into t values (0)', 'ROWS_VIOLATE'],
    ['insert into schema_versions values (1)', 'LOG_CONFLICT'],
  ])('%s → %s', async (sql, code) => {
    await withSqlite(setUp, async ({ session }) => {
      const error: unknown = await session.run(sql).catch((caught: unknown) => caught);
      expect(sqlite.classifyError(error)).toMatchObject({ code, answered: true });
      expect(sqlite.classifyError(new Error('wrapped', { cause: error }))).toMatchObject({ code });
    });
  });

  test('another writer, a read-only database, and nothing of ours', async () => {
    await withSqlite(setUp, async ({ session, database }) => {
      await database.query('begin exclusive');
      await session.run('pragma busy_timeout = 0');
      expect(sqlite.classifyError(await session.run('delete from t').catch((caught: unknown) => caught))).toMatchObject(
        { code: 'ALREADY_LOCKED' },
      );
      await database.query('rollback');
      await session.run('pragma query_only = on');
      expect(sqlite.classifyError(await session.run('delete from t').catch((caught: unknown) => caught))).toMatchObject(
        { code: 'READ_ONLY' },
      );
      expect(sqlite.classifyError(new Error('no such table: t'))).toBeUndefined();
      expect(sqlite.classifyError('text')).toBeUndefined();
      const syntax: unknown = await session.query('selec').catch((caught: unknown) => caught);
      expect(sqlite.classifyError(syntax)).toMatchObject({ code: 'REFUSED', answered: true });
    });
  });
});

describe('questions to the rows', () => {
  const setUp = [
    'create table parent (id integer primary key, "co""de" text unique)',
    `insert into parent values (1, 'a')`,
    'create table "ch ild" (id integer primary key, n int, "co""de" text, x)',
    `insert into "ch ild" values (1, 1, 'a', '12'), (2, 1, 'A', 'x'), (3, null, null, 1.5), (4, 2, 'z', '2024-02-30'), (5, 2, 'z', '[1]')`,
  ];
  const { queries } = sqlite;
  const key = { name: 'k', columns: ['co"de'], references: { table: 'parent', columns: ['co"de'] } };
  const anyType = { name: 'x', type: { type: 'native', sql: '' }, nullable: true } as const;

  test('counts, samples and joins', async () => {
    await withSqlite(setUp, async ({ session, table }) => {
      const ask = async ({ text, parameters }: Statement): Promise<unknown[]> => session.query(text, parameters);
      const child = await table('ch ild');
      expect(await ask(queries.countRows('ch ild'))).toEqual([{ n: 5 }]);
      expect(await ask(queries.hasRows('ch ild'))).toHaveLength(1);
      expect(await ask(queries.countNulls('ch ild', 'n'))).toEqual([{ n: 1 }]);
      expect(await ask(queries.sampleOrphans('ch ild', key))).toEqual([
        { 'co"de': 'z', n: 2 },
        { 'co"de': 'A', n: 1 },
      ]);
      expect(await ask(queries.sampleViolations('ch ild', { name: 'c', expression: 'n = 1 -- why' }))).toMatchObject([
        { id: 4, n: 2 },
        { id: 5, n: 2 },
      ]);
      expect(await ask(queries.sampleDuplicates(child, { parts: [{ column: 'co"de' }] }))).toEqual([
        { 'co"de': 'z', n: 2 },
      ]);
      expect(
        await ask(
          queries.sampleDuplicates(child, {
            parts: [{ column: 'co"de', collation: 'NOCASE' }, { expression: 'n' }],
            where: 'id < 4',
          }),
        ),
      ).toMatchObject([{ n: 2 }]);
      expect(await ask(queries.sampleDuplicates(child, { parts: [{ column: 'co"de' }], where: 'id < 5' }))).toEqual([]);
      expect(await ask(queries.selectColumns('ch ild', ['id', 'co"de']))).toHaveLength(1);
      await expect(ask(queries.selectColumns('ch ild', ['missing']))).rejects.toThrow('no such column');
      expect(await ask(queries.selectJoin('ch ild', key))).toHaveLength(1);
      expect(await ask(queries.now())).toEqual([
        { now: expect.stringMatching(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}000$/) },
      ]);
    });
  });

  test.each<[LogicalType, unknown[]]>([
    [{ type: 'integer', bits: 32 }, ['x', 1.5, '2024-02-30', '[1]']],
    [{ type: 'decimal', precision: 5, scale: 2 }, ['x', '2024-02-30', '[1]']],
    [{ type: 'datetime' }, ['x', '[1]']],
    [{ type: 'json' }, ['x', '2024-02-30']],
    [{ type: 'boolean' }, ['12', 'x', 1.5, '2024-02-30', '[1]']],
  ])('misfits of %j', async (to, misfits) => {
    await withSqlite(setUp, async ({ session }) => {
      const found = queries.sampleMisfits('ch ild', anyType, to);
      const rows = await session.query<{ x: unknown }>(found?.text ?? '');
      expect(new Set(rows.map(({ x }) => x))).toEqual(new Set(misfits));
    });
  });

  test('sizes of tables, also of one that is missing', async () => {
    await withSqlite(
      [
        ...setUp,
        'create table big (a text)',
        `insert into big select hex(zeroblob(500)) from json_each('[${Array.from({ length: 1000 }, () => 1).join()}]')`,
      ],
      async ({ session }) => {
        const { text, parameters } = queries.sizes(['big', 'ch ild', 'missing']) ?? { text: '' };
        const rows = await session.query<{ name: string; rows: number; bytes: number }>(text, parameters);
        expect(rows.find(({ name }) => name === 'big')?.rows).toBe(1000);
        expect(rows.find(({ name }) => name === 'big')?.bytes).toBeGreaterThan(1_000_000);
        expect(rows.find(({ name }) => name === 'ch ild')?.rows).toBe(5);
        expect(rows.find(({ name }) => name === 'missing')).toEqual({ name: 'missing', rows: 0, bytes: 0 });
      },
    );
  });

  test('violations of foreign keys: of the table, of its children, and not of references that SQLite cannot check', async () => {
    const made = [
      'pragma foreign_keys = off',
      'create table p (id integer primary key, a int, b int, u int unique, loose int, unique (b, a))',
      'insert into p values (1, 2, 3, 4, 5)',
      'create table c (p_id int references p, u int references P (u), x int, y int, foreign key (x, y) references p (a, b))',
      'insert into c values (1, 4, 2, 3), (9, null, null, null), (null, 9, null, null), (null, null, 2, 9)',
      'create table unclear (l int references p (loose))',
      'insert into unclear values (77)',
      'create table lost (m int references missing)',
      'insert into lost values (1)',
    ];
    await withSqlite(made, async ({ session }) => {
      const count = async (table: string): Promise<number> => {
        const { text, parameters } = queries.foreignKeyViolations(table) ?? { text: '' };
        return (await session.query(text, parameters)).length;
      };
      expect([
        await count('p'),
        await count('C'),
        await count('unclear'),
        await count('lost'),
        await count('missing'),
      ]).toEqual([3, 3, 0, 1, 1]);
    });
  });
});
