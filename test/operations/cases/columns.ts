import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { Column } from '../../../src/schema/schema.ts';
import type { Operation } from '../../../src/operations/index.ts';
import { bigint, column, int, reference, string, type Place } from '../place.ts';
import type { LifeCycleCase, LifeCycleCases } from './case.ts';
import { triggerOn } from './tables.ts';

const added = (
  name: string,
  own: (place: Place) => Column,
  rest: Partial<LifeCycleCase<'addColumn'>> = {},
): LifeCycleCase<'addColumn'> => ({
  name,
  operation: (place) => ({ kind: 'addColumn', table: place.table, column: own(place) }),
  ...rest,
});

const addColumn: readonly LifeCycleCase<'addColumn'>[] = [
  added('nullable', () => column('new', string(20))),
  added(
    'not null with a default',
    () => column('new', string(30), { nullable: false, default: { value: `it's "q" \\ % ? $1` } }),
    {
      asks: ({ table }) => [[`select distinct new from ${table}`, [`it's "q" \\ % ? $1`]]],
    },
  ),
  added('not null text with a default', () => column('new', 'text', { nullable: false, default: { value: '' } })),
  added('number with a default', () => column('new', int, { nullable: false, default: { value: -7 } }), {
    asks: ({ table }) => [[`select distinct new from ${table}`, [-7]]],
  }),
  added('boolean with a default', () => column('new', 'boolean', { nullable: false, default: { value: false } })),
  added(
    'with the current time',
    () => column('new', { type: 'datetime', precision: 3 }, { nullable: false, default: { now: true } }),
    {
      tellsTime: true,
      asks: ({ table }) => [[`select count(*) from ${table} where new is null`, [0]]],
    },
  ),
  added(
    'with an expression as its default',
    () => column('new', int, { nullable: false, default: { sql: 'abs(-4) + 1' } }),
    {
      asks: ({ table }) => [[`select distinct new from ${table}`, [5]]],
    },
  ),
  added('generated, stored', () => column('new', int, { generated: { expression: 'a + 1', stored: true } }), {
    asks: ({ table }) => [[`select count(*) from ${table} where new = a + 1`, [2]]],
  }),
  added('generated, virtual', () => column('new', int, { generated: { expression: 'a + 1', stored: false } }), {
    asks: ({ table }) => [[`select count(*) from ${table} where new = a + 1`, [2]]],
  }),
  added('json', () => column('new', 'json')),
  added('bytes', () => column('new', { type: 'binary' })),
  added('enumeration of its own', () => column('new', { type: 'enum', values: ['a', "b'c", 'd'] })),
  added('with a comment', () => column('new', int, { comment: "it's % \\ new" })),
  added(
    'that is set on each update',
    () =>
      column('new', { type: 'datetime', precision: 3 }, { default: { now: true }, onUpdate: 'current_timestamp(3)' }),
    { tellsTime: true },
  ),
  added('with a collation', (place) =>
    column('new', string(20), { collation: place.pick({ mysql: 'utf8mb4_bin', postgresql: 'C', sqlite: 'NOCASE' }) }),
  ),
];

const dropColumn: readonly LifeCycleCase<'dropColumn'>[] = [
  { name: 'plain', operation: ({ table, column: of }) => ({ kind: 'dropColumn', table, column: of('price') }) },
  {
    name: 'not null with a default and a comment',
    given: ({ table, index }) => [{ kind: 'dropIndex', table, index: index('by_name') }],
    operation: ({ table, column: of }) => ({ kind: 'dropColumn', table, column: of('name') }),
  },
  {
    name: 'generated',
    given: ({ table }) => [{ kind: 'addColumn', table, column: twice }],
    operation: ({ table }) => ({ kind: 'dropColumn', table, column: twice }),
  },
  {
    name: 'beside a view that does not use it',
    given: ({ table, name }) => [
      { kind: 'createView', view: { name: name('view'), definition: `select id, name from ${table}` } },
    ],
    operation: ({ table, column: of }) => ({ kind: 'dropColumn', table, column: of('note') }),
    asks: ({ name }) => [[`select count(*) from ${name('view')}`, [4]]],
  },
];

const twice = column('twice', int, { generated: { expression: 'a * 2', stored: true } });

const renamed = (
  name: string,
  from: string,
  given: (place: Place) => readonly (Operation | string)[] = () => [],
  rest: Partial<LifeCycleCase<'renameColumn'>> = {},
): LifeCycleCase<'renameColumn'> => ({
  name,
  given,
  operation: ({ table }) => ({ kind: 'renameColumn', table, from, to: 'other' }),
  ...rest,
});

const renameColumn: readonly LifeCycleCase<'renameColumn'>[] = [
  renamed('plain', 'note'),
  renamed('with a default and a comment', 'name'),
  renamed('of the primary key, which another table refers to', 'id'),
  renamed('of a foreign key', 'parent_id', ({ table, name, parent }) => [
    { kind: 'addForeignKey', table, foreignKey: reference(name('fk'), ['parent_id'], parent) },
  ]),
  renamed('in a check', 'n'),
  renamed('in a generated column', 'a', ({ table }) => [{ kind: 'addColumn', table, column: twice }], {
    asks: ({ table }) => [[`select count(*) from ${table} where twice = other * 2`, [2]]],
  }),
  renamed('in an expression of an index', 'level', ({ table, name }) => [
    { kind: 'addIndex', table, index: { name: name('expr'), parts: [{ expression: 'upper(level)' }], unique: false } },
  ]),
  renamed('in a predicate of an index', 'a', ({ table, name }) => [
    { kind: 'addIndex', table, index: { name: name('part'), parts: [{ column: 'b' }], unique: false, where: 'a > 0' } },
  ]),
  renamed(
    'in a view',
    'note',
    ({ table, name }) => [
      { kind: 'createView', view: { name: name('view'), definition: `select id, note from ${table}` } },
    ],
    { asks: ({ name }) => [[`select count(*) from ${name('view')}`, [4]]] },
  ),
  renamed('of a table with a trigger', 'level', (place) => triggerOn(place)),
];

const changed = (
  name: string,
  of: string,
  types: (place: Place) => {
    readonly to: LogicalType;
    readonly change: 'widening' | 'narrowing' | 'lateral';
    readonly fromCollation?: string;
    readonly toCollation?: string;
  },
  rest: Partial<LifeCycleCase<'changeType'>> = {},
): LifeCycleCase<'changeType'> => ({
  name,
  operation: (place) => ({
    kind: 'changeType',
    table: place.table,
    column: of,
    from: place.column(of).type,
    ...types(place),
  }),
  ...rest,
});

const textToLarger: LifeCycleCase<'changeType'> = {
  name: 'wider: text',
  operation: ({ table, kind }) =>
    kind === 'mysql' || kind === 'mariadb'
      ? {
          kind: 'changeType',
          table,
          column: 'note',
          from: { type: 'text' },
          to: { type: 'text', size: 'medium' },
          change: 'widening',
        }
      : { kind: 'changeType', table, column: 'digits', from: string(20), to: { type: 'text' }, change: 'widening' },
};

const changeType: readonly LifeCycleCase<'changeType'>[] = [
  changed('wider: string', 'name', () => ({ to: string(300), change: 'widening' })),
  changed('wider: string to text', 'digits', () => ({ to: { type: 'text' }, change: 'widening' })),
  textToLarger,
  changed('wider: integer', 'small', () => ({ to: bigint, change: 'widening' })),
  changed('wider: numbered key', 'id', () => ({ to: bigint, change: 'widening' }), { noChangeOn: ['sqlite'] }),
  changed('wider: numbered key, with the columns that refer to it', 'id', () => ({ to: bigint, change: 'widening' }), {
    with: ({ child }) => [
      { kind: 'changeType', table: child, column: 'owner', from: int, to: bigint, change: 'widening' },
    ],
    asks: ({ table, child }) => [[`select count(*) from ${child} c join ${table} s on s.id = c.owner`, [2]]],
  }),
  changed('wider: decimal', 'price', () => ({ to: { type: 'decimal', precision: 14, scale: 4 }, change: 'widening' })),
  changed('wider: in a check', 'n', () => ({ to: bigint, change: 'widening' })),
  changed('wider: date to time stamp', 'day', () => ({ to: { type: 'datetime', precision: 3 }, change: 'widening' })),
  changed('wider: in a view', 'small', () => ({ to: bigint, change: 'widening' }), {
    given: ({ table, name }) => [
      { kind: 'createView', view: { name: name('view'), definition: `select id, small from ${table}` } },
      { kind: 'createView', view: { name: name('view_on_view'), definition: `select small from ${name('view')}` } },
    ],
    asks: ({ name }) => [[`select count(*) from ${name('view_on_view')}`, [4]]],
  }),
  changed('wider: in an index and a unique', 'code', () => ({ to: string(40), change: 'widening' })),
  changed('narrower: string', 'digits', () => ({ to: string(5), change: 'narrowing' })),
  changed('narrower: decimal', 'price', () => ({
    to: { type: 'decimal', precision: 12, scale: 1 },
    change: 'narrowing',
  })),
  changed('sideways: string to integer', 'digits', () => ({ to: int, change: 'lateral' })),
  changed('sideways: integer to string', 'a', () => ({ to: string(20), change: 'lateral' })),
  changed('sideways: boolean to integer', 'flag', () => ({ to: int, change: 'lateral' }), { noChangeOn: ['sqlite'] }),
  changed('collation', 'digits', (place) => ({
    to: string(20),
    toCollation: place.pick({ mysql: 'utf8mb4_bin', postgresql: 'C', sqlite: 'NOCASE' }),
    change: 'lateral',
  })),
];

const setNullability: readonly LifeCycleCase<'setNullability'>[] = [
  { name: 'forbid', operation: ({ table }) => ({ kind: 'setNullability', table, column: 'digits', nullable: false }) },
  { name: 'allow', operation: ({ table }) => ({ kind: 'setNullability', table, column: 'name', nullable: true }) },
  {
    name: 'allow in a unique',
    operation: ({ table }) => ({ kind: 'setNullability', table, column: 'code', nullable: true }),
  },
];

const defaulted = (
  name: string,
  of: string,
  to: Column['default'],
  given: LifeCycleCase<'setDefault'>['given'] = () => [],
): LifeCycleCase<'setDefault'> => ({
  name,
  given,
  operation: ({ table, column: find }) => {
    const from = find(of).default;
    return { kind: 'setDefault', table, column: of, ...(from && { from }), ...(to && { to }) };
  },
});

const setDefault: readonly LifeCycleCase<'setDefault'>[] = [
  defaulted('string with every quote', 'name', { value: `a'b"c\`d\\e%f\n?$1:x` }),
  defaulted('string of a text', 'note', { value: "it's" }),
  defaulted('number', 'n', { value: 42 }),
  defaulted('negative number of a nullable column', 'a', { value: -1 }),
  defaulted('decimal', 'price', { value: 0.5 }),
  defaulted('boolean', 'flag', { value: false }),
  defaulted('expression', 'a', { sql: 'abs(-3) + 1' }),
  defaulted('dropped', 'name', undefined),
  defaulted('dropped, boolean', 'flag', undefined),
  {
    name: 'current time',
    given: ({ table }) => [{ kind: 'addColumn', table, column: column('at', { type: 'datetime', precision: 3 }) }],
    operation: ({ table }) => ({ kind: 'setDefault', table, column: 'at', to: { now: true } }),
  },
];

const clock = column('at', { type: 'datetime', precision: 3 }, { default: { now: true } });
const setOnUpdate: readonly LifeCycleCase<'setOnUpdate'>[] = [
  {
    name: 'set',
    given: ({ table }) => [{ kind: 'addColumn', table, column: clock }],
    operation: ({ table }) => ({ kind: 'setOnUpdate', table, column: 'at', to: 'current_timestamp(3)' }),
  },
  {
    name: 'dropped',
    given: ({ table }) => [{ kind: 'addColumn', table, column: { ...clock, onUpdate: 'current_timestamp(3)' } }],
    operation: ({ table }) => ({ kind: 'setOnUpdate', table, column: 'at', from: 'current_timestamp(3)' }),
  },
];

const setComment: readonly LifeCycleCase<'setComment'>[] = [
  {
    name: 'of a column',
    operation: ({ table }) => ({ kind: 'setComment', table, column: 'a', to: `it's "x" \\ %\nü` }),
  },
  {
    name: 'of a column, changed',
    operation: ({ table }) => ({ kind: 'setComment', table, column: 'name', from: 'as booked', to: 'otherwise' }),
  },
  {
    name: 'of a column, dropped',
    operation: ({ table }) => ({ kind: 'setComment', table, column: 'name', from: 'as booked' }),
  },
  { name: 'of a table', operation: ({ parent }) => ({ kind: 'setComment', table: parent, to: `it's "x" \\ %\nü` }) },
  { name: 'of a table, dropped', operation: ({ table }) => ({ kind: 'setComment', table, from: 'first' }) },
];

const setAutoIncrement: readonly LifeCycleCase<'setAutoIncrement'>[] = [
  {
    name: 'stopped',
    operation: ({ table }) => ({ kind: 'setAutoIncrement', table, column: 'id', autoIncrement: false }),
  },
  {
    name: 'started',
    given: ({ table, child, name }) => [
      { kind: 'dropForeignKey', table: child, foreignKey: reference(name('child_fk'), ['owner'], table) },
      { kind: 'setAutoIncrement', table, column: 'id', autoIncrement: false },
      { kind: 'addForeignKey', table: child, foreignKey: reference(name('child_fk'), ['owner'], table) },
    ],
    operation: ({ table }) => ({ kind: 'setAutoIncrement', table, column: 'id', autoIncrement: true }),
  },
];

const generated = (name: string, before: Partial<Column>, after: Partial<Column>): LifeCycleCase<'changeGenerated'> => {
  const of = (rest: Partial<Column>): Column => column('made', int, rest);
  return {
    name,
    given: ({ table }) => [{ kind: 'addColumn', table, column: of(before) }],
    operation: ({ table }) => ({ kind: 'changeGenerated', table, before: of(before), after: of(after) }),
    ...(after.generated && {
      asks: ({ table }: Place) => [[`select count(*) from ${table} where made = ${after.generated?.expression}`, [2]]],
    }),
  };
};
const stored = (expression: string): Partial<Column> => ({ generated: { expression, stored: true } });
const virtual = (expression: string): Partial<Column> => ({ generated: { expression, stored: false } });

const changeGenerated: readonly LifeCycleCase<'changeGenerated'>[] = [
  generated('stored, another expression', stored('a + 1'), stored('a * 2')),
  generated('virtual, another expression', virtual('a + 1'), virtual('a * 2')),
  generated('virtual to stored', virtual('a + 1'), stored('a + 1')),
  generated('stored to plain', stored('a + 1'), {}),
  generated('plain to stored', {}, stored('a + 1')),
  generated('plain to virtual', {}, virtual('a + 1')),
  generated('virtual to plain', virtual('a + 1'), {}),
];

export const columnCases = {
  addColumn,
  dropColumn,
  renameColumn,
  changeType,
  setNullability,
  setDefault,
  setOnUpdate,
  setComment,
  setAutoIncrement,
  changeGenerated,
} satisfies Partial<LifeCycleCases>;
