import type { Column, Index, Table } from '../../src/schema/schema.ts';
import type { DatabaseKind, TestDatabase } from '../support/databases.ts';
import { quoteName } from '../support/connections/quote.ts';
import { column, int, reference, string, tableOf } from '../support/table-of.ts';

export { bigint, column, int, reference, string, tableOf } from '../support/table-of.ts';

/** Where one case lives: tables of its own in a database that all cases share. */
export interface Place {
  readonly kind: DatabaseKind;
  /** The table that the case changes; every name of the case begins with it. */
  readonly table: string;
  readonly parent: string;
  readonly child: string;
  /** A name of the case's own: `c7_what`. */
  name(what: string): string;
  /** The name, quoted for this database. */
  quote(name: string): string;
  readonly subject: Table;
  column(name: string): Column;
  index(what: string): Index;
  /** The value of this database, MariaDB's that of MySQL where it has none. */
  pick<T>(values: { readonly [K in DatabaseKind]?: T } & { readonly others?: T }): T;
}

/** The place of the case with this number. */
export function placeOf(kind: DatabaseKind, number: number): Place {
  const table = `c${number}`;
  const name = (what: string): string => `${table}_${what}`;
  const subject = subjectTable(kind, table);
  return {
    kind,
    table,
    parent: name('parent'),
    child: name('child'),
    name,
    quote: (text) => quoteName(kind, text),
    subject,
    column: (wanted) => found(subject.columns[wanted], wanted),
    index: (what) =>
      found(
        subject.indexes.find((index) => index.name === name(what)),
        what,
      ),
    pick: (values) => found(values[kind] ?? (kind === 'mariadb' ? values.mysql : undefined) ?? values.others, 'value'),
  };
}

/** The parent, the subject and a child that refers to it. */
export function tablesOf({ kind, table, parent, child, subject, name }: Place): readonly Table[] {
  return [
    tableOf(parent, [counted(), column('code', string(20), { nullable: false }), column('a', int), column('b', int)], {
      ...keyOf(kind, parent, 'id'),
      indexes: [
        { name: name('parent_code'), parts: [{ column: 'code' }], unique: true },
        { name: name('parent_ab'), parts: [{ column: 'a' }, { column: 'b' }], unique: true },
      ],
    }),
    subject,
    tableOf(child, [counted(), column('owner', int), column('word', string(20))], {
      ...keyOf(kind, child, 'id'),
      indexes: [{ name: name('child_owner'), parts: [{ column: 'owner' }], unique: false }],
      foreignKeys: [reference(name('child_fk'), ['owner'], table)],
    }),
  ];
}

/** Rows that careless copying would change: quotes, backslashes, emoji, NULLs, limits. */
export async function fill(database: TestDatabase, { kind, table, parent, child }: Place): Promise<void> {
  const flag = (value: boolean): unknown => (kind === 'postgresql' ? value : Number(value));
  await insert(
    database,
    parent,
    ['id', 'code', 'a', 'b'],
    [
      [1, 'one', 1, 1],
      [2, "o'two", 1, 2],
      [3, 'drei', null, 2],
    ],
  );
  await insert(database, table, subjectColumns, [
    [1, "it's", 'a1', 1, 5, '12', 'plain', '1.50', flag(true), 1, '2020-02-29', 'low', 1, 1],
    [2, 'ü\\"`', 'b2', 2, -5, '007', null, '-9999999.99', flag(false), 2, null, 'high', 1, 2],
    [5, '', 'c3', 2147483647, null, '-3', '🙂 %_?\n\t', null, flag(true), null, '1999-12-31', null, null, 2],
    [7, '  two ', 'd4', -100, 32767, '0', "d''q", '0.00', flag(false), 1, '9999-12-31', 'low', null, null],
  ]);
  await insert(
    database,
    child,
    ['id', 'owner', 'word'],
    [
      [1, 1, 'x'],
      [2, 5, null],
      [3, null, 'ß'],
    ],
  );
}

/** The primary key under the name that PostgreSQL gives it; elsewhere it has none. */
export function keyOf(kind: DatabaseKind, table: string, ...columns: readonly string[]): Pick<Table, 'primaryKey'> {
  return { primaryKey: { ...(kind === 'postgresql' && { name: `${table}_pkey` }), columns } };
}

/** An integer that numbers the rows. */
export const counted = (): Column => column('id', int, { nullable: false, autoIncrement: true });

const subjectColumns = [
  'id',
  'name',
  'code',
  'n',
  'small',
  'digits',
  'note',
  'price',
  'flag',
  'parent_id',
  'day',
  'level',
  'a',
  'b',
];

function subjectTable(kind: DatabaseKind, table: string): Table {
  const hasComments = kind !== 'sqlite';
  return tableOf(
    table,
    [
      counted(),
      column('name', string(50), {
        nullable: false,
        default: { value: "it's" },
        ...(hasComments && { comment: 'as booked' }),
      }),
      column('code', string(20), { nullable: false }),
      column('n', int, { nullable: false, default: { value: 3 } }),
      column('small', { type: 'integer', bits: 16 }),
      column('digits', string(20)),
      column('note', 'text'),
      column('price', { type: 'decimal', precision: 10, scale: 2 }),
      column('flag', 'boolean', { nullable: false, default: { value: true } }),
      column('parent_id', int),
      column('day', 'date'),
      column('level', string(10)),
      column('a', int),
      column('b', int),
    ],
    {
      ...keyOf(kind, table, 'id'),
      indexes: [
        { name: `${table}_by_name`, parts: [{ column: 'name' }, { column: 'n' }], unique: false },
        { name: `${table}_by_code`, parts: [{ column: 'code' }], unique: true },
        { name: `${table}_by_parent`, parts: [{ column: 'parent_id' }], unique: false },
      ],
      checks: [{ name: `${table}_sane`, expression: 'n <> 99' }],
      ...(hasComments && { comment: 'first' }),
    },
  );
}

async function insert(
  database: TestDatabase,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const quote = (name: string): string => quoteName(database.kind, name);
  const mark = (at: number): string => (database.kind === 'postgresql' ? `$${at + 1}` : '?');
  const tuples = rows.map((row, line) => `(${row.map((_, at) => mark(line * row.length + at)).join(', ')})`);
  await database.query(
    `insert into ${quote(table)} (${columns.map(quote).join(', ')}) values ${tuples.join(', ')}`,
    rows.flat(),
  );
  if (database.kind === 'postgresql')
    await database.query(`select setval(pg_get_serial_sequence('${quote(table)}', 'id'), 9)`);
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
