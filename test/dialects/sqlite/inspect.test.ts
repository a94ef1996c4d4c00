import { describe, expect, test } from 'vitest';
import { sqlite } from '../../../src/dialects/sqlite/index.ts';
import type { Column, Index, Table } from '../../../src/schema/schema.ts';
import type { LogicalType } from '../../../src/schema/logical-type.ts';
import { column, int as integer, tableOf as table } from '../../support/table-of.ts';
import { withSqlite } from './open.ts';

const text: LogicalType = { type: 'text' };
const id = column('id', integer, { nullable: false, autoIncrement: true });

const keyed = (name: string, columns: readonly Column[], rest: Partial<Table> = {}): Table =>
  table(name, [id, ...columns], { primaryKey: { columns: ['id'] }, ...rest });
const index = (name: string, parts: Index['parts'], rest: Partial<Index> = {}): Index => ({
  name,
  parts,
  unique: false,
  ...rest,
});

const hostile = [
  'order',
  'a b',
  'Ünïcödé 🚀',
  "it's",
  'double"quote',
  'back`tick',
  '[bracket]',
  'semi;colon',
  'per%cent',
  'que?stion',
  'back\\slash',
  'new\nline',
  '-- comment',
  '/* c */',
  'dot.ted',
  '"a"."b"',
  '1',
  ' lead',
  'constraint',
  'unique',
  ')',
  'json_each(?)',
  '$1',
  ':name',
  '@x',
  "') or 1=1 --",
];

const tables: readonly Table[] = [
  keyed('types', [
    column('string', { type: 'string', length: 255 }),
    column('text', text),
    column('integer', integer, { nullable: false }),
    column('big', { type: 'integer', bits: 64 }),
    column('decimal', { type: 'decimal', precision: 12, scale: 4 }),
    column('float', { type: 'float' }),
    column('double', { type: 'double' }),
    column('date', { type: 'date' }),
    column('time', { type: 'time' }),
    column('datetime', { type: 'datetime' }),
    column('json', { type: 'json' }),
    column('binary', { type: 'binary' }),
    column('native', { type: 'native', sql: 'geometry' }),
    column('untyped', { type: 'native', sql: '' }),
  ]),
  keyed('defaults', [
    column('quotes', text, { default: { value: `it's "quoted" \`and\` [more]` } }),
    column('backslash', text, { default: { value: 'C:\\new\\' } }),
    column('newline', text, { default: { value: 'one\ntwo\r\n\tthree' } }),
    column('nul', text, { default: { sql: "cast(x'610062' as text)" } }),
    column('empty', text, { default: { value: '' }, nullable: false }),
    column('like_sql', text, { default: { value: "now(), -- 'x'" } }),
    column('digits', text, { default: { value: '0123' } }),
    column('plain_digits', text, { default: { value: '12' } }),
    column('word', text, { default: { value: 'current_timestamp' } }),
    column('zero', integer, { default: { value: 0 } }),
    column('negative', integer, { default: { value: -7 } }),
    column('huge', { type: 'integer', bits: 64 }, { default: { value: '9223372036854775807' } }),
    column('fraction', { type: 'double' }, { default: { value: 0.1 } }),
    column('money', { type: 'decimal', precision: 9, scale: 2 }, { default: { value: 12.5 } }),
    column('now', { type: 'datetime' }, { default: { now: true } }),
    column('today', { type: 'date' }, { default: { now: true } }),
    column('moment', { type: 'time' }, { default: { now: true } }),
    column('today_as_time', { type: 'datetime' }, { default: { sql: 'current_date' } }),
    column('fixed', { type: 'date' }, { default: { value: '2024-02-29' } }),
    column('expression', text, { default: { sql: "lower('A' || hex(1))" } }),
    column('milliseconds', { type: 'datetime' }, { default: { sql: "strftime('%s', 'now') * 1000" } }),
    column('commented', text, { default: { sql: "'a' || -- why\n'b'" } }),
    column('json', { type: 'json' }, { default: { value: '{"a":[]}' } }),
  ]),
  keyed('checks', [column('a', integer), column('b', text)], {
    checks: [
      { name: 'positive', expression: 'a > 0' },
      { name: 'listed', expression: `b in ('A', 'it''s', ')')` },
      { name: 'or', expression: '(a > 1) or (b is null)' },
      { name: 'weird ) name', expression: `"b" <> '--'` },
    ],
  }),
  keyed('generated', [
    column('a', integer),
    column('twice', integer, { generated: { expression: 'a * 2', stored: false } }),
    column(
      'kept',
      { type: 'string', length: 20 },
      { generated: { expression: `'<' || coalesce("a", ')') || '>'`, stored: true } },
    ),
  ]),
  keyed('indexes', [column('a', integer), column('b', text), column('c', text, { collation: 'NOCASE' })], {
    indexes: [
      index('as_constraint', [{ column: 'a' }, { column: 'b' }], { unique: true, constraint: true }),
      index('plain', [{ column: 'a' }]),
      index('two_desc', [{ column: 'a', descending: true }, { column: 'b' }]),
      index('one_unique', [{ column: 'b' }], { unique: true }),
      index('partial', [{ column: 'a' }], { where: `b is not null and b <> ' where '` }),
      index('expression', [{ expression: 'lower(b)' }, { expression: `a + 1`, descending: true }]),
      index('collated', [{ column: 'b', collation: 'NOCASE' }, { column: 'c' }, { column: 'c', collation: 'BINARY' }]),
      index('on', [{ column: 'a' }], { where: '(a > 1) and (a < 5)' }),
    ],
  }),
  table(
    'composite',
    [column('b', text, { nullable: false }), column('a', integer, { nullable: false }), column('c', text)],
    {
      primaryKey: { name: 'composite_pk', columns: ['a', 'b'] },
    },
  ),
  table('int_key', [column('id', integer, { nullable: false })], { primaryKey: { columns: ['id'] } }),
  table('keyless', [column('a', text)]),
  keyed('tree', [column('parent', integer), column('x', integer), column('y', text)], {
    foreignKeys: [
      { name: 'tree_parent', columns: ['parent'], references: { table: 'tree', columns: ['id'] }, onDelete: 'cascade' },
      {
        name: 'tree_pair',
        columns: ['x', 'y'],
        references: { table: 'composite', columns: ['a', 'b'] },
        onDelete: 'set null',
        onUpdate: 'restrict',
        deferrable: 'deferred',
      },
      {
        name: 'tree_now',
        columns: ['x'],
        references: { table: 'types', columns: ['id'] },
        onUpdate: 'set default',
        deferrable: 'immediate',
      },
    ],
  }),
  keyed('strict_table', [column('a', text), column('b', { type: 'native', sql: 'ANY' })], {
    storage: { strict: true },
  }),
  table('no_rowid', [column('k', text, { nullable: false }), column('v', text)], {
    primaryKey: { columns: ['k'] },
    storage: { withoutRowid: true },
  }),
  table('strict_no_rowid', [column('k', integer, { nullable: false })], {
    primaryKey: { columns: ['k'] },
    storage: { strict: true, withoutRowid: true },
  }),
  keyed('watched', [column('a', integer)], {
    triggers: [
      {
        name: 'watch',
        definition:
          'CREATE TRIGGER watch after update of a on watched begin update watched set a = new.a + 1 where id = new.id; end',
      },
    ],
  }),
  ...hostile.map((name, at) =>
    keyed(
      name === '"a"."b"' ? '""."""a"".""b"""' : name,
      [column(name, integer, { nullable: false }), column(`${name}_`, text, { default: { value: name } })],
      {
        indexes: [
          index(`${name} unique`, [{ column: name }, { column: `${name}_` }], { unique: true, constraint: true }),
          index(`${name} index`, [{ column: name }]),
        ],
        foreignKeys: [
          {
            name: `${name} key`,
            columns: [name],
            references: { table: name === '"a"."b"' ? '""."""a"".""b"""' : name, columns: ['id'] },
          },
        ],
        checks: [{ name: `${name} check ${at}`, expression: `${sqlite.quote(name)} > 0` }],
      },
    ),
  ),
];

describe('a table that we create is inspected as it was meant', () => {
  test.each(tables.map((item) => [item.name, item] as const))('%s', async (name, wanted) => {
    await withSqlite([], async ({ apply, table: read }) => {
      await apply({ kind: 'createTable', table: wanted });
      const found = await read(name);
      expect(found).toEqual(wanted);
      expect(Object.keys(found.columns)).toEqual(Object.keys(wanted.columns));
    });
  });

  test('all of them in one database, in four queries', async () => {
    await withSqlite([], async ({ apply, session }) => {
      for (const wanted of tables) await apply({ kind: 'createTable', table: wanted });
      let queries = 0;
      const counting = {
        ...session,
        query: <Row extends object>(sql: string, parameters?: readonly unknown[]) => (
          (queries += 1),
          session.query<Row>(sql, parameters)
        ),
      };
      const schema = await sqlite.inspect(counting, {});
      expect(schema.tables).toEqual(Object.fromEntries(tables.map((item) => [item.name, item])));
      expect(queries).toBe(4);
      const some = await sqlite.inspect(session, { tables: ['tree', '""."""a"".""b"""'] });
      expect(some.tables).toEqual(
        Object.fromEntries(
          tables.filter(({ name }) => name === 'tree' || name.includes('"".""')).map((item) => [item.name, item]),
        ),
      );
    });
  });
});

test('reads tables that others wrote', async () => {
  const setUp = [
    `CREATE TABLE parent (code NVARCHAR(10) PRIMARY KEY, [odd]]name] int)`.replace(']]', ''),
    `CREATE TABLE IF NOT EXISTS 'child' ( -- a comment with , and (
       id INTEGER PRIMARY KEY ASC, /* ) */ 'flag' BOOLEAN DEFAULT TRUE CHECK (flag IN (0, 1)),
       parent_code VARCHAR (10) NOT NULL ON CONFLICT IGNORE REFERENCES Parent ON UPDATE CASCADE MATCH SIMPLE NOT DEFERRABLE,
       created DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "quoted" TEXT DEFAULT "text" COLLATE NOCASE UNIQUE ON CONFLICT REPLACE,
       hidden INT GENERATED ALWAYS AS (id * (2 + 1)) VIRTUAL, amount NUMERIC (10, 2) DEFAULT -1.50 CONSTRAINT named CHECK (amount > -2) DEFAULT +3,
       CONSTRAINT fk FOREIGN KEY (parent_code) REFERENCES parent (CODE) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
       CONSTRAINT pair UNIQUE (flag, created))`,
    `CREATE TABLE descending (id INTEGER PRIMARY KEY DESC, x)`,
    `CREATE TABLE copied AS SELECT 1 AS a, 'x' AS b`,
    `CREATE INDEX "child idx" ON "child" ("created" DESC, lower(quoted) COLLATE NOCASE ASC) WHERE (("flag" = 1))`,
    `CREATE VIEW listed(a, b) AS SELECT code, "odd" FROM parent`,
    `CREATE VIEW plain AS select 'as' as x`,
    `CREATE TRIGGER on_view INSTEAD OF INSERT ON plain BEGIN SELECT 1; END`,
    `CREATE TRIGGER on_table AFTER INSERT ON CHILD BEGIN SELECT 1; END`,
    `CREATE VIRTUAL TABLE search USING fts5(body)`,
  ];
  await withSqlite(setUp, async ({ inspect }) => {
    const schema = await inspect();
    expect(Object.keys(schema.tables)).toEqual(['parent', 'child', 'descending', 'copied']);
    expect(schema.tables['child']).toEqual({
      name: 'child',
      columns: {
        id: { name: 'id', type: { type: 'integer', bits: 32 }, nullable: false, autoIncrement: true },
        flag: { name: 'flag', type: { type: 'boolean' }, nullable: true, default: { value: 1 } },
        parent_code: { name: 'parent_code', type: { type: 'string', length: 10 }, nullable: false },
        created: { name: 'created', type: { type: 'datetime' }, nullable: false, default: { now: true } },
        quoted: {
          name: 'quoted',
          type: { type: 'text' },
          nullable: true,
          default: { value: 'text' },
          collation: 'NOCASE',
        },
        hidden: {
          name: 'hidden',
          type: { type: 'integer', bits: 32 },
          nullable: true,
          generated: { expression: 'id * (2 + 1)', stored: false },
        },
        amount: {
          name: 'amount',
          type: { type: 'decimal', precision: 10, scale: 2 },
          nullable: true,
          default: { value: 3 },
        },
      },
      primaryKey: { columns: ['id'] },
      indexes: [
        { name: 'sqlite_autoindex_quoted', parts: [{ column: 'quoted' }], unique: true, constraint: true },
        { name: 'pair', parts: [{ column: 'flag' }, { column: 'created' }], unique: true, constraint: true },
        {
          name: 'child idx',
          parts: [{ column: 'created', descending: true }, { expression: 'lower(quoted) COLLATE NOCASE' }],
          unique: false,
          where: '"flag" = 1',
        },
      ],
      foreignKeys: [
        {
          name: 'sqlite_autoforeignkey_parent_code',
          columns: ['parent_code'],
          references: { table: 'parent', columns: ['code'] },
          onUpdate: 'cascade',
        },
        {
          name: 'fk',
          columns: ['parent_code'],
          references: { table: 'parent', columns: ['code'] },
          onDelete: 'set null',
          deferrable: 'deferred',
        },
      ],
      checks: [
        { name: expect.stringMatching(/^sqlite_autocheck_/), expression: 'flag IN (0, 1)' },
        { name: 'named', expression: 'amount > -2' },
      ],
      triggers: [{ name: 'on_table', definition: 'CREATE TRIGGER on_table AFTER INSERT ON CHILD BEGIN SELECT 1; END' }],
      storage: { reusesIds: true, onConflict: expect.any(String) },
    });
    expect(schema.tables['descending']?.columns['id']?.autoIncrement).toBeUndefined();
    expect(schema.tables['parent']?.storage).toEqual({ nullableKey: '["code"]' });
    expect(schema.views).toEqual({
      listed: { name: 'listed', definition: '(a, b) AS SELECT code, "odd" FROM parent' },
      plain: {
        name: 'plain',
        definition: `select 'as' as x`,
        triggers: [{ name: 'on_view', definition: expect.stringContaining('INSTEAD OF') }],
      },
    });
  });
});
