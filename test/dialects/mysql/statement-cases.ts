import { describe, expect, test } from 'vitest';
import { writeOperation, type Dialect } from '../../../src/dialects/dialect.ts';
import { MigrateError } from '../../../src/errors.ts';
import type { Operation } from '../../../src/operations/index.ts';
import type { Index, Schema, Table } from '../../../src/schema/schema.ts';
import { emptySchema } from '../../../src/schema/schema.ts';
import { readRows } from '../../support/rows.ts';
import { applyOne, comparable, createAll, inDatabase } from './cases.ts';
import { column, id, int, native, table, text } from './tables.ts';

const plain = table('plain', [
  column('a', int),
  column('b', text(20)),
  column('long', text(800)),
  column('note', 'text'),
]);
const index = (rest: Partial<Index>): Index => ({ name: 'i', parts: [{ column: 'a' }], unique: false, ...rest });
const add = (rest: Partial<Index>): Operation => ({ kind: 'addIndex', table: 'plain', index: index(rest) });

/** What neither server can do, and the statement with which a server itself says so, where there is one to write. */
const unsupported: readonly (readonly [string, Operation, string?])[] = [
  ['an index for some rows', add({ where: 'a > 0' }), 'create index i on plain (a) where a > 0'],
  ['an index with included columns', add({ include: ['b'] }), 'create index i on plain (a) include (b)'],
  [
    'NULLs that are equal',
    add({ unique: true, nullsNotDistinct: true }),
    'create unique index i on plain (a) nulls not distinct',
  ],
  [
    'a deferrable unique constraint',
    add({ unique: true, deferrable: 'deferred' }),
    'alter table plain add constraint i unique (a) deferrable initially deferred',
  ],
  ['a place for NULLs', add({ parts: [{ column: 'a', nulls: 'first' }] }), 'create index i on plain (a nulls first)'],
  [
    'a collation of an index part',
    add({ parts: [{ column: 'b', collation: 'utf8mb4_bin' }] }),
    'create index i on plain (b collate utf8mb4_bin)',
  ],
  [
    'an operator class',
    add({ parts: [{ column: 'b', operatorClass: 'text_pattern_ops' }] }),
    'create index i on plain (b text_pattern_ops)',
  ],
  ['another access method', add({ method: 'gin' }), 'create index i on plain (a) using gin'],
  [
    'a deferrable foreign key',
    {
      kind: 'addForeignKey',
      table: 'plain',
      foreignKey: { name: 'f', columns: ['a'], references: { table: 'plain', columns: ['a'] }, deferrable: 'deferred' },
    },
    'alter table plain add constraint f foreign key (a) references plain (a) deferrable initially deferred',
  ],
  [
    'on delete set default',
    {
      kind: 'addForeignKey',
      table: 'plain',
      foreignKey: {
        name: 'f',
        columns: ['a'],
        references: { table: 'plain', columns: ['a'] },
        onDelete: 'set default',
      },
    },
    'alter table plain add constraint f foreign key (a) references plain (a) on delete set default',
  ],
  [
    'an enum type of its own',
    { kind: 'createEnum', enum: { name: 'mood', values: ['a'] } },
    "create type mood as enum ('a')",
  ],
  ['a materialized view', { kind: 'createView', view: { name: 'm', definition: 'select 1', materialized: true } }],
  [
    'a type of another database',
    { kind: 'addColumn', table: 'plain', column: column('x', { type: 'native', sql: { postgresql: 'tsvector' } }) },
    'alter table plain add column x tsvector',
  ],
  ['SQL of another database', { kind: 'rawSql', summary: 's', up: { postgresql: 'select 1' }, declared: 'additive' }],
  [
    'a plain column of a virtual one',
    {
      kind: 'changeGenerated',
      table: 'virtual',
      before: column('v', int, { generated: { expression: '`a` + 1', stored: false } }),
      after: column('v', int),
    },
    'alter table `virtual` modify column v int null',
  ],
  ['a name beyond U+FFFF', { kind: 'createTable', table: { ...plain, name: 'a🚀' } }],
  [
    'a foreign key on a partitioned table',
    {
      kind: 'addForeignKey',
      table: 'parts',
      foreignKey: { name: 'f', columns: ['id'], references: { table: 'parent', columns: ['id'] } },
    },
    'alter table parts add constraint f foreign key (id) references parent (id)',
  ],
];

const virtual = table('virtual', [
  column('a', int),
  column('v', int, { generated: { expression: '`a` + 1', stored: false } }),
]);
const parent = table('parent', [id()], { primaryKey: { columns: ['id'] } });
const parts = table('parts', [column('id', int, { nullable: false })], {
  primaryKey: { columns: ['id'] },
  partitioning: { method: 'hash', by: '`id`', partitions: 2 },
});

export function statementCases(dialect: Dialect, own: readonly (readonly [string, Operation, string?])[]): void {
  const schemaOf = (...tables: readonly Table[]): Schema => ({
    ...emptySchema,
    tables: Object.fromEntries(tables.map((item) => [item.name, item])),
  });

  describe(`${dialect.name}: what it cannot do`, () => {
    test.each([...unsupported, ...own].map(([what, operation, refused]) => ({ what, operation, refused })))(
      '$what is refused by us before and by the server itself',
      ({ operation, refused }) =>
        inDatabase(dialect, async ({ session }) => {
          await createAll(dialect, session, [plain, virtual, parent, parts]);
          const schema = schemaOf(plain, virtual, parent, parts);
          const error = await Promise.resolve()
            .then(() => writeOperation(dialect, operation, schema))
            .catch((caught: unknown) => caught);
          expect(error).toBeInstanceOf(MigrateError);
          expect(error).toMatchObject({
            code: 'NOT_SUPPORTED',
            context: { manual: expect.stringMatching(/^https:/u) as unknown },
          });
          if (refused !== undefined) await expect(session.run(refused)).rejects.toThrow();
        }),
    );

    test.each([
      ['too long', index({ parts: [{ column: 'long' }], unique: true })],
      ['without end', index({ parts: [{ column: 'note' }] })],
      [
        'too long together',
        index({ parts: [{ column: 'long', length: 700 }, { column: 'b' }, { column: 'note', length: 60 }] }),
      ],
    ])('a key that is %s is refused, never cut or hashed in silence', (_, long) => {
      expect(() => writeOperation(dialect, { kind: 'addIndex', table: 'plain', index: long }, schemaOf(plain))).toThrow(
        expect.objectContaining({ code: 'NOT_SUPPORTED' }) as Error,
      );
      expect(() =>
        writeOperation(dialect, { kind: 'createTable', table: { ...plain, indexes: [long] } }, emptySchema),
      ).toThrow(expect.objectContaining({ code: 'NOT_SUPPORTED' }) as Error);
    });

    test('the longest key that fits is built as it is said', () =>
      inDatabase(dialect, async ({ session }) => {
        const fits = { ...plain, indexes: [index({ parts: [{ column: 'long', length: 748 }, { column: 'b' }] })] };
        await createAll(dialect, session, [fits]);
        expect((await dialect.inspect(session, {})).tables['plain']?.indexes).toEqual(fits.indexes);
        const latin = {
          ...plain,
          name: 'latin',
          storage: { charset: 'latin1', collation: 'latin1_swedish_ci' },
          indexes: [index({ parts: [{ column: 'long' }], unique: true })],
        };
        await createAll(dialect, session, [latin]);
        expect((await dialect.inspect(session, { tables: ['latin'] })).tables['latin']?.indexes).toEqual(latin.indexes);
      }));
  });

  describe(`${dialect.name}: statements`, () => {
    test('gives a table with rows a counting primary key in one statement, and takes it away again', () =>
      inDatabase(dialect, async ({ session, database }) => {
        await createAll(dialect, session, [plain]);
        await session.run('insert into plain (a) values (7), (8)');
        const before = comparable(await dialect.inspect(session, {}));
        const make: Operation = {
          kind: 'alterTable',
          table: 'plain',
          changes: [
            { kind: 'addColumn', table: 'plain', column: id() },
            { kind: 'addPrimaryKey', table: 'plain', primaryKey: { columns: ['id'] } },
          ],
        };
        const expected = await applyOne(dialect, session, make);
        expect(comparable(await dialect.inspect(session, {}))).toEqual(comparable(expected));
        expect((await readRows(database, 'plain', { columns: ['id', 'a'] })).map((row) => row['id'])).toEqual([1, 2]);
        await applyOne(dialect, session, {
          kind: 'alterTable',
          table: 'plain',
          changes: [
            { kind: 'dropPrimaryKey', table: 'plain', primaryKey: { columns: ['id'] } },
            { kind: 'dropColumn', table: 'plain', column: id() },
          ],
        });
        expect(comparable(await dialect.inspect(session, {}))).toEqual(before);
      }));

    test('drops the primary key of a counting column in one statement', () =>
      inDatabase(dialect, async ({ session }) => {
        await createAll(dialect, session, [parent]);
        await session.run('insert into parent values (5)');
        await applyOne(dialect, session, { kind: 'dropPrimaryKey', table: 'parent', primaryKey: { columns: ['id'] } });
        expect((await dialect.inspect(session, {})).tables['parent']).toMatchObject({
          columns: { id: { name: 'id', nullable: false } },
        });
        expect((await dialect.inspect(session, {})).tables['parent']).not.toHaveProperty('primaryKey');
        expect(await session.query('select * from parent')).toEqual([{ id: 5 }]);
      }));

    test('renames a column that checks, generated columns and defaults name', () =>
      inDatabase(dialect, async ({ session }) => {
        const used = table(
          'used',
          [
            id(),
            column('a', int),
            column('b', int, { generated: { expression: '`a` + 1', stored: false } }),
            column('c', text(9), { default: { value: 'a' } }),
          ],
          {
            primaryKey: { columns: ['id'] },
            indexes: [index({ parts: [{ column: 'a' }, { column: 'b' }] })],
            checks: [{ name: 'c1', expression: "`a` > 0 and `c` <> '`a`'" }],
          },
        );
        await createAll(dialect, session, [used]);
        await session.run('insert into used (a) values (1)');
        await applyOne(dialect, session, { kind: 'renameColumn', table: 'used', from: 'a', to: "z`'" });
        const found = (await dialect.inspect(session, {})).tables['used'];
        expect(found?.columns['b']?.generated?.expression).toBe("`z``'` + 1");
        expect(found?.checks.map(({ name }) => name)).toEqual(['c1']);
        expect(found?.checks[0]?.expression).toContain("`z``'` > 0");
        expect(found?.checks[0]?.expression).toContain("'`a`'");
        expect(found?.columns['c']?.default).toEqual({ value: 'a' });
        expect(found?.indexes).toEqual([index({ parts: [{ column: "z`'" }, { column: 'b' }] })]);
        await expect(session.run("update used set `z``'` = 0")).rejects.toThrow();
        await applyOne(dialect, session, { kind: 'renameColumn', table: 'used', from: "z`'", to: 'a' });
        expect(comparable(await dialect.inspect(session, {}))).toEqual(
          comparable(
            schemaOf({
              ...used,
              checks:
                found?.checks.map((check) => ({
                  ...check,
                  expression: check.expression.replaceAll("`z``'`", '`a`'),
                })) ?? [],
            }),
          ),
        );
      }));

    test('a table that is created beside others shares their collation, so that text can refer to text', () =>
      inDatabase(dialect, async ({ session }) => {
        await session.run(
          'create table old (code varchar(10) primary key) default charset=utf8mb4 collate=utf8mb4_unicode_520_ci',
        );
        const fresh = table('fresh', [id(), column('code', text(10))], {
          primaryKey: { columns: ['id'] },
          indexes: [index({ name: 'k', parts: [{ column: 'code' }] })],
          foreignKeys: [{ name: 'f', columns: ['code'], references: { table: 'old', columns: ['code'] } }],
        });
        await applyOne(dialect, session, { kind: 'createTable', table: fresh });
        expect((await dialect.inspect(session, {})).tables['fresh']?.storage).toEqual({
          engine: 'InnoDB',
          charset: 'utf8mb4',
          collation: 'utf8mb4_unicode_520_ci',
        });
      }));

    test('replaces a view in place and reads it back without the name of the database', () =>
      inDatabase(dialect, async ({ session, database }) => {
        await createAll(dialect, session, [plain]);
        await session.run(
          "create view v as select a, concat(b, 'it''s') as c from plain where a > 1 with check option",
        );
        const from = (await dialect.inspect(session, {})).views['v'];
        expect(from?.definition).not.toContain(database.name);
        expect(from?.definition).toMatch(/with cascaded check option$/u);
        if (!from) throw new Error('the view was not found');
        await applyOne(dialect, session, {
          kind: 'replaceView',
          from,
          to: { name: 'v', definition: 'select 1 AS `x`' },
        });
        expect((await dialect.inspect(session, {})).views['v']?.definition).toBe('select 1 AS `x`');
        await applyOne(dialect, session, {
          kind: 'replaceView',
          from: { name: 'v', definition: 'select 1 AS `x`' },
          to: from,
        });
        expect((await dialect.inspect(session, {})).views['v']).toEqual(from);
      }));

    test('reads a trigger back so that it can be made again', () =>
      inDatabase(dialect, async ({ session }) => {
        await createAll(dialect, session, [plain]);
        await session.run(
          "create trigger `t``r` before insert on plain for each row begin set new.b = concat('it''s', '\\\\ \\n', \"for each row\"); /* c */ end",
        );
        const made = (await dialect.inspect(session, {})).tables['plain']?.triggers;
        expect(made).toHaveLength(1);
        const [trigger] = made ?? [];
        if (!trigger) throw new Error('the trigger was not found');
        await applyOne(dialect, session, { kind: 'dropTrigger', table: 'plain', trigger });
        expect((await dialect.inspect(session, {})).tables['plain']?.triggers).toEqual([]);
        await applyOne(dialect, session, { kind: 'createTrigger', table: 'plain', trigger });
        expect((await dialect.inspect(session, {})).tables['plain']?.triggers).toEqual(made);
        await session.run('insert into plain (a) values (1)');
        expect(await session.query('select b from plain')).toEqual([{ b: "it's\\ \nfor each row" }]);
      }));

    test('fills NULLs without touching the time of the last change', () =>
      inDatabase(dialect, async ({ session }) => {
        const stamped = table(
          'stamped',
          [
            id(),
            column('a', int),
            column('at', 'datetime', { onUpdate: 'current_timestamp' }),
            column('ts', native('timestamp'), { onUpdate: 'current_timestamp' }),
          ],
          { primaryKey: { columns: ['id'] } },
        );
        await createAll(dialect, session, [stamped]);
        await session.run(
          "insert into stamped (a, at, ts) values (null, '2020-01-01', '2020-01-01'), (null, null, '2020-01-01'), (5, null, null)",
        );
        const before = await session.query('select id, at, ts from stamped order by id');
        const batch = dialect.queries.backfillBatch(stamped, column('a', int), { sql: 'id * 2' }, 1).text;
        expect(await session.run(batch)).toEqual({ rows: 1 });
        expect(await session.query('select a from stamped order by id')).toEqual([{ a: 2 }, { a: null }, { a: 5 }]);
        await applyOne(dialect, session, { kind: 'backfill', table: 'stamped', column: 'a', set: { value: 9 } });
        expect(await session.query('select a from stamped order by id')).toEqual([{ a: 2 }, { a: 9 }, { a: 5 }]);
        expect(await session.query('select id, at, ts from stamped order by id')).toEqual(before);
        expect(await session.run(batch)).toEqual({ rows: 0 });
      }));

    test('drops a table and makes it again as it was', () =>
      inDatabase(dialect, async ({ session }) => {
        await session.run(
          "create table odd (id int auto_increment primary key, a varchar(10) collate latin1_bin default 'x') engine=InnoDB default charset=latin1 collate=latin1_general_ci row_format=compact comment='c'",
        );
        const before = await dialect.inspect(session, {});
        const found = before.tables['odd'];
        if (!found) throw new Error('the table was not found');
        await applyOne(dialect, session, { kind: 'dropTable', table: found });
        expect((await dialect.inspect(session, {})).tables).toEqual({});
        await applyOne(dialect, session, { kind: 'createTable', table: found });
        expect(await dialect.inspect(session, {})).toEqual(before);
        expect(found.storage).toEqual({
          engine: 'InnoDB',
          charset: 'latin1',
          collation: 'latin1_general_ci',
          rowFormat: 'compact',
        });
      }));
  });
}
