import { describe, expect, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import type { Session } from '../../../src/dialects/session.ts';
import type { Operation, OperationKind } from '../../../src/operations/index.ts';
import { tableKey } from '../../../src/schema/names.ts';
import { emptySchema, type Column, type Schema } from '../../../src/schema/schema.ts';
import { apply, column, tableOf, undoOf, withPostgres } from './with-postgres.ts';

const int: Column['type'] = { type: 'integer', bits: 32 };
const text: Column['type'] = { type: 'text' };
const mood = { name: 'mood', values: ['sad', 'ok', 'glad'] };
const enumColumn = column('m', { type: 'enum', ...mood }, { default: { value: 'ok' } });

const parent = tableOf(
  'parent',
  [
    column('id', int, { nullable: false, autoIncrement: true }),
    column('name', { type: 'string', length: 20 }, { nullable: false, default: { value: "it's" } }),
    column('n', int),
    enumColumn,
    column('moods', { type: 'native', sql: 'mood[]' }),
    column('plain', text, { generated: { expression: 'upper((name)::text)', stored: true } }),
  ],
  {
    primaryKey: { name: 'parent_pkey', columns: ['id'] },
    indexes: [{ name: 'by name', parts: [{ column: 'name' }], unique: true, constraint: true }],
    checks: [{ name: 'not sad', expression: "(n > 0) OR (m <> 'sad'::mood)" }],
  },
);
const child = tableOf(
  'child',
  [column('id', { type: 'integer', bits: 64 }, { nullable: false }), column('parent', int)],
  {
    primaryKey: { name: 'child_pkey', columns: ['id'] },
    foreignKeys: [
      { name: 'fk', columns: ['parent'], references: { table: 'parent', columns: ['id'] }, onDelete: 'cascade' },
    ],
  },
);

const rows = [
  `insert into parent (name, n, m, moods) values ('one', 1, 'sad', '{sad,glad}'), ('two', 2, 'ok', null), ('three', null, 'glad', '{}')`,
  'insert into child values (10, 1), (20, 2), (30, null)',
];

/** Forward, read; back, read; and the rows of every table that lived through it. */
interface Life {
  readonly operation: Operation;
  /** Rows after the operation that tell that it did what it says. */
  readonly after?: { readonly sql: string; readonly rows: readonly object[] };
  /** The way back brings structure only. */
  readonly losesRows?: true;
  readonly before?: readonly string[];
}

const ids = (sql: string, ...list: readonly unknown[]): NonNullable<Life['after']> => ({
  sql,
  rows: list.map((v) => ({ v })),
});

const lives: { readonly [title: string]: Life } = {
  'create table': { operation: { kind: 'createTable', table: tableOf('new', [column('a', int)], { comment: 'c' }) } },
  'drop table': { operation: { kind: 'dropTable', table: child }, losesRows: true },
  'rename table': {
    operation: { kind: 'renameTable', from: 'parent', to: 'new "name' },
    after: ids('select id as v from "new ""name" order by 1', 1, 2, 3),
  },
  'move table to another namespace': {
    before: ['create schema side'],
    operation: { kind: 'renameTable', from: 'parent', to: tableKey('elsewhere', 'side') },
    after: ids('select id as v from side.elsewhere order by 1', 1, 2, 3),
  },
  'add column': {
    operation: {
      kind: 'addColumn',
      table: 'parent',
      column: column('a', int, { nullable: false, default: { value: 7 }, comment: 'c' }),
    },
    after: ids('select a as v from parent', 7, 7, 7),
  },
  'add numbered column': {
    operation: {
      kind: 'addColumn',
      table: 'parent',
      column: column('a', int, { nullable: false, autoIncrement: true }),
    },
    after: ids('select a as v from parent order by 1', 1, 2, 3),
  },
  'add generated column': {
    operation: {
      kind: 'addColumn',
      table: 'parent',
      column: column('a', int, { generated: { expression: 'n + 1', stored: true } }),
    },
    after: ids('select a as v from parent order by id', 2, 3, null),
  },
  'drop column': {
    operation: { kind: 'dropColumn', table: 'parent', column: column('moods', { type: 'native', sql: 'mood[]' }) },
    losesRows: true,
  },
  'rename column': {
    operation: { kind: 'renameColumn', table: 'child', from: 'parent', to: 'new "name' },
    after: ids('select "new ""name" as v from child order by id', 1, 2, null),
  },
  'widen type': {
    operation: {
      kind: 'changeType',
      table: 'parent',
      column: 'name',
      from: { type: 'string', length: 20 },
      to: text,
      change: 'widening',
    },
    before: ['alter table parent drop column plain'],
  },
  'change type with a default': {
    before: [
      'alter table parent drop column plain',
      'update parent set name = id::text',
      "alter table parent alter name set default '5'",
    ],
    operation: {
      kind: 'changeType',
      table: 'parent',
      column: 'name',
      from: { type: 'string', length: 20 },
      to: int,
      change: 'lateral',
    },
    after: ids('select name as v from parent order by id', 1, 2, 3),
  },
  'change collation': {
    before: ['alter table parent drop column plain'],
    operation: {
      kind: 'changeType',
      table: 'parent',
      column: 'name',
      from: { type: 'string', length: 20 },
      to: { type: 'string', length: 20 },
      toCollation: 'C',
      change: 'lateral',
    },
  },
  'widen a numbered column': {
    before: ['alter table child drop constraint fk'],
    operation: {
      kind: 'changeType',
      table: 'parent',
      column: 'id',
      from: int,
      to: { type: 'integer', bits: 64 },
      change: 'widening',
    },
    after: ids(
      `select max_value::text as v from pg_sequences where sequencename = 'parent_id_seq'`,
      '9223372036854775807',
    ),
  },
  'forbid null': {
    operation: { kind: 'setNullability', table: 'parent', column: 'n', nullable: false },
    before: ['update parent set n = 3 where n is null'],
  },
  'allow null': { operation: { kind: 'setNullability', table: 'parent', column: 'name', nullable: true } },
  'change default': {
    operation: {
      kind: 'setDefault',
      table: 'parent',
      column: 'name',
      from: { value: "it's" },
      to: { value: 'a\\b\n' },
    },
  },
  'drop default': { operation: { kind: 'setDefault', table: 'parent', column: 'name', from: { value: "it's" } } },
  'set comment of a column': { operation: { kind: 'setComment', table: 'parent', column: 'n', to: "it's" } },
  'set comment of a table': { operation: { kind: 'setComment', table: 'parent', to: "it's" } },
  'add auto-increment': {
    operation: { kind: 'setAutoIncrement', table: 'child', column: 'id', autoIncrement: true },
    after: { sql: 'insert into child (parent) values (null) returning id::text as v', rows: [{ v: '31' }] },
  },
  'drop auto-increment': {
    operation: { kind: 'setAutoIncrement', table: 'parent', column: 'id', autoIncrement: false },
    after: ids(`select relname::text as v from pg_class where relkind = 'S'`),
  },
  'change what is generated': {
    operation: {
      kind: 'changeGenerated',
      table: 'parent',
      before: column('plain', text, { generated: { expression: 'upper((name)::text)', stored: true } }),
      after: column('plain', text, { generated: { expression: 'lower((name)::text)', stored: true } }),
    },
    after: ids('select plain as v from parent order by id', 'one', 'two', 'three'),
  },
  'stop generating': {
    operation: {
      kind: 'changeGenerated',
      table: 'parent',
      before: column('plain', text, { generated: { expression: 'upper((name)::text)', stored: true } }),
      after: column('plain', text, { default: { value: 'x' } }),
    },
    after: ids('select plain as v from parent order by id', 'ONE', 'TWO', 'THREE'),
  },
  'drop primary key': {
    operation: { kind: 'dropPrimaryKey', table: 'child', primaryKey: { name: 'child_pkey', columns: ['id'] } },
  },
  'add primary key': {
    before: ['alter table child drop constraint child_pkey'],
    operation: { kind: 'addPrimaryKey', table: 'child', primaryKey: { name: 'child_pkey', columns: ['id'] } },
  },
  'add index': {
    operation: {
      kind: 'addIndex',
      table: 'parent',
      index: {
        name: 'ix',
        parts: [{ expression: 'lower((name)::text)', descending: true }],
        unique: false,
        where: 'n > 0',
        comment: 'c',
      },
    },
  },
  'add unique constraint': {
    operation: {
      kind: 'addIndex',
      table: 'parent',
      index: { name: 'zz', parts: [{ column: 'n' }], unique: true, constraint: true, comment: 'c' },
    },
  },
  'drop unique constraint': {
    operation: {
      kind: 'dropIndex',
      table: 'parent',
      index: { name: 'by name', parts: [{ column: 'name' }], unique: true, constraint: true },
    },
  },
  'rename index': { operation: { kind: 'renameIndex', table: 'parent', from: 'by name', to: 'new "name' } },
  'drop foreign key': {
    operation: {
      kind: 'dropForeignKey',
      table: 'child',
      foreignKey: {
        name: 'fk',
        columns: ['parent'],
        references: { table: 'parent', columns: ['id'] },
        onDelete: 'cascade',
      },
    },
  },
  'add foreign key': {
    operation: {
      kind: 'addForeignKey',
      table: 'child',
      foreignKey: {
        name: 'zz',
        columns: ['parent'],
        references: { table: 'parent', columns: ['id'] },
        onUpdate: 'set null',
        deferrable: 'deferred',
      },
    },
  },
  'add check': { operation: { kind: 'addCheck', table: 'parent', check: { name: 'zz', expression: 'n > 0' } } },
  'drop check': {
    operation: {
      kind: 'dropCheck',
      table: 'parent',
      check: { name: 'not sad', expression: "(n > 0) OR (m <> 'sad'::mood)" },
    },
  },
  'create namespace': { operation: { kind: 'createNamespace', namespace: 'side' } },
  'drop namespace': { operation: { kind: 'dropNamespace', namespace: 'side' }, before: ['create schema side'] },
  'create enum': { operation: { kind: 'createEnum', enum: { name: 'a"b', values: ["it's", ''] } } },
  'drop enum': {
    operation: { kind: 'dropEnum', enum: { name: 'unused', values: ['x'] } },
    before: ["create type unused as enum ('x')"],
  },
  'add enum values': {
    operation: {
      kind: 'alterEnum',
      name: 'mood',
      from: mood.values,
      to: ['first', 'sad', 'between', 'ok', 'glad', "la'st", 'more'],
    },
    after: ids(`select string_agg(m::text, ',' order by m) as v from parent`, 'sad,ok,glad'),
  },
  'reorder enum values': {
    operation: { kind: 'alterEnum', name: 'mood', from: mood.values, to: ['glad', 'ok', 'sad', 'new'] },
    after: ids(`select string_agg(m::text, ',' order by m) as v from parent`, 'glad,ok,sad'),
  },
  'create view': {
    operation: { kind: 'createView', view: { name: 'v"', definition: ' SELECT parent.id\n   FROM parent'.trim() } },
  },
  'replace view, columns kept': {
    before: ['create view v as select id from parent'],
    operation: {
      kind: 'replaceView',
      from: { name: 'v', definition: 'SELECT parent.id\n   FROM parent' },
      to: { name: 'v', definition: 'SELECT parent.id\n   FROM parent\n  WHERE (parent.n > 1)' },
    },
    after: ids('select id as v from v', 2),
  },
  'replace view, columns changed': {
    before: ['create view v as select id from parent'],
    operation: {
      kind: 'replaceView',
      from: { name: 'v', definition: 'SELECT parent.id\n   FROM parent' },
      to: { name: 'v', definition: "SELECT 'x''y'::text AS other\n   FROM parent" },
    },
    after: ids('select other as v from v', "x'y", "x'y", "x'y"),
  },
  'drop materialized view': {
    before: ['create materialized view v as select id from parent'],
    operation: {
      kind: 'dropView',
      view: { name: 'v', definition: 'SELECT parent.id\n   FROM parent', materialized: true },
    },
  },
  'create trigger': {
    before: ['create function f() returns trigger language plpgsql as $$ begin return new; end $$'],
    operation: {
      kind: 'createTrigger',
      table: 'parent',
      trigger: {
        name: 'tr"',
        definition: 'CREATE TRIGGER "tr""" BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION f()',
      },
    },
  },
  'drop trigger': {
    before: [
      'create function f() returns trigger language plpgsql as $$ begin return new; end $$',
      'create trigger tr before insert on parent for each row execute function f()',
    ],
    operation: {
      kind: 'dropTrigger',
      table: 'parent',
      trigger: {
        name: 'tr',
        definition: 'CREATE TRIGGER tr BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION f()',
      },
    },
  },
  'add a partition': {
    before: [
      'create table part (n int) partition by range (n)',
      'create table p1 partition of part for values from (0) to (10)',
      'insert into part values (5)',
    ],
    operation: {
      kind: 'setPartitioning',
      table: 'part',
      from: { method: 'range', by: 'n', partitions: [{ name: 'p1', bound: 'for values from (0) to (10)' }] },
      to: {
        method: 'range',
        by: 'n',
        partitions: [
          { name: 'p1', bound: 'for values from (0) to (10)' },
          { name: 'p2', bound: 'for values from (10) to (20)' },
        ],
      },
    },
    after: { sql: 'insert into part values (15) returning n as v', rows: [{ v: 15 }] },
  },
  'several changes at once': {
    operation: {
      kind: 'alterTable',
      table: 'parent',
      changes: [
        { kind: 'addColumn', table: 'parent', column: column('a', int, { default: { value: 1 } }) },
        { kind: 'changeType', table: 'parent', column: 'a', from: int, to: text, change: 'lateral' },
      ],
    },
    after: ids('select a as v from parent', '1', '1', '1'),
  },
  'raw SQL': {
    operation: { kind: 'rawSql', summary: 's', up: { postgresql: 'select 1' }, down: 'select 2', declared: 'additive' },
  },
};

const met = new Set<OperationKind>(Object.values(lives).map(({ operation }) => operation.kind));

describe('every operation does what it says, and its undo takes it back', () => {
  test.each(Object.entries(lives))('%s', async (_, { operation, before, after, losesRows }) => {
    await withPostgres(async (session) => {
      await prepare(session, before);
      const start = await postgres.inspect(session, { namespaces: ['side'] });
      const kept = await readAll(session, start);
      const expected = await apply(session, operation, start);
      expect(await postgres.inspect(session, { namespaces: ['side'] })).toEqual(normal(expected));
      if (after) {
        await session.run('begin');
        expect(await session.query(after.sql)).toEqual(after.rows);
        await session.run('rollback');
      }
      await apply(session, undoOf(operation), expected);
      expect(strip(await postgres.inspect(session, { namespaces: ['side'] }), operation)).toEqual(
        strip(start, operation),
      );
      if (!losesRows) expect(await readAll(session, start)).toEqual(kept);
    });
  });

  test('no kind of operation is left out', () => {
    const kinds: readonly OperationKind[] = [
      'createTable',
      'dropTable',
      'renameTable',
      'addColumn',
      'dropColumn',
      'renameColumn',
      'changeType',
      'setNullability',
      'setDefault',
      'setComment',
      'setAutoIncrement',
      'changeGenerated',
      'addPrimaryKey',
      'dropPrimaryKey',
      'addIndex',
      'dropIndex',
      'renameIndex',
      'addForeignKey',
      'dropForeignKey',
      'addCheck',
      'dropCheck',
      'createNamespace',
      'dropNamespace',
      'createEnum',
      'alterEnum',
      'dropEnum',
      'createView',
      'replaceView',
      'dropView',
      'createTrigger',
      'dropTrigger',
      'setPartitioning',
      'rawSql',
      'alterTable',
    ];
    expect([...met].toSorted()).toEqual([...kinds].toSorted());
  });
});

async function prepare(session: Session, statements: readonly string[] = []): Promise<void> {
  let schema = await apply(session, { kind: 'createEnum', enum: mood }, emptySchema);
  schema = await apply(session, { kind: 'createTable', table: parent }, schema);
  await apply(session, { kind: 'createTable', table: child }, schema);
  for (const statement of [...rows, ...statements]) await session.run(statement);
}

/** Every row of every table, as the server writes it. */
async function readAll(session: Session, schema: Schema): Promise<object> {
  const names = Object.keys(schema.tables);
  const read = async (name: string): Promise<[string, object[]]> => {
    const columns = Object.keys(schema.tables[name]?.columns ?? {})
      .toSorted()
      .map((item) => `"${item}"::text`);
    return [
      name,
      await session.query(
        `select ${columns.join(', ')} from "${name}" order by 1, 2`.replace(
          'order by 1, 2',
          columns.length > 1 ? 'order by 1, 2' : 'order by 1',
        ),
      ),
    ];
  };
  const all: [string, object[]][] = [];
  for (const name of names) all.push(await read(name));
  return Object.fromEntries(all);
}

/** What only the server decides: where a list begins, and the default of a changed type. */
function normal(schema: Schema): Schema {
  const tables = Object.entries(schema.tables).map(([name, table]) => {
    const columns = Object.values(table.columns).map((item) =>
      item.default ? { ...item, default: postgres.types.canonicalDefault(item.type, item.default) } : item,
    );
    const byName = <T extends { name: string }>(items: readonly T[]): T[] =>
      items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return [
      name,
      {
        ...table,
        columns: Object.fromEntries(columns.map((item) => [item.name, item])),
        indexes: byName(table.indexes),
        checks: byName(table.checks),
        foreignKeys: byName(table.foreignKeys),
      },
    ];
  });
  const views = Object.entries(schema.views).map(([name, view]) => [name, { storage: { owner: 'postgres' }, ...view }]);
  return { ...schema, tables: Object.fromEntries(tables) as Schema['tables'], views: Object.fromEntries(views) };
}

/** A partition that was detached is a table of its own: its rows are not thrown away. */
function strip(schema: Schema, operation: Operation): Schema {
  if (operation.kind !== 'setPartitioning') return schema;
  return { ...schema, tables: Object.fromEntries(Object.entries(schema.tables).filter(([name]) => name !== 'p2')) };
}

test('a value that does not fit stops a narrowing, it is not cut', async () => {
  await withPostgres(async (session) => {
    await prepare(session, ['alter table parent drop column plain']);
    const schema = await postgres.inspect(session, {});
    const narrow: Operation = {
      kind: 'changeType',
      table: 'parent',
      column: 'name',
      from: { type: 'string', length: 20 },
      to: { type: 'string', length: 3 },
      change: 'narrowing',
    };
    await expect(apply(session, narrow, schema)).rejects.toThrow(/too long/u);
    expect(await postgres.inspect(session, {})).toEqual(schema);
  });
});

test('an enum value that rows use cannot be taken away, and nothing is half-done', async () => {
  await withPostgres(async (session) => {
    await prepare(session);
    const schema = await postgres.inspect(session, {});
    await expect(
      apply(session, { kind: 'alterEnum', name: 'mood', from: mood.values, to: ['ok', 'glad'] }, schema),
    ).rejects.toMatchObject({ code: '22P02' });
    expect(await postgres.inspect(session, {})).toEqual(schema);
  });
});

test('a serial column follows its type and leaves no sequence behind', async () => {
  await withPostgres(async (session) => {
    await session.run('create table t (id serial primary key)');
    const schema = await postgres.inspect(session, {});
    const wide = await apply(
      session,
      {
        kind: 'changeType',
        table: 't',
        column: 'id',
        from: int,
        to: { type: 'integer', bits: 64 },
        change: 'widening',
      },
      schema,
    );
    expect(await session.query(`select data_type::text as v from pg_sequences`)).toEqual([{ v: 'bigint' }]);
    expect(await postgres.inspect(session, {})).toEqual(wide);
    await apply(session, { kind: 'setAutoIncrement', table: 't', column: 'id', autoIncrement: false }, wide);
    expect(await session.query('select 1 from pg_sequences')).toEqual([]);
  });
});

test('a sequence that another table uses stays when its column stops counting', async () => {
  await withPostgres(async (session) => {
    await session.run('create table t (id serial primary key)');
    await session.run(`create table other (n int default nextval('t_id_seq'))`);
    const schema = await postgres.inspect(session, {});
    const plain = await apply(
      session,
      { kind: 'setAutoIncrement', table: 't', column: 'id', autoIncrement: false },
      schema,
    );
    expect(await postgres.inspect(session, {})).toEqual(plain);
    expect(await session.query('insert into other default values returning n')).toEqual([{ n: 1 }]);
  });
});

test('fills what is NULL, by value or expression', async () => {
  await withPostgres(async (session) => {
    await prepare(session);
    const schema = await postgres.inspect(session, {});
    await apply(
      session,
      { kind: 'backfill', table: 'parent', column: 'n', set: { sql: 'id * 10 -- at the end' } },
      schema,
    );
    expect(await session.query('select n from parent order by id')).toEqual([{ n: 1 }, { n: 2 }, { n: 30 }]);
  });
});

test('refuses what PostgreSQL cannot do, as the server does', async () => {
  await withPostgres(async (session) => {
    await prepare(session);
    const schema = await postgres.inspect(session, {});
    const partition: Operation = {
      kind: 'setPartitioning',
      table: 'parent',
      to: { method: 'hash', by: 'id', partitions: 2 },
    };
    await expect(apply(session, partition, schema)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
    await expect(session.run('alter table parent partition by hash (id)')).rejects.toMatchObject({ code: '42601' });
    await expect(
      apply(session, { kind: 'setOnUpdate', table: 'parent', column: 'n', to: 'current_timestamp' }, schema),
    ).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
    await expect(session.run('alter table parent alter n set on update current_timestamp')).rejects.toMatchObject({
      code: '42601',
    });
  });
});
