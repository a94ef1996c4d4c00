import type { Operation, OperationOf } from '../../../src/operations/index.ts';
import type { Partitioning } from '../../../src/schema/schema.ts';
import { allCases, type NumberedCase } from '../../operations/cases/index.ts';
import { refusalOf } from '../../operations/not-supported.ts';
import { column, int, reference, string, tableOf, type Place } from '../../operations/place.ts';
import type { DatabaseKind } from '../../support/databases.ts';

/** The cases whose lock can be seen on a database: those of the life cycles, and some where the lock turns on a detail. */
export function lockCases(database: DatabaseKind): readonly NumberedCase[] {
  const known = allCases.filter(({ title, kind }) => kind !== 'rawSql' && !refusalOf(title, database));
  const further = details.map((item, at): NumberedCase & Pick<Detail, 'on'> => ({
    ...item,
    title: `${item.kind}: ${item.name}`,
    number: allCases.length + at + 1,
  }));
  return [...known, ...further.filter(({ on }) => on.includes(database))];
}

interface Detail extends Pick<NumberedCase, 'name' | 'given' | 'operation' | 'kind'> {
  readonly on: readonly DatabaseKind[];
}

const all: readonly DatabaseKind[] = ['sqlite', 'postgresql', 'mariadb', 'mysql'];
const postgres: readonly DatabaseKind[] = ['postgresql'];

const keyless = ({ name }: Place): Operation[] => [
  { kind: 'createTable', table: tableOf(name('keyless'), [column('a', int, { nullable: false })]) },
];
const filled = (place: Place): (Operation | string)[] => [
  ...keyless(place),
  `insert into ${place.name('keyless')} values (1), (2), (3)`,
];

const ranges = ({ name }: Place, more: boolean): Partitioning => ({
  method: 'range',
  by: 'a',
  partitions: [
    { name: name('rest'), bound: 'default' },
    ...(more ? [{ name: name('low'), bound: 'for values from (10) to (20)' }] : []),
  ],
});
const repartitioned =
  (from: boolean, to: boolean) =>
  (place: Place): OperationOf<'setPartitioning'> => ({
    kind: 'setPartitioning',
    table: place.name('parts'),
    from: ranges(place, from),
    to: ranges(place, to),
  });
const partitioned =
  (more: boolean) =>
  (place: Place): (Operation | string)[] => [
    {
      kind: 'createTable',
      table: tableOf(place.name('parts'), [column('a', int)], { partitioning: ranges(place, more) }),
    },
    `insert into ${place.name('parts')} values (1), (2), (3)`,
  ];

const cascading = ({ table, name, parent }: Place): Operation[] => [
  { kind: 'addForeignKey', table, foreignKey: reference(name('fk'), ['parent_id'], parent, { onDelete: 'cascade' }) },
];
const searched = ({ table, name }: Place): Operation[] => [
  {
    kind: 'addIndex',
    table,
    index: { name: name('ft'), parts: [{ column: 'note' }], unique: false, method: 'fulltext' },
  },
];
const searchedKeyless = (place: Place): (Operation | string)[] => [
  ...filled(place),
  `alter table ${place.name('keyless')} add column note text, add fulltext key ${place.name('ft')} (note)`,
];
const forbidNull = ({ table }: Place): OperationOf<'setNullability'> => ({
  kind: 'setNullability',
  table,
  column: 'digits',
  nullable: false,
});

const details: readonly Detail[] = [
  {
    kind: 'addColumn',
    name: 'virtual, beside an index for full text',
    on: ['mariadb', 'mysql'],
    given: searched,
    operation: ({ table }) => ({
      kind: 'addColumn',
      table,
      column: column('new', int, { generated: { expression: 'a + 1', stored: false } }),
    }),
  },
  {
    kind: 'addPrimaryKey',
    name: 'beside an index for full text',
    on: ['mariadb', 'mysql'],
    given: searchedKeyless,
    operation: ({ name }) => ({ kind: 'addPrimaryKey', table: name('keyless'), primaryKey: { columns: ['a'] } }),
  },
  {
    kind: 'addIndex',
    name: 'beside a foreign key that cascades',
    on: all,
    given: cascading,
    operation: ({ table, name }) => ({
      kind: 'addIndex',
      table,
      index: { name: name('new'), parts: [{ column: 'a' }], unique: false },
    }),
  },
  {
    kind: 'addColumn',
    name: 'beside a foreign key that cascades',
    on: all,
    given: cascading,
    operation: ({ table }) => ({ kind: 'addColumn', table, column: column('new', int) }),
  },
  {
    kind: 'setNullability',
    name: 'forbid, beside a foreign key that cascades',
    on: all,
    given: cascading,
    operation: forbidNull,
  },
  {
    kind: 'setNullability',
    name: 'forbid, beside an index for full text',
    on: ['mariadb', 'mysql'],
    given: searched,
    operation: forbidNull,
  },
  {
    kind: 'addColumn',
    name: 'beside an index for full text',
    on: ['mariadb', 'mysql'],
    given: searched,
    operation: ({ table }) => ({ kind: 'addColumn', table, column: column('new', int) }),
  },
  {
    kind: 'dropColumn',
    name: 'beside an index for full text',
    on: ['mariadb', 'mysql'],
    given: searched,
    operation: ({ table, column: of }) => ({ kind: 'dropColumn', table, column: of('price') }),
  },
  {
    kind: 'addIndex',
    name: 'beside an index for full text',
    on: ['mariadb', 'mysql'],
    given: searched,
    operation: ({ table, name }) => ({
      kind: 'addIndex',
      table,
      index: { name: name('new'), parts: [{ column: 'a' }], unique: false },
    }),
  },
  {
    kind: 'addColumn',
    name: 'with a default that differs from row to row',
    // MySQL refuses it.
    on: ['sqlite', 'postgresql', 'mariadb'],
    operation: ({ table, pick }) => ({
      kind: 'addColumn',
      table,
      column: column('new', 'double', { default: { sql: pick({ mariadb: 'rand()', others: 'random()' }) } }),
    }),
  },
  {
    kind: 'addColumn',
    name: 'that numbers the rows',
    on: postgres,
    given: filled,
    operation: ({ name }) => ({
      kind: 'addColumn',
      table: name('keyless'),
      column: column('new', int, { nullable: false, autoIncrement: true }),
    }),
  },
  {
    kind: 'setAutoIncrement',
    name: 'started without an index',
    on: postgres,
    given: filled,
    operation: ({ name }) => ({ kind: 'setAutoIncrement', table: name('keyless'), column: 'a', autoIncrement: true }),
  },
  {
    kind: 'changeType',
    name: 'collation of what an index is over',
    on: all,
    operation: ({ table, pick }) => ({
      kind: 'changeType',
      table,
      column: 'code',
      from: string(20),
      to: string(20),
      toCollation: pick({ mysql: 'utf8mb4_bin', postgresql: 'C', sqlite: 'NOCASE' }),
      change: 'lateral',
    }),
  },
  {
    kind: 'changeType',
    name: 'wider: string in a check',
    on: all,
    given: ({ table, name }) => [{ kind: 'addCheck', table, check: { name: name('ck'), expression: "digits <> 'x'" } }],
    operation: ({ table }) => ({
      kind: 'changeType',
      table,
      column: 'digits',
      from: string(20),
      to: string(40),
      change: 'widening',
    }),
  },
  {
    kind: 'addForeignKey',
    name: 'that is not validated',
    on: postgres,
    operation: ({ table, parent, name }) => ({
      kind: 'addForeignKey',
      table,
      foreignKey: reference(name('fk'), ['parent_id'], parent, { invalid: true }),
    }),
  },
  {
    kind: 'addCheck',
    name: 'that is not validated',
    on: ['postgresql', 'mysql'],
    operation: ({ table, name }) => ({
      kind: 'addCheck',
      table,
      check: { name: name('ck'), expression: 'a > 0', invalid: true },
    }),
  },
  {
    kind: 'replaceView',
    name: 'materialized',
    on: postgres,
    given: ({ name, table }) => [
      { kind: 'createView', view: { name: name('view'), definition: `select id from ${table}`, materialized: true } },
    ],
    operation: ({ name, table }) => {
      const from = { name: name('view'), definition: `select id from ${table}`, materialized: true as const };
      return { kind: 'replaceView', from, to: { ...from, definition: `select id, n from ${table}` } };
    },
  },
  {
    kind: 'setPartitioning',
    name: 'beside a default one',
    on: postgres,
    given: partitioned(false),
    operation: repartitioned(false, true),
  },
  {
    kind: 'setPartitioning',
    name: 'one partition less',
    on: postgres,
    given: partitioned(true),
    operation: repartitioned(true, false),
  },
];
