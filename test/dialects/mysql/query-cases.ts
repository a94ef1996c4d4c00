import { describe, expect, test } from 'vitest';
import type { Dialect, Statement } from '../../../src/dialects/dialect.ts';
import type { Session } from '../../../src/dialects/session.ts';
import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { Index, Table } from '../../../src/schema/schema.ts';
import { createAll, inDatabase } from './cases.ts';
import { column, hostileName, id, int, native, table, text } from './tables.ts';

const t = hostileName;
const unique = (...parts: Index['parts']): Pick<Index, 'parts'> => ({ parts });

const rows = table(
  t,
  [
    id(),
    column('a', text(20)),
    column('b', int),
    column('c', text(20), { collation: 'utf8mb4_bin' }),
    column('ref', int),
  ],
  { primaryKey: { columns: ['id'] } },
);

async function fill(dialect: Dialect, session: Session): Promise<void> {
  await createAll(dialect, session, [rows]);
  await session.run(
    `insert into ${dialect.quote(t)} (a, b, c, ref) values ('ab1', 1, 'ab1', 1), ('AB1', 1, 'AB1', 99), ('ab2', 2, 'ab2', null), (null, 2, null, 98), (null, 2, null, 98)`,
  );
}

const answer = async (session: Session, statement: Statement | undefined): Promise<Record<string, unknown>[]> =>
  session.query(statement?.text ?? 'select 1 from nothing', statement?.parameters);
const numbers = async (session: Session, statement: Statement | undefined): Promise<number[]> =>
  (await answer(session, statement)).map((row) => Number(row['n']));

/** A value that fits the new type and one that does not, as SQL. */
const misfits: readonly (readonly [LogicalType, LogicalType, string, string])[] = [
  [text(20), text(3), "'abc'", "'abcd'"],
  [{ type: 'text' }, text(3), "'üüü'", "'üüüü'"],
  [{ type: 'text', size: 'long' }, { type: 'text', size: 'tiny' }, "repeat('x', 255)", "repeat('ü', 128)"],
  [{ type: 'integer', bits: 64 }, int, '2147483647', '-2147483649'],
  [int, { type: 'integer', bits: 32, unsigned: true }, '0', '-1'],
  [text(20), int, "'-12'", "'12a'"],
  [text(20), int, "'2147483647'", "'2147483648'"],
  [{ type: 'decimal', precision: 10, scale: 2 }, { type: 'decimal', precision: 5, scale: 1 }, '9999.5', '0.55'],
  [{ type: 'decimal', precision: 10, scale: 2 }, { type: 'decimal', precision: 5, scale: 1 }, '9999.5', '10000'],
  [{ type: 'decimal', precision: 10, scale: 2 }, int, '5', '5.5'],
  [text(20), { type: 'decimal', precision: 5, scale: 1 }, "'1.5'", "'1.x'"],
  [{ type: 'enum', values: ['a', 'b'] }, { type: 'enum', values: ['a'] }, "'a'", "'b'"],
  [text(20), { type: 'enum', values: ['a', "b'c"] }, "'b''c'", "'c'"],
  [text(20), { type: 'date' }, "'2020-02-29'", "'2021-02-29'"],
  [
    { type: 'datetime', precision: 6 },
    { type: 'datetime', precision: 3 },
    "'2020-01-01 00:00:00.123'",
    "'2020-01-01 00:00:00.1234'",
  ],
  [{ type: 'datetime' }, { type: 'date' }, "'2020-01-01'", "'2020-01-01 00:00:01'"],
  [{ type: 'text' }, { type: 'json' }, "'{}'", "'{'"],
  [{ type: 'binary', length: 9 }, { type: 'binary', length: 2 }, "'ab'", "'abc'"],
  [text(20), native('char(3)'), "'abc'", "'ab '"],
  [native("set('a','b','c')"), native("set('a','c')"), "'a,c'", "'a,b'"],
  [{ type: 'double' }, int, '5', '5.5'],
];

export function queryCases(dialect: Dialect): void {
  const { queries } = dialect;
  const duplicates = (session: Session, of: Table, index: Pick<Index, 'parts'>): Promise<number[]> =>
    numbers(session, queries.sampleDuplicates(of, index));

  describe(`${dialect.name}: questions to the rows`, () => {
    test('counts', () =>
      inDatabase(dialect, async ({ session }) => {
        await createAll(dialect, session, [rows]);
        expect(await answer(session, queries.hasRows(t))).toEqual([]);
        await session.run(`drop table ${dialect.quote(t)}`);
        await fill(dialect, session);
        expect(await answer(session, queries.hasRows(t))).toHaveLength(1);
        expect(await numbers(session, queries.countRows(t))).toEqual([5]);
        expect(await numbers(session, queries.countNulls(t, 'a'))).toEqual([2]);
        expect(await answer(session, queries.selectColumns(t, ['a', 'c']))).toHaveLength(1);
        await expect(answer(session, queries.selectColumns(t, ['nothing']))).rejects.toThrow();
        const [size] = await answer(session, queries.sizes([t, 'nowhere']));
        expect(size).toMatchObject({ name: t });
        expect(Number(size?.['bytes'])).toBeGreaterThan(0);
        expect(String((await answer(session, queries.now()))[0]?.['now'])).toMatch(
          /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/u,
        );
      }));

    test.each([
      ['by the collation of the column', unique({ column: 'a' }), [2]],
      ['by a collation that tells case apart', unique({ column: 'c' }), []],
      ['by a prefix', unique({ column: 'c', length: 2 }), [2]],
      ['by several columns', unique({ column: 'a' }, { column: 'b' }), [2]],
      ['with NULLs that never collide', unique({ column: 'a' }, { column: 'ref' }), []],
      ['by a column whose values are few', unique({ column: 'b' }), [3, 2]],
    ] as const)('finds duplicates %s, as the server does', (_, index, expected) =>
      inDatabase(dialect, async ({ session }) => {
        await fill(dialect, session);
        expect(await duplicates(session, rows, index)).toEqual(expected);
        const parts = index.parts.map(
          (part) => dialect.quote(part.column ?? '') + ('length' in part ? `(${part.length})` : ''),
        );
        const built = await session.run(`create unique index u on ${dialect.quote(t)} (${parts.join(', ')})`).then(
          () => true,
          () => false,
        );
        expect(built).toBe(expected.length === 0);
      }),
    );

    test('finds duplicates of a generated column that is not there yet, as the column will compare them', () =>
      inDatabase(dialect, async ({ session }) => {
        await fill(dialect, session);
        const generated = (expression: string, type: LogicalType = text(40)): Table => ({
          ...rows,
          columns: { ...rows.columns, 'g`': column('g`', type, { generated: { expression, stored: false } }) },
        });
        const by = unique({ column: 'g`' });
        expect(await duplicates(session, generated('lower(`c`)'), by)).toEqual([2]);
        expect(await duplicates(session, generated('concat(`c`)'), by)).toEqual([2]);
        expect(await duplicates(session, generated('sha2(`c`, 256)', text(64)), by)).toEqual([]);
        expect(await duplicates(session, generated('unhex(sha2(lower(`c`), 256))', native('binary(32)')), by)).toEqual([
          2,
        ]);
        expect(await duplicates(session, generated('unhex(sha2(`c`, 256))', native('binary(32)')), by)).toEqual([]);
        const chained = generated('concat(`h`, 1)');
        expect(
          await duplicates(
            session,
            {
              ...chained,
              columns: {
                ...chained.columns,
                h: column('h', text(9), { generated: { expression: 'left(`c`, 2)', stored: false } }),
              },
            },
            by,
          ),
        ).toEqual([3]);
      }));

    test('finds orphans and violations', () =>
      inDatabase(dialect, async ({ session }) => {
        await fill(dialect, session);
        const own = { name: 'f', columns: ['ref'], references: { table: t, columns: ['id'] } };
        expect(await answer(session, queries.sampleOrphans(t, own))).toEqual([
          { ref: 98, n: 2 },
          { ref: 99, n: 1 },
        ]);
        expect(await answer(session, queries.selectJoin(t, own))).toHaveLength(1);
        expect(
          await numbers(session, queries.sampleViolations(t, { name: 'c', expression: "`a` = 'ab1' or `b` = 2" })),
        ).toEqual([]);
        expect(await numbers(session, queries.sampleViolations(t, { name: 'c', expression: "`a` = 'ab1'" }))).toEqual([
          1,
        ]);
      }));

    test.each(misfits.map(([from, to, good, bad]) => ({ from, to, good, bad })))(
      'finds what does not fit: $bad',
      ({ from, to, good, bad }) =>
        inDatabase(dialect, async ({ session }) => {
          const odd = column('v`%?', from);
          await createAll(dialect, session, [table('m', [id(), odd], { primaryKey: { columns: ['id'] } })]);
          const ask = (): Promise<number[]> => numbers(session, queries.sampleMisfits('m', odd, to));
          await session.run(`insert into m (\`v\`\`%?\`) values (${good}), (null)`);
          expect(await ask()).toEqual([]);
          await session.run(`insert into m (\`v\`\`%?\`) values (${bad})`);
          expect(await ask()).toEqual([1]);
        }),
    );

    test('asks nothing where every value fits', () => {
      expect(queries.sampleMisfits('m', column('v', text(3)), text(4))).toBeUndefined();
      expect(queries.sampleMisfits('m', column('v', int), { type: 'integer', bits: 64 })).toBeUndefined();
      expect(queries.sizes([])).toBeUndefined();
    });
  });
}
