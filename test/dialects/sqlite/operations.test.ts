import { describe, expect, test } from 'vitest';
import { sqlite } from '../../../src/dialects/sqlite/index.ts';
import { writeOperation } from '../../../src/dialects/dialect.ts';
import { applyOperation, undoOperation, type Operation, type OperationKind } from '../../../src/operations/index.ts';
import { emptySchema, type Column, type Schema } from '../../../src/schema/schema.ts';
import type { LogicalType } from '../../../src/schema/logical-type.ts';
import { readRows } from '../../support/rows.ts';
import { withSqlite } from './open.ts';

const integer: LogicalType = { type: 'integer', bits: 32 };
const text: LogicalType = { type: 'text' };
const table = 'it"s';
const column = (name: string, type: LogicalType, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: true,
  ...rest,
});

const setUp = [
  `create table parent (id integer not null primary key autoincrement, code text not null)`,
  `insert into parent values (1, 'a'), (2, 'b')`,
  `create table "it""s" (id integer not null primary key autoincrement, a integer not null, "b c" varchar(50) not null default 'x', d datetime default current_timestamp,
     e text, p integer, twice integer generated always as (a * 2) virtual, constraint ck check (a > 0), constraint fk foreign key (p) references parent (id) on delete cascade)`,
  `create unique index uq on "it""s" ("b c", a)`,
  `create index part on "it""s" (d desc) where e is not null`,
  `create index expr on "it""s" (lower(e))`,
  `insert into "it""s" (id, a, "b c", d, e, p) values (1, 10, 'one', '2024-01-01 00:00:00', 'E', 1), (2, 20, '007', 1700000000123, null, 2), (3, 30, 'x''y', null, '1.50', null), (99, 1, 'gone', null, null, null)`,
  `delete from "it""s" where id = 99`,
  `create view seen as select e, "b c" from "it""s"`,
  `create table log (what text)`,
  `create trigger watch after insert on "it""s" begin insert into log values (new."b c"); end`,
  `create table key_text (k text not null, v text)`,
  `insert into key_text (rowid, k, v) values (5, 'a', '1'), (9, 'b', '2')`,
];

interface Case {
  readonly operation: Operation;
  /** Copies the table. */
  readonly rebuilds?: true;
}

const foreignKey = {
  name: 'fk2',
  columns: ['a'],
  references: { table: 'parent', columns: ['id'] },
  onDelete: 'restrict',
  deferrable: 'deferred',
} as const;
const existing = {
  name: 'part',
  parts: [{ column: 'd', descending: true }],
  unique: false,
  where: 'e is not null',
} as const;
const cases: { readonly [name: string]: Case } = {
  createTable: {
    operation: {
      kind: 'createTable',
      table: {
        name: 'fresh',
        columns: { a: column('a', text) },
        indexes: [{ name: 'fresh_a', parts: [{ column: 'a' }], unique: true }],
        foreignKeys: [],
        checks: [],
        triggers: [],
      },
    },
  },
  renameTable: { operation: { kind: 'renameTable', from: 'parent', to: 'Eltern %' } },
  'renameTable: letter case only': { operation: { kind: 'renameTable', from: 'parent', to: 'PARENT' } },
  addColumn: { operation: { kind: 'addColumn', table, column: column('new', text) } },
  'addColumn with a constant': {
    operation: { kind: 'addColumn', table, column: column('new', integer, { nullable: false, default: { value: 5 } }) },
  },
  'addColumn with the time': {
    operation: {
      kind: 'addColumn',
      table,
      column: column('new', { type: 'datetime' }, { nullable: false, default: { now: true } }),
    },
    rebuilds: true,
  },
  'addColumn stored': {
    operation: {
      kind: 'addColumn',
      table,
      column: column('new', integer, { generated: { expression: 'a + 1', stored: true } }),
    },
    rebuilds: true,
  },
  'addColumn virtual': {
    operation: {
      kind: 'addColumn',
      table,
      column: column('new', integer, { generated: { expression: 'a + 1', stored: false } }),
    },
  },
  dropColumn: { operation: { kind: 'dropColumn', table: 'key_text', column: column('v', text) }, rebuilds: true },
  'dropColumn generated': {
    operation: {
      kind: 'dropColumn',
      table,
      column: column('twice', integer, { generated: { expression: 'a * 2', stored: false } }),
    },
    rebuilds: true,
  },
  renameColumn: { operation: { kind: 'renameColumn', table, from: 'b c', to: '"quoted"' } },
  'renameColumn in check and generated column': { operation: { kind: 'renameColumn', table, from: 'a', to: 'ä' } },
  changeType: {
    operation: {
      kind: 'changeType',
      table,
      column: 'p',
      from: integer,
      to: { type: 'decimal', precision: 10, scale: 2 },
      change: 'widening',
    },
    rebuilds: true,
  },
  'changeType to another name of the same': {
    operation: {
      kind: 'changeType',
      table,
      column: 'b c',
      from: { type: 'string', length: 50 },
      to: text,
      change: 'widening',
    },
    rebuilds: true,
  },
  'changeType of the collation': {
    operation: {
      kind: 'changeType',
      table,
      column: 'e',
      from: text,
      to: text,
      toCollation: 'NOCASE',
      change: 'lateral',
    },
    rebuilds: true,
  },
  'setNullability off': {
    operation: { kind: 'setNullability', table: 'key_text', column: 'v', nullable: false },
    rebuilds: true,
  },
  'setNullability on': { operation: { kind: 'setNullability', table, column: 'a', nullable: true }, rebuilds: true },
  setDefault: {
    operation: { kind: 'setDefault', table, column: 'b c', from: { value: 'x' }, to: { sql: "'y' || 'z'" } },
    rebuilds: true,
  },
  'setDefault none': { operation: { kind: 'setDefault', table, column: 'd', from: { now: true } }, rebuilds: true },
  setAutoIncrement: {
    operation: { kind: 'setAutoIncrement', table: 'parent', column: 'id', autoIncrement: false },
    rebuilds: true,
  },
  changeGenerated: {
    operation: {
      kind: 'changeGenerated',
      table,
      before: column('twice', integer, { generated: { expression: 'a * 2', stored: false } }),
      after: column('twice', integer, { generated: { expression: 'a * 3', stored: true } }),
    },
    rebuilds: true,
  },
  'changeGenerated to plain': {
    operation: {
      kind: 'changeGenerated',
      table,
      before: column('twice', integer, { generated: { expression: 'a * 2', stored: false } }),
      after: column('twice', integer),
    },
    rebuilds: true,
  },
  addPrimaryKey: {
    operation: { kind: 'addPrimaryKey', table: 'key_text', primaryKey: { name: 'pk', columns: ['k'] } },
    rebuilds: true,
  },
  addIndex: {
    operation: {
      kind: 'addIndex',
      table,
      index: {
        name: 'new index',
        parts: [{ column: 'b c' }, { expression: `e || ' '`, descending: true }],
        unique: false,
        where: 'a > 1',
      },
    },
  },
  'addIndex unique': {
    operation: { kind: 'addIndex', table, index: { name: 'new unique', parts: [{ column: 'b c' }], unique: true } },
  },
  dropIndex: { operation: { kind: 'dropIndex', table, index: existing } },
  renameIndex: { operation: { kind: 'renameIndex', table, from: 'part', to: 'other "name"' } },
  addForeignKey: {
    operation: { kind: 'addForeignKey', table: 'key_text', foreignKey: { ...foreignKey, columns: ['v'] } },
    rebuilds: true,
  },
  dropForeignKey: {
    operation: {
      kind: 'dropForeignKey',
      table,
      foreignKey: { name: 'fk', columns: ['p'], references: { table: 'parent', columns: ['id'] }, onDelete: 'cascade' },
    },
    rebuilds: true,
  },
  addCheck: {
    operation: { kind: 'addCheck', table, check: { name: 'new check', expression: `"b c" <> '' or a in (1, 2)` } },
    rebuilds: true,
  },
  dropCheck: { operation: { kind: 'dropCheck', table, check: { name: 'ck', expression: 'a > 0' } }, rebuilds: true },
  createView: { operation: { kind: 'createView', view: { name: 'v', definition: 'select a from "it""s"' } } },
  replaceView: {
    operation: {
      kind: 'replaceView',
      from: { name: 'seen', definition: 'select e, "b c" from "it""s"' },
      to: { name: 'seen', definition: '(x) as select 1' },
    },
  },
  dropView: { operation: { kind: 'dropView', view: { name: 'seen', definition: 'select e, "b c" from "it""s"' } } },
  createTrigger: {
    operation: {
      kind: 'createTrigger',
      table: 'log',
      trigger: { name: 'tr', definition: `CREATE TRIGGER tr after insert on log begin select 1; end` },
    },
  },
  dropTrigger: {
    operation: {
      kind: 'dropTrigger',
      table,
      trigger: {
        name: 'watch',
        definition: `CREATE TRIGGER watch after insert on "it""s" begin insert into log values (new."b c"); end`,
      },
    },
  },
  alterTable: {
    operation: {
      kind: 'alterTable',
      table,
      changes: [
        { kind: 'addColumn', table, column: column('n', text, { default: { value: 'new' }, nullable: false }) },
        { kind: 'renameColumn', table, from: 'a', to: 'alpha' },
        { kind: 'addCheck', table, check: { name: 'ck2', expression: 'alpha < 1000' } },
        { kind: 'setNullability', table, column: 'alpha', nullable: true },
        {
          kind: 'addIndex',
          table,
          index: { name: 'ix2', parts: [{ column: 'alpha' }, { expression: 'alpha + 1' }], unique: false },
        },
      ],
    },
    rebuilds: true,
  },
  'alterTable of real changes only': {
    operation: {
      kind: 'alterTable',
      table,
      changes: [
        { kind: 'addColumn', table, column: column('n', text) },
        { kind: 'addIndex', table, index: { name: 'ix2', parts: [{ column: 'n' }], unique: false } },
      ],
    },
  },
};

/** Expressions are respelled by SQLite on a rename, so structure is compared without them there. */
const withoutExpressions = (schema: Schema): unknown =>
  JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      ['expression', 'where', 'definition'].includes(key) ? undefined : value,
    ),
  );

async function readAll(database: Parameters<typeof readRows>[0], schema: Schema): Promise<unknown> {
  const rows: Record<string, unknown> = {};
  for (const key of Object.keys(schema.tables)) rows[key] = await readRows(database, key);
  return rows;
}

describe('forward and back, with rows', () => {
  test.each(Object.entries(cases))('%s', async (name, { operation, rebuilds }) => {
    await withSqlite(setUp, async ({ apply, inspect, database }) => {
      const before = await inspect();
      const rowsBefore = await readAll(database, before);
      const rename = /rename|alterTable$/iu.test(name);
      const same = (schema: Schema): unknown => (rename ? withoutExpressions(schema) : schema);
      const statements = await apply(operation);
      expect(statements.some((statement) => statement.text.startsWith('create table "_mikrate'))).toBe(
        rebuilds ?? false,
      );

      const after = await inspect();
      const expected = applyOperation(before, operation);
      expect(same(sorted(after))).toEqual(same(sorted(expected)));
      expect(after).not.toEqual(before);
      await expectSound(database);

      const undo = undoOperation(operation);
      if (undo.restores === 'nothing') throw new Error('no way back');
      const lost = operation.kind === 'dropColumn' && !operation.column.generated;
      await apply(undo.operation);
      const back = await inspect();
      expect(same(sorted(back))).toEqual(same(sorted(before)));
      if (!lost) expect(await readAll(database, back)).toEqual(rowsBefore);
      await expectSound(database);
      await apply(operation);
      expect(same(sorted(await inspect()))).toEqual(same(sorted(after)));
    });
  });

  test('no kind is forgotten', () => {
    const elsewhere: readonly OperationKind[] = [
      'dropTable',
      'dropPrimaryKey',
      'setOnUpdate',
      'setComment',
      'createNamespace',
      'dropNamespace',
      'createEnum',
      'alterEnum',
      'dropEnum',
      'setPartitioning',
      'backfill',
      'rawSql',
    ];
    const tried = new Set<string>([...Object.values(cases).map(({ operation }) => operation.kind), ...elsewhere]);
    expect(Object.keys(sqlite.sql).filter((kind) => !tried.has(kind))).toEqual([]);
  });
});

test('a dropped table comes back with everything but its rows', async () => {
  await withSqlite(setUp, async ({ apply, inspect, database }) => {
    const before = await inspect();
    const dropped = before.tables[table];
    if (!dropped) throw new Error('no table');
    await apply({ kind: 'dropTable', table: dropped });
    expect((await inspect()).tables[table]).toBeUndefined();
    expect(await database.query('select * from parent')).toHaveLength(2);
    await apply({ kind: 'createTable', table: dropped });
    expect((await inspect()).tables[table]).toEqual(dropped);
  });
});

test('a renamed column is respelled in checks, generated columns, indexes, views and triggers', async () => {
  await withSqlite(setUp, async ({ apply, table: read, inspect, database }) => {
    await apply({
      kind: 'alterTable',
      table,
      changes: [
        { kind: 'setDefault', table, column: 'b c', from: { value: 'x' }, to: { value: 'y' } },
        { kind: 'renameColumn', table, from: 'e', to: 'ee' },
        { kind: 'renameColumn', table, from: 'b c', to: 'bc' },
      ],
    });
    const found = await read(table);
    expect(found.columns['bc']?.default).toEqual({ value: 'y' });
    expect(found.indexes.map(({ where, parts }) => where ?? parts[0]?.expression).filter(Boolean)).toEqual([
      '"ee" is not null',
      'lower("ee")',
    ]);
    expect(found.triggers[0]?.definition).toContain('new."bc"');
    expect((await inspect()).views['seen']?.definition).toBe('select "ee", "bc" from "it""s"');
    await database.query(`insert into "it""s" (a, bc) values (4, 'seen by the trigger')`);
    expect(await database.query('select * from log')).toEqual([{ what: 'seen by the trigger' }]);
    expect(await readRows(database, 'seen')).toHaveLength(4);
  });
});

test('a column whose old name goes to another one keeps its values', async () => {
  await withSqlite(setUp, async ({ apply, database }) => {
    await apply({
      kind: 'alterTable',
      table,
      changes: [
        { kind: 'renameColumn', table, from: 'e', to: 'old_e' },
        { kind: 'addColumn', table, column: column('e', integer, { nullable: false, default: { value: 7 } }) },
        { kind: 'setNullability', table, column: 'a', nullable: true },
      ],
    });
    expect(await database.query('select id, e, old_e from "it""s" order by id')).toEqual([
      { id: 1, e: 7, old_e: 'E' },
      { id: 2, e: 7, old_e: null },
      { id: 3, e: 7, old_e: '1.50' },
    ]);
  });
});

test('a column dropped and added again starts empty', async () => {
  await withSqlite(setUp, async ({ apply, database }) => {
    await apply({
      kind: 'alterTable',
      table: 'key_text',
      changes: [
        { kind: 'dropColumn', table: 'key_text', column: column('v', text) },
        { kind: 'addColumn', table: 'key_text', column: column('v', integer) },
        { kind: 'addCheck', table: 'key_text', check: { name: 'c', expression: "k <> ''" } },
      ],
    });
    expect(await database.query('select rowid, k, v from key_text order by rowid')).toEqual([
      { rowid: 5, k: 'a', v: null },
      { rowid: 9, k: 'b', v: null },
    ]);
  });
});

test('a STRICT table takes columns of every type, and knows them again', async () => {
  const types: readonly LogicalType[] = [
    { type: 'string', length: 5 },
    { type: 'datetime' },
    { type: 'decimal', precision: 5, scale: 2 },
    { type: 'boolean' },
    { type: 'integer', bits: 64 },
    { type: 'double' },
    { type: 'json' },
    { type: 'binary' },
  ];
  await withSqlite(
    ['create table t (a text) strict', `insert into t values ('x')`],
    async ({ apply, table: read, database }) => {
      for (const [at, type] of types.entries())
        await apply({ kind: 'addColumn', table: 't', column: column(`c${at}`, type) });
      await apply({ kind: 'addCheck', table: 't', check: { name: 'c', expression: 'a is not null' } });
      const { columns, storage } = await read('t');
      expect(storage).toEqual({ strict: true });
      for (const [at, type] of types.entries())
        expect(sqlite.types.same(columns[`c${at}`]?.type ?? text, type)).toBe(true);
      expect(await database.query('select a, c1 from t')).toEqual([{ a: 'x', c1: null }]);
    },
  );
});

test.each<Operation>([
  { kind: 'renameTable', from: 'parent', to: 'elders' },
  { kind: 'renameColumn', table: 'parent', from: 'id', to: 'number' },
])('$kind reaches views and foreign keys on a connection set to the old way', async (operation) => {
  await withSqlite(
    [...setUp, 'create view on_parent as select id from parent'],
    async ({ apply, session, database, inspect }) => {
      await session.run('pragma legacy_alter_table = on');
      const expected = applyOperation(await inspect(), operation);
      await apply(operation);
      expect((await inspect()).tables[table]?.foreignKeys).toEqual(expected.tables[table]?.foreignKeys);
      expect(await database.query('select * from on_parent')).toHaveLength(2);
    },
  );
});

test('a column that nothing names is dropped without a copy', async () => {
  await withSqlite(
    ['create table t (a int, b text, c int)', `insert into t values (1, 'x', 2)`],
    async ({ apply, database }) => {
      const statements = await apply({ kind: 'dropColumn', table: 't', column: column('b', text) });
      expect(statements.map((statement) => statement.text)).toEqual(['alter table "t" drop column "b"']);
      expect(await database.query('select * from t')).toEqual([{ a: 1, c: 2 }]);
    },
  );
});

test.each([
  ['an index', 'create index i on t (lower(b))'],
  ['a predicate', 'create index i on t (a) where b is not null'],
  ['a view', 'create view v as select a from missing'],
])('a column is dropped in spite of %s', async (_what, statement) => {
  await withSqlite(
    ['create table t (a int, b text)', `insert into t values (1, 'x')`, statement],
    async ({ apply, table: read, database }) => {
      const { indexes } = await read('t');
      await apply({
        kind: 'alterTable',
        table: 't',
        changes: [
          ...indexes.map((index) => ({ kind: 'dropIndex', table: 't', index }) as const),
          { kind: 'dropColumn', table: 't', column: column('b', text) },
        ],
      });
      expect(await database.query('select * from t')).toEqual([{ a: 1 }]);
    },
  );
});

test('a unique constraint, an unnamed key and an unnamed check can be dropped', async () => {
  const made = [
    `create table t (a int check (a > 0), b int references p (id), c text, unique (a, c))`,
    `create table p (id integer primary key)`,
    `insert into t values (1, null, 'x')`,
  ];
  await withSqlite(made, async ({ apply, table: read, database }) => {
    const found = await read('t');
    const [index, check, reference] = [found.indexes[0], found.checks[0], found.foreignKeys[0]];
    if (!index || !check || !reference) throw new Error('not found');
    await apply({ kind: 'dropIndex', table: 't', index });
    await apply({ kind: 'dropCheck', table: 't', check });
    await apply({ kind: 'dropForeignKey', table: 't', foreignKey: reference });
    const after = await read('t');
    expect([after.indexes, after.checks, after.foreignKeys]).toEqual([[], [], []]);
    await apply({ kind: 'addCheck', table: 't', check });
    expect((await read('t')).checks).toEqual([check]);
    expect(await database.query(`select sql from sqlite_master where name = 't'`)).toEqual([
      { sql: 'CREATE TABLE "t" ("a" integer, "b" integer, "c" text, check (a > 0))' },
    ]);
  });
});

test('backfill fills only NULLs; raw SQL runs statement by statement', async () => {
  await withSqlite(setUp, async ({ apply, database, session }) => {
    await apply({ kind: 'backfill', table, column: 'e', set: { value: "it's" } });
    expect(await database.query('select e from "it""s" order by id')).toEqual([
      { e: 'E' },
      { e: "it's" },
      { e: '1.50' },
    ]);
    await apply({
      kind: 'rawSql',
      summary: 's',
      declared: 'additive',
      up: {
        sqlite: `create table r (a text default ';'); -- a ; b
      create trigger rt after insert on r begin update r set a = case when a = ';' then 'x' else a end; select 1; end; insert into r default values;`,
      },
    });
    expect(await database.query('select a from r')).toEqual([{ a: 'x' }]);
    const tables = await sqlite.inspect(session, {});
    const keyText = tables.tables['key_text'];
    if (!keyText) throw new Error('no table');
    await session.run('update key_text set v = null');
    const batch = sqlite.queries.backfillBatch(keyText, column('v', text), { sql: `k || '!'` }, 1);
    expect([
      (await session.run(batch.text)).rows,
      (await session.run(batch.text)).rows,
      (await session.run(batch.text)).rows,
    ]).toEqual([1, 1, 0]);
    expect(await database.query('select v from key_text order by k')).toEqual([{ v: 'a!' }, { v: 'b!' }]);
  });
});

describe('what SQLite cannot do is refused with its manual', () => {
  const plain = {
    ...emptySchema,
    tables: {
      t: {
        name: 't',
        columns: { a: column('a', integer), b: column('b', text) },
        indexes: [],
        foreignKeys: [],
        checks: [],
        triggers: [],
      },
    },
  } satisfies Schema;
  const without = {
    ...plain,
    tables: { t: { ...plain.tables.t, primaryKey: { columns: ['a'] }, storage: { withoutRowid: true as const } } },
  };
  const refusals: readonly [name: string, operation: Operation, rejected: string, schema?: Schema][] = [
    [
      'partitions',
      { kind: 'setPartitioning', table: 't', to: { method: 'key', by: 'a', partitions: 4 } },
      'create table t (a int) partition by key (a)',
    ],
    [
      'on update',
      { kind: 'setOnUpdate', table: 't', column: 'a', to: 'current_timestamp' },
      'create table t (a int on update current_timestamp)',
    ],
    [
      'numbering a column that is no key',
      { kind: 'setAutoIncrement', table: 't', column: 'b', autoIncrement: true },
      'create table t (a int primary key, b integer autoincrement)',
    ],
    [
      'WITHOUT ROWID without a key',
      { kind: 'dropPrimaryKey', table: 't', primaryKey: { columns: ['a'] } },
      'create table t (a int) without rowid',
      without,
    ],
    [
      'included columns',
      { kind: 'addIndex', table: 't', index: { name: 'i', parts: [{ column: 'a' }], unique: false, include: ['b'] } },
      'create index i on t (a) include (b)',
    ],
    [
      'methods',
      { kind: 'addIndex', table: 't', index: { name: 'i', parts: [{ column: 'a' }], unique: false, method: 'hash' } },
      'create index i on t using hash (a)',
    ],
    [
      'equal NULLs',
      {
        kind: 'addIndex',
        table: 't',
        index: { name: 'i', parts: [{ column: 'a' }], unique: true, nullsNotDistinct: true },
      },
      'create unique index i on t (a) nulls not distinct',
    ],
    [
      'prefixes',
      { kind: 'addIndex', table: 't', index: { name: 'i', parts: [{ column: 'a', length: 3 }], unique: false } },
      'create index i on t (a(3))',
    ],
    [
      'a table without columns',
      {
        kind: 'alterTable',
        table: 't',
        changes: [
          { kind: 'dropColumn', table: 't', column: column('a', integer) },
          { kind: 'dropColumn', table: 't', column: column('b', text) },
        ],
      },
      'create table t ()',
    ],
    [
      'order of NULLs',
      { kind: 'addIndex', table: 't', index: { name: 'i', parts: [{ column: 'a', nulls: 'last' }], unique: false } },
      'create index i on t (a nulls last)',
    ],
  ];
  test.each(refusals.map(([name, operation, rejected, schema = plain]) => ({ name, operation, rejected, schema })))(
    '$name',
    async ({ operation, rejected, schema }) => {
      expect(() => writeOperation(sqlite, operation, schema)).toThrow(
        expect.objectContaining({ code: 'NOT_SUPPORTED' }),
      );
      await withSqlite(
        rejected.startsWith('create table') ? [] : ['create table t (a int, b text)'],
        async ({ session }) => {
          await expect(session.run(rejected)).rejects.toThrow();
        },
      );
    },
  );
});

/** Undoing appends at the end, so places within lists are no difference. */
function sorted(schema: Schema): Schema {
  const byName = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
    items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ...schema,
    tables: Object.fromEntries(
      Object.entries(schema.tables).map(([key, item]) => [
        key,
        {
          ...item,
          indexes: byName(item.indexes),
          checks: byName(item.checks),
          foreignKeys: byName(item.foreignKeys),
          triggers: byName(item.triggers),
        },
      ]),
    ),
  };
}

async function expectSound(database: { query(sql: string): Promise<Record<string, unknown>[]> }): Promise<void> {
  expect(await database.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(await database.query('pragma foreign_key_check')).toEqual([]);
}
