import { describe, expect, test } from 'vitest';
import type { ColumnOptions } from '../../src/config/options.ts';
import { answer, undecided } from '../../src/review/decisions.ts';
import { createDatabase, databaseKinds, type DatabaseKind } from '../support/databases.ts';
import { bring, createEngineProject, listener, oneTable } from './support/engine-project.ts';

const before = `name: p.string().length(50), size: p.integer().nullable(), price: p.decimal().precision(5).scale(2).nullable()`;
const after = `label: p.string().length(50), size: p.integer(), price: p.decimal().precision(5).scale(2), day: p.date(), count: p.integer(), kind: p.string().length(3)`;
const good: Readonly<Record<string, ColumnOptions>> = {
  label: { renamedFrom: 'name' },
  size: { backfill: { sql: 'id + 1' } },
  price: { backfill: { sql: '10 * 99.999 / 1.0' } },
  day: { backfill: { value: '2026-01-31' } },
  // By the name that the column will have.
  count: { backfill: { sql: { postgresql: 'length(label)', sqlite: 'length(label)', mysql: 'char_length(label)' } } },
  kind: { backfill: { sql: `'abc'` } },
};

describe.each(databaseKinds)('%s', (kind) => {
  test('a backfill that the rows or the column do not bear blocks the plan before anything runs', async () => {
    const database = await createDatabase(kind, { name: 'trial' });
    const project = createEngineProject(database);
    await bring(project.engine(oneTable(before)));
    await database.run([`insert into item (id, name, size) values (1, 'a', 5), (2, 'bb', null), (3, 'ccc', null)`]);
    const engine = project.engine(oneTable(after));
    const cases: readonly [string, NonNullable<ColumnOptions['backfill']>, RegExp][] = [
      ['size', { sql: 'nothing + 1' }, /refuses it: .*nothing/u],
      ['size', { sql: 'id +' }, /refuses it/u],
      ['size', { sql: 'nullif(id, 3)' }, /: 1 rows would get NULL$/u],
      ['size', { sql: 'label' }, notStored(kind, 2, 'integer')],
      ['size', { sql: '99999999999' }, kind === 'sqlite' ? /^$/u : /integer|out of range/u],
      ['size', { value: 'many' }, notStored(kind, 2, 'integer')],
      ['day', { sql: `'no day'` }, notStored(kind, 3, 'date')],
      ['kind', { sql: `'longer'` }, kind === 'sqlite' ? /^$/u : /3 rows would get what is no string\(3\)$/u],
      ['price', { sql: '1000' }, kind === 'sqlite' ? /^$/u : /decimal|overflow/u],
    ];
    for (const [column, backfill, says] of cases) {
      const { plan } = await engine.survey(decide({ ...good, [column]: { ...good[column], backfill } }), listener());
      const told = plan.blocked.map(({ message }) => message).join('; ');
      expect(told, `${column} ${JSON.stringify(backfill)}`).toMatch(says);
      // What SQLite would store as it is counts as no fault there.
      if (told === '') continue;
      expect(plan.blocked).toMatchObject([{ code: 'VALUE_UNFIT', step: expect.any(String) }]);
      expect(plan.questions).toMatchObject([{ kind: 'value', table: 'item', column }]);
    }
    const { plan } = await engine.survey(decide(good), listener());
    expect([plan.blocked, plan.questions]).toEqual([[], undefined]);
    expect(await bring(engine, decide(good))).toMatchObject({ status: 'done' });
    const rows = await database.query('select label, size, price, count, kind from item order by id');
    expect(rows.map((row) => [row['label'], Number(row['size']), Number(row['count']), row['kind']])).toEqual([
      ['a', 5, 1, 'abc'],
      ['bb', 3, 2, 'abc'],
      ['ccc', 4, 3, 'abc'],
    ]);
    await database.drop();
  });
});

/** How each database tells of a value of another type. */
function notStored(kind: DatabaseKind, rows: number, type: string): RegExp {
  return kind === 'postgresql'
    ? /refuses it: (invalid input|cannot cast)/u
    : new RegExp(`${rows} rows would get what is no ${type}`, 'u');
}

function decide(columns: Readonly<Record<string, ColumnOptions>>) {
  return Object.entries(columns).reduce(
    (decisions, [column, options]) => answer(decisions, 'item', column, options),
    undecided,
  );
}
