import { column, counted, int, keyOf, reference, string, tableOf, type Place } from '../place.ts';
import type { Operation } from '../../../src/operations/index.ts';
import type { Partitioning, Table } from '../../../src/schema/schema.ts';
import type { LifeCycleCase, LifeCycleCases } from './case.ts';

/** A table with everything that every database has. */
function broadTable({ kind, name, parent }: Place): Table {
  const table = name('made');
  return tableOf(
    table,
    [
      counted(),
      column('title', string(80), {
        nullable: false,
        default: { value: `it's "q" \\ %` },
        ...(kind !== 'sqlite' && { comment: "it's" }),
      }),
      column('body', 'text'),
      column('data', 'json'),
      column('key', 'uuid'),
      column('ratio', 'double'),
      column('day', 'date'),
      column('price', { type: 'decimal', precision: 12, scale: 3 }, { default: { value: 1.5 } }),
      column('made_at', { type: 'datetime', precision: 3 }, { nullable: false, default: { now: true } }),
      column('n', int, { nullable: false, default: { value: 7 } }),
      column('twice', int, { generated: { expression: 'n * 2', stored: true } }),
      column('parent_id', int),
      column('self_id', int),
    ],
    {
      ...keyOf(kind, table, 'id'),
      indexes: [
        { name: `${table}_title`, parts: [{ column: 'title' }], unique: true },
        { name: `${table}_pair`, parts: [{ column: 'day', descending: true }, { column: 'n' }], unique: false },
        { name: `${table}_parent`, parts: [{ column: 'parent_id' }], unique: false },
        { name: `${table}_self`, parts: [{ column: 'self_id' }], unique: false },
      ],
      foreignKeys: [
        reference(`${table}_fk`, ['parent_id'], parent, { onDelete: 'cascade', onUpdate: 'cascade' }),
        reference(`${table}_self_fk`, ['self_id'], table, { onDelete: 'set null' }),
      ],
      checks: [{ name: `${table}_ck`, expression: 'n > 0 and price >= 0' }],
      ...(kind !== 'sqlite' && { comment: 'all of it' }),
    },
  );
}

const pair = ({ kind, name }: Place, rest: Partial<Table> = {}): Table =>
  tableOf(name('made'), [column('a', int, { nullable: false }), column('b', string(20), { nullable: false })], {
    ...keyOf(kind, name('made'), 'a', 'b'),
    ...rest,
  });

const bounds = (place: Place): readonly { name: string; bound: string }[] =>
  place.kind === 'postgresql'
    ? [
        { name: place.name('low'), bound: 'for values from (minvalue) to (10)' },
        { name: place.name('high'), bound: 'for values from (10) to (maxvalue)' },
      ]
    : [
        { name: 'low', bound: '10' },
        { name: 'high', bound: 'maxvalue' },
      ];

const lists = (place: Place): readonly { name: string; bound: string }[] =>
  place.kind === 'postgresql'
    ? [
        { name: place.name('odd'), bound: 'for values in (1, 3)' },
        { name: place.name('even'), bound: 'for values in (2, 4)' },
      ]
    : [
        { name: 'odd', bound: '1,3' },
        { name: 'even', bound: '2,4' },
      ];

const by = ({ kind }: Place): string => (kind === 'postgresql' ? 'a' : '`a`');
const partitionings: readonly (readonly [string, (place: Place) => Partitioning])[] = [
  ['KEY', () => ({ method: 'key', by: '`a`', partitions: 4 })],
  ['HASH', (place) => ({ method: 'hash', by: by(place), partitions: 3 })],
  ['RANGE', (place) => ({ method: 'range', by: by(place), partitions: bounds(place) })],
  ['LIST', (place) => ({ method: 'list', by: by(place), partitions: lists(place) })],
];

const partitioned = partitionings.map(([method, partitioning]): LifeCycleCase<'createTable'> => ({
  name: `partitioned by ${method}`,
  operation: (place) => ({ kind: 'createTable', table: pair(place, { partitioning: partitioning(place) }) }),
}));

export const tableCases = {
  createTable: [
    { name: 'with everything', operation: (place) => ({ kind: 'createTable', table: broadTable(place) }) },
    { name: 'with a composite key', operation: (place) => ({ kind: 'createTable', table: pair(place) }) },
    {
      name: 'without a key',
      operation: ({ name }) => ({ kind: 'createTable', table: tableOf(name('made'), [column('a', int)]) }),
    },
    {
      name: 'that refers to itself',
      operation: ({ kind, name }) => ({
        kind: 'createTable',
        table: tableOf(name('made'), [counted(), column('up', int)], {
          ...keyOf(kind, name('made'), 'id'),
          indexes: [{ name: name('made_up'), parts: [{ column: 'up' }], unique: false }],
          foreignKeys: [reference(name('made_fk'), ['up'], name('made'))],
        }),
      }),
    },
    ...partitioned,
  ],
  dropTable: [
    {
      name: 'with rows and everything',
      given: (place) => [
        { kind: 'createTable', table: broadTable(place) },
        `insert into ${place.name('made')} (n, parent_id) values (1, null)`,
      ],
      operation: (place) => ({ kind: 'dropTable', table: broadTable(place) }),
    },
    {
      name: 'partitioned',
      given: (place) => [
        { kind: 'createTable', table: pair(place, { partitioning: { method: 'hash', by: by(place), partitions: 2 } }) },
      ],
      operation: (place) => ({
        kind: 'dropTable',
        table: pair(place, { partitioning: { method: 'hash', by: by(place), partitions: 2 } }),
      }),
    },
  ],
  renameTable: [
    {
      name: 'with a foreign key of another table to it',
      operation: ({ table, name }) => ({ kind: 'renameTable', from: table, to: name('renamed') }),
      asks: ({ name, child }) => [[`select count(*) from ${child} c join ${name('renamed')} r on r.id = c.owner`, [2]]],
    },
    {
      name: 'with a view on it',
      given: ({ name, table }) => [
        { kind: 'createView', view: { name: name('view'), definition: `select id, name from ${table}` } },
      ],
      operation: ({ table, name }) => ({ kind: 'renameTable', from: table, to: name('renamed') }),
      asks: ({ name }) => [[`select count(*) from ${name('view')}`, [4]]],
    },
    {
      name: 'with a trigger',
      given: (place) => triggerOn(place, 'ON'),
      operation: ({ table, name }) => ({ kind: 'renameTable', from: table, to: name('renamed') }),
    },
    {
      name: 'that refers to itself',
      given: ({ table, name }) => [{ kind: 'addForeignKey', table, foreignKey: reference(name('self'), ['a'], table) }],
      operation: ({ table, name }) => ({ kind: 'renameTable', from: table, to: name('renamed') }),
    },
    {
      name: 'to another letter case',
      operation: ({ table }) => ({ kind: 'renameTable', from: table, to: table.toUpperCase() }),
    },
  ],
} satisfies Pick<LifeCycleCases, 'createTable' | 'dropTable' | 'renameTable'>;

/** A trigger that writes the note of each new row. */
export function triggerOn(place: Place, on = 'on'): (Operation | string)[] {
  const { table, name } = place;
  const functionOf = `create function ${name('fn')}() returns trigger language plpgsql as $$ begin new.note := new.name || '!'; return new; end $$`;
  return [
    ...(place.kind === 'postgresql' ? [functionOf] : []),
    { kind: 'createTrigger', table, trigger: triggerOf(place, on) },
  ];
}

/** `on`: MariaDB itself writes ON in capitals when the table is renamed. */
export function triggerOf(place: Place, on = 'on'): { name: string; definition: string } {
  const { table, name } = place;
  const own = name('trigger');
  return {
    name: own,
    definition: place.pick({
      mysql: `create trigger \`${own}\` before insert ${on} \`${table}\` for each row set new.note = concat(new.name, '!')`,
      postgresql: `create trigger ${own} before insert on ${table} for each row execute function ${name('fn')}()`,
      sqlite: `create trigger ${own} after insert on ${table} begin update ${table} set note = new.name || '!' where id = new.id; end`,
    }),
  };
}
