import type { Partitioning } from '../../../src/schema/schema.ts';
import type { Operation } from '../../../src/operations/index.ts';
import { bigint, column, int, keyOf, string, tableOf, type Place } from '../place.ts';
import type { LifeCycleCase, LifeCycleCases } from './case.ts';

/** A table with rows and no foreign keys, which partitioning forbids. */
const plainTable = ({ kind, name }: Place, partitioning?: Partitioning): Operation => ({
  kind: 'createTable',
  table: tableOf(name('parts'), [column('a', int, { nullable: false }), column('b', string(20))], {
    ...keyOf(kind, name('parts'), 'a'),
    ...(partitioning && { partitioning }),
  }),
});
const rowsOf = ({ name }: Place): string =>
  `insert into ${name('parts')} (a, b) values (1, 'x'), (2, null), (3, 'ü'), (4, '')`;

const hash: Partitioning = { method: 'hash', by: '`a`', partitions: 2 };
const methods: readonly (readonly [string, Partitioning])[] = [
  ['KEY', { method: 'key', by: '`a`', partitions: 16 }],
  ['HASH', hash],
  [
    'RANGE',
    {
      method: 'range',
      by: '`a`',
      partitions: [
        { name: 'low', bound: '3' },
        { name: 'high', bound: 'maxvalue' },
      ],
    },
  ],
  [
    'LIST',
    {
      method: 'list',
      by: '`a`',
      partitions: [
        { name: 'odd', bound: '1,3' },
        { name: 'even', bound: '2,4' },
      ],
    },
  ],
];

const converted = methods.map(([method, to]): LifeCycleCase<'setPartitioning'> => ({
  name: `a filled table by ${method}`,
  given: (place) => [plainTable(place), rowsOf(place)],
  operation: (place) => ({ kind: 'setPartitioning', table: place.name('parts'), to }),
}));

const ranges = ({ kind, name }: Place, more: boolean): Partitioning =>
  kind === 'postgresql'
    ? {
        method: 'range',
        by: 'a',
        partitions: [
          { name: name('low'), bound: 'for values from (minvalue) to (100)' },
          ...(more ? [{ name: name('high'), bound: 'for values from (100) to (maxvalue)' }] : []),
        ],
      }
    : {
        method: 'range',
        by: '`a`',
        partitions: [{ name: 'low', bound: '100' }, ...(more ? [{ name: 'high', bound: 'maxvalue' }] : [])],
      };

const setPartitioning: readonly LifeCycleCase<'setPartitioning'>[] = [
  ...converted,
  {
    name: 'one partition more',
    given: (place) => [plainTable(place, ranges(place, false)), rowsOf(place)],
    operation: (place) => ({
      kind: 'setPartitioning',
      table: place.name('parts'),
      from: ranges(place, false),
      to: ranges(place, true),
    }),
  },
  {
    name: 'removed',
    given: (place) => [plainTable(place, place.kind === 'postgresql' ? { ...hash, by: 'a' } : hash), rowsOf(place)],
    operation: (place) => ({
      kind: 'setPartitioning',
      table: place.name('parts'),
      from: place.kind === 'postgresql' ? { ...hash, by: 'a' } : hash,
    }),
  },
];

export const otherCases = {
  setPartitioning,
  backfill: [
    {
      name: 'with a value',
      seenBy: 'rows',
      operation: ({ table }) => ({ kind: 'backfill', table, column: 'note', set: { value: `it's "q" \\ %` } }),
      asks: ({ table }) => [[`select note from ${table} where id = 2`, [`it's "q" \\ %`]]],
    },
    {
      name: 'with an expression',
      seenBy: 'rows',
      operation: ({ table }) => ({ kind: 'backfill', table, column: 'price', set: { sql: 'id * 10' } }),
      asks: ({ table }) => [[`select count(*) from ${table} where price = 50`, [1]]],
    },
  ],
  rawSql: [
    {
      name: 'with a way back',
      operation: ({ table }) => ({
        kind: 'rawSql',
        summary: `add ${table}.raw`,
        up: `alter table ${table} add column raw integer`,
        down: `alter table ${table} drop column raw`,
        declared: 'additive',
      }),
    },
    {
      name: 'without a way back',
      seenBy: 'rows',
      operation: ({ table }) => ({
        kind: 'rawSql',
        summary: `level of ${table}`,
        up: `update ${table} set level = 'none' where level is null`,
        declared: 'dataDependent',
      }),
      asks: ({ table }) => [[`select level from ${table} where id = 5`, ['none']]],
    },
  ],
  alterTable: [
    {
      name: 'several changes at once',
      operation: (place) => ({
        kind: 'alterTable',
        table: place.table,
        changes: [
          { kind: 'changeType', table: place.table, column: 'a', from: int, to: bigint, change: 'widening' },
          { kind: 'setDefault', table: place.table, column: 'a', to: { value: 9 } },
          { kind: 'renameColumn', table: place.table, from: 'digits', to: 'number' },
          { kind: 'setNullability', table: place.table, column: 'number', nullable: false },
          {
            kind: 'addColumn',
            table: place.table,
            column: column('new', string(9), { nullable: false, default: { value: 'x' } }),
          },
          { kind: 'dropIndex', table: place.table, index: place.index('by_name') },
          {
            kind: 'addIndex',
            table: place.table,
            index: { name: place.name('by_name'), parts: [{ column: 'new' }, { column: 'name' }], unique: false },
          },
          { kind: 'addCheck', table: place.table, check: { name: place.name('ck'), expression: 'a < 100' } },
        ],
      }),
    },
    {
      name: 'with a column that goes',
      operation: (place) => ({
        kind: 'alterTable',
        table: place.table,
        changes: [
          { kind: 'dropColumn', table: place.table, column: place.column('level') },
          { kind: 'setNullability', table: place.table, column: 'name', nullable: true },
        ],
      }),
    },
  ],
} satisfies Partial<LifeCycleCases>;
