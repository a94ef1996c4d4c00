import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/dialects/dialect.ts';
import type { Column, Table } from '../../../src/schema/schema.ts';
import { comparable, createAll, inDatabase, schemaOf } from './cases.ts';
import { column, id, int, table, text } from './tables.ts';

const generated = (name: string, expression: string, stored = false, rest: Partial<Column> = {}): Column =>
  column(name, text(200), { generated: { expression, stored }, ...rest });

/** Expressions as a person writes them, which each server reports in a spelling of its own. */
export const written: Table = table(
  'written',
  [
    id(),
    column('name', text(50), { nullable: false, default: { value: 'x' } }),
    column('race', text(50)),
    column('a', int),
    column('b', int),
    column('day', 'date'),
    column('doc', 'json'),
    column('count`%?', int),
    column('ünï', int),
    generated('g1', "concat(name, ':', char_length(race), 'it''s \\\\ \\n x', \"dq\")"),
    generated('g2', 'LOWER( convert(`name` USING utf8mb4) COLLATE utf8mb4_unicode_ci )', true),
    generated(
      'g3',
      "case when a in (1,2, 3) and not (b between 1 and 5) or name like 'x\\_%' then 'ü€' else upper(race) end",
    ),
    column(
      'h',
      { type: 'native', sql: 'binary(32)' },
      {
        generated: {
          expression:
            "unhex(sha2(concat(`day`, ':', char_length(`name`), ':', lower(convert(`name` using utf8mb4) collate utf8mb4_unicode_ci)), 256))",
          stored: false,
        },
      },
    ),
    column('g4', int, { generated: { expression: '(((a + b)) * -2) % 7', stored: true } }),
    column('g5', int, { generated: { expression: '`count``%?` + `ünï`', stored: false } }),
    column('d1', text(60), { default: { sql: "concat('a', 'it''s', \"\\\\\", 'ü')" } }),
    column('d2', int, { default: { sql: '1 + 2 * 3' } }),
    column('d3', 'date', { default: { sql: 'current_date + interval 1 year' } }),
    column('d4', 'json', { default: { sql: "json_object('a', 1)" } }),
    column('d5', text(40), { default: { sql: 'uuid()' } }),
  ],
  {
    primaryKey: { columns: ['id'] },
    checks: [
      { name: 'c1', expression: "name <> '' and (a > 0 or a is null)" },
      { name: 'c2', expression: "race in ('it''s', 'b\\\\c', \"q\\\"\", 'ü€', 'x\ny')" },
      { name: 'c3', expression: "name not like '%\\%%' and name regexp '^[a-z]+$'" },
      { name: "c'`\\4 %?", expression: '`count``%?` >= -1 and b <=> a' },
      { name: 'c5', expression: "json_unquote(json_extract(doc, '$.a')) <> 'x'" },
    ],
  },
);

/** The server's spellings, asked and inspected, are one. */
export function echoCases(dialect: Dialect, tables: readonly Table[]): void {
  describe(`${dialect.name}: echo`, () => {
    test.each(tables.map((item) => [item.name, item] as const))(
      'tells what the catalog will report of %s, and stays with it',
      (_, item) =>
        inDatabase(dialect, async ({ session }) => {
          const told = await dialect.echo(session, item);
          expect(told).toBeDefined();
          await createAll(dialect, session, [item]);
          const { tables: found } = await dialect.inspect(session, {});
          const actual = found[item.name];
          expect(comparable(schemaOf([told as Table]))).toEqual(comparable(schemaOf([actual as Table])));
          expect(await dialect.echo(session, actual as Table)).toEqual(actual);
          expect(comparable(schemaOf([actual as Table]))).not.toEqual(comparable(schemaOf([item])));
        }),
    );

    test('tells different expressions apart', () =>
      inDatabase(dialect, async ({ session }) => {
        const check = (expression: string): Table => ({ ...written, checks: [{ name: 'c', expression }] });
        const spelled = await Promise.resolve([
          "name <> 'a'",
          "name <> 'A'",
          "name <> ' a'",
          'a - -1 > 0',
          'a - 1 > 0',
          'a in (1, 2)',
          '(a, b) in ((1, 2))',
          "name <> 'a''b'",
          "name <> 'a\\\\b'",
        ]).then((all) =>
          all.reduce<Promise<string[]>>(
            async (done, expression) => [
              ...(await done),
              (await dialect.echo(session, check(expression)))?.checks[0]?.expression ?? '',
            ],
            Promise.resolve([]),
          ),
        );
        expect(new Set(spelled).size).toBe(9);
        expect(spelled).not.toContain('');
      }));

    test('answers nothing for what the server does not take, and leaves no table behind', () =>
      inDatabase(dialect, async ({ session }) => {
        expect(
          await dialect.echo(session, { ...written, checks: [{ name: 'c', expression: 'no_such_column > 0' }] }),
        ).toBeUndefined();
        await expect(session.query('select 1 from mikrate_echo')).rejects.toThrow();
      }));

    test('commits nothing of an open transaction', () =>
      inDatabase(dialect, async ({ session }) => {
        await session.run('create table kept (id int primary key)');
        await session.run('start transaction');
        await session.run('insert into kept values (1)');
        expect(await dialect.echo(session, written)).toBeDefined();
        await session.run('rollback');
        expect(await session.query('select * from kept')).toEqual([]);
      }));
  });
}
