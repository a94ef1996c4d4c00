import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/operations/index.ts';
import type { Table } from '../../../src/schema/schema.ts';
import { sqlite } from '../../../src/dialects/sqlite/index.ts';
import { writeOperation } from '../../../src/dialects/dialect.ts';
import { readRows } from '../../support/rows.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { withSqlite } from './open.ts';

/** A change that nothing but a rebuild can make, and that touches no column's values. */
const touch = (table: string): Operation => ({
  kind: 'addCheck',
  table,
  check: { name: 'touched', expression: '1 = 1' },
});
const parent = [
  'create table parent (id integer not null primary key autoincrement, name text)',
  `insert into parent values (1, 'a'), (2, 'b'), (3, 'c')`,
];

const children = ['cascade', 'set null', 'restrict', 'no action', 'set default'].map((rule) => ({
  rule,
  setUp: [
    ...parent,
    `create table child (id integer primary key, parent_id int default 1 references parent (id) on delete ${rule} on update ${rule})`,
    'insert into child values (10, 1), (11, 2), (12, 2), (13, null)',
  ],
}));

async function expectSound(database: TestDatabase): Promise<void> {
  expect(await database.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(await database.query('pragma foreign_key_check')).toEqual([]);
}

const sqlOf = async (database: TestDatabase, type: string): Promise<unknown> =>
  database.query(`select name, sql from sqlite_master where type = ? and sql is not null order by name`, [type]);

describe('keeps every child row when the parent is rebuilt', () => {
  test.each(children)('on delete $rule', async ({ rule, setUp }) => {
    await withSqlite(setUp, async ({ apply, database }) => {
      const before = [await readRows(database, 'parent'), await readRows(database, 'child')];
      await apply(touch('parent'));
      expect([await readRows(database, 'parent'), await readRows(database, 'child')]).toEqual(before);
      await expectSound(database);
      // Enforced as before, by the connection of the application.
      const remove = database.query('delete from parent where id = 2');
      if (rule === 'restrict' || rule === 'no action') return expect(remove).rejects.toThrow('FOREIGN KEY');
      await remove;
      expect(await database.query('select parent_id from child order by id')).toEqual(
        {
          cascade: [{ parent_id: 1 }, { parent_id: null }],
          'set null': [1, null, null, null].map((id) => ({ parent_id: id })),
          'set default': [1, 1, 1, null].map((id) => ({ parent_id: id })),
        }[rule],
      );
    });
  });

  test('the same with foreign keys on loses them, so the test can fail', async () => {
    await withSqlite(children[0]?.setUp ?? [], async ({ apply, database, session }) => {
      await session.run('pragma foreign_keys = on');
      await apply(touch('parent'));
      expect(await database.query('select count(*) as n from child')).toEqual([{ n: 1 }]);
    });
  });
});

test('keeps a tree whose rows name each other', async () => {
  const setUp = [
    'create table node (id integer primary key, up int references node (id) on delete cascade)',
    'insert into node values (1, null), (2, 1), (3, 2), (4, 3)',
  ];
  await withSqlite(setUp, async ({ apply, database, table }) => {
    await apply(touch('node'));
    expect(await database.query('select * from node order by id')).toEqual([
      { id: 1, up: null },
      { id: 2, up: 1 },
      { id: 3, up: 2 },
      { id: 4, up: 3 },
    ]);
    expect((await table('node')).foreignKeys[0]?.references).toEqual({ table: 'node', columns: ['id'] });
    await database.query('delete from node where id = 2');
    expect(await database.query('select id from node')).toEqual([{ id: 1 }]);
    await expectSound(database);
  });
});

test('keeps triggers, its own and those of others that name it, and they fire', async () => {
  const setUp = [
    ...parent,
    'create table log (what text)',
    'create table other (x int)',
    `create trigger own after update of name on parent when new.name <> 'quiet' begin insert into log values ('own ' || old.name); end`,
    `create trigger foreign_one after insert on other begin update parent set name = 'from other' where id = new.x; end`,
  ];
  await withSqlite(setUp, async ({ apply, database }) => {
    const before = await sqlOf(database, 'trigger');
    await apply(touch('parent'));
    expect(await sqlOf(database, 'trigger')).toEqual(before);
    expect(await readRows(database, 'log')).toEqual([]);
    await database.query('insert into other values (2)');
    expect(await readRows(database, 'log')).toEqual([{ what: 'own b' }]);
  });
});

test('keeps views on it, views on views with their triggers, and broken ones', async () => {
  const setUp = [
    ...parent,
    `create view direct as select id, name from parent where name <> 'a'`,
    'create view indirect (n) as select count(*) from direct',
    'create trigger through instead of insert on direct begin insert into parent (name) values (new.name); end',
    'create view broken as select * from no_such_table',
  ];
  await withSqlite(setUp, async ({ apply, database }) => {
    const before = [await sqlOf(database, 'view'), await sqlOf(database, 'trigger')];
    await apply(touch('parent'));
    expect([await sqlOf(database, 'view'), await sqlOf(database, 'trigger')]).toEqual(before);
    await database.query(`insert into direct (name) values ('new')`);
    expect(await database.query('select * from indirect')).toEqual([{ n: 3 }]);
  });
});

test('never gives an id out again', async () => {
  await withSqlite(
    [
      ...parent,
      'delete from parent where id = 3',
      'create table empty (id integer primary key autoincrement, a text)',
      'insert into empty values (41, 1)',
      'delete from empty',
    ],
    async ({ apply, database }) => {
      await apply(touch('parent'));
      await apply(touch('empty'));
      await database.query(`insert into parent (name) values ('next')`);
      await database.query(`insert into empty (a) values ('next')`);
      expect(await database.query('select max(id) as id from parent')).toEqual([{ id: 4 }]);
      expect(await database.query('select id from empty')).toEqual([{ id: 42 }]);
      expect(await database.query('select * from sqlite_sequence order by name')).toEqual([
        { name: 'empty', seq: 42 },
        { name: 'parent', seq: 4 },
      ]);
    },
  );
});

test('does not give a table AUTOINCREMENT that had none', async () => {
  await withSqlite(
    [
      'create table t (id integer primary key, a text)',
      `insert into t values (1, 'a'), (2, 'b')`,
      'delete from t where id = 2',
    ],
    async ({ apply, database }) => {
      await apply(touch('t'));
      await database.query(`insert into t (a) values ('next')`);
      expect(await database.query('select max(id) as id from t')).toEqual([{ id: 2 }]);
    },
  );
});

test('keeps the numbers of rows that no column names, which a search index points to', async () => {
  const setUp = [
    'create table t (a text)',
    `insert into t (rowid, a) values (3, 'x'), (70, 'y')`,
    `create virtual table search using fts5(a, content = t)`,
    `insert into search (rowid, a) select rowid, a from t`,
  ];
  await withSqlite(setUp, async ({ apply, database }) => {
    await apply(touch('t'));
    expect(await database.query('select rowid as n, a from t')).toEqual([
      { n: 3, a: 'x' },
      { n: 70, a: 'y' },
    ]);
    expect(await database.query(`select rowid as n, a from search where search match 'y'`)).toEqual([
      { n: 70, a: 'y' },
    ]);
  });
});

const shapes: { readonly [name: string]: readonly string[] } = {
  'generated columns': [
    `create table t (id integer primary key, a int, v int generated always as (a * 2) virtual, s text as ('<' || a || '>') stored not null)`,
    'insert into t (a) values (1), (2)',
  ],
  STRICT: [
    'create table t (id integer primary key, a text, b any, c blob, d real) strict',
    `insert into t values (1, 'a', '007', x'00ff', 1), (2, 'b', 7, null, 2.5)`,
  ],
  'WITHOUT ROWID': [
    'create table t (k text not null, v text, primary key (k collate nocase)) without rowid',
    `insert into t values ('b', '1'), ('A', '2')`,
  ],
  'partial, expression, descending and collated indexes': [
    'create table t (a text, b int)',
    `insert into t values ('x', 1), ('X', 2)`,
    `create unique index u on t (a collate nocase, b desc) where b > 0`,
    `create index e on t (lower(a), b + 1 desc)`,
  ],
  'conflict clauses': [
    `create table t (a int not null on conflict ignore, b text unique on conflict replace, c int, primary key (c) on conflict rollback)`,
    `insert into t values (1, 'x', 1)`,
  ],
  'a key that holds NULL': [
    'create table t (k text primary key, v text)',
    `insert into t values (null, 'a'), (null, 'b'), ('k', 'c')`,
  ],
  'values of any storage class': [
    'create table t (i integer, t text, r real, n numeric, b blob, d datetime, u)',
    `insert into t values ('abc', 1, 1, '1e3', 'text', '2024-01-01', 1), (1.5, x'00', 'x', 1.0, 5, 1700000000000, 1.0), (9223372036854775807, '007', 9e999, '9007199254740993', x'', null, '1')`,
  ],
  'a name that needs quotes': [
    `create table "we""ird ' \`t\`" ("a""b" int unique, [c d] text default 'it''s' check ("c d" <> '"'))`,
    `insert into "we""ird ' \`t\`" values (1, 'x')`,
  ],
  'an INT key that is no rowid': [
    'create table t (id int not null primary key, a text)',
    `insert into t values (5, 'a')`,
  ],
  'an INTEGER key in descending order': [
    'create table t (id integer primary key desc, a text)',
    `insert into t values (5, 'a')`,
  ],
  'named and deferred constraints': [
    'create table p (a int, b int, constraint pk primary key (a, b))',
    'create table t (a int, b int, constraint both foreign key (a, b) references p (a, b) on update cascade deferrable initially deferred, constraint one unique (a, b), constraint yes check (a < b))',
    'insert into p values (1, 2)',
    'insert into t values (1, 2)',
  ],
  'a reference to a table that is missing': [
    'create table t (a int references nowhere, b int references elsewhere (x))',
    'pragma foreign_keys = off',
    'insert into t values (null, null)',
  ],
  collations: [
    `create table t (a text collate nocase unique, b text collate rtrim not null default 'x')`,
    `insert into t values ('A', 'b ')`,
  ],
};

describe('keeps everything but what was asked', () => {
  test.each(Object.entries(shapes))('%s', async (_name, setUp) => {
    await withSqlite(setUp, async ({ apply, database, table }) => {
      const name = String(
        (await database.query(`select name from sqlite_master where type = 'table' and name <> 'p'`))[0]?.['name'],
      );
      const before = await table(name);
      const rows = await readRows(database, name);
      const classes = await storageClasses(database, before);
      await apply(touch(name));
      const after = await table(name);
      expect({ ...after, checks: after.checks.slice(0, before.checks.length) }).toEqual(before);
      expect(Object.keys(after.columns)).toEqual(Object.keys(before.columns));
      expect(await readRows(database, name)).toEqual(rows);
      expect(await storageClasses(database, before)).toEqual(classes);
      expect(rows.length).toBeGreaterThan(0);
      expect(await database.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(await database.query(`select name from sqlite_master where name like '\\_mikrate%' escape '\\'`)).toEqual(
        [],
      );
      // And once more from what we wrote ourselves.
      await apply({ kind: 'dropCheck', table: name, check: { name: 'touched', expression: '1 = 1' } });
      expect(await table(name)).toEqual(before);
      expect(await readRows(database, name)).toEqual(rows);
    });
  });
});

test('a failing copy leaves everything as it was', async () => {
  await withSqlite([...parent, 'insert into parent values (9, null)'], async ({ apply, database, inspect }) => {
    const before = await inspect();
    await expect(apply({ kind: 'setNullability', table: 'parent', column: 'name', nullable: false })).rejects.toThrow(
      'NOT NULL',
    );
    expect(await inspect()).toEqual(before);
    expect(await database.query('select count(*) as n from parent')).toEqual([{ n: 4 }]);
  });
});

test('a lost row is noticed before the old table goes', async () => {
  await withSqlite(parent, async ({ session, inspect }) => {
    const statements = writeOperation(sqlite, touch('parent'), await inspect());
    const count = statements.findIndex(({ expect: expected }) => expected === 'no rows');
    const drop = statements.findIndex(({ text }) => text.startsWith('drop table'));
    expect(count).toBeGreaterThan(0);
    expect(drop).toBeGreaterThan(count);
    for (const { text } of statements.slice(0, count)) await session.run(text);
    expect(await session.query(statements[count]?.text ?? '')).toEqual([]);
    await session.run('delete from _mikrate_parent where id = 1');
    expect(await session.query(statements[count]?.text ?? '')).toHaveLength(1);
  });
});

test("a table of the name that the copy would have is in nobody's way", async () => {
  await withSqlite(
    [
      ...parent,
      'create table _mikrate_parent (a int)',
      'insert into _mikrate_parent values (1)',
      'create view __MIKRATE_parent as select 1',
    ],
    async ({ apply, database }) => {
      await apply(touch('parent'));
      expect(await readRows(database, '_mikrate_parent')).toEqual([{ a: 1 }]);
      expect(await readRows(database, 'parent')).toHaveLength(3);
    },
  );
});

test('values are converted only where the type was changed', async () => {
  const setUp = [
    'create table t (a text, b text)',
    `insert into t values ('007', '007'), ('x', 'x'), ('1.50', '1.50')`,
  ];
  await withSqlite(setUp, async ({ apply, database }) => {
    await apply({
      kind: 'changeType',
      table: 't',
      column: 'a',
      from: { type: 'text' },
      to: { type: 'integer', bits: 32 },
      change: 'lateral',
    });
    expect(await database.query('select a, typeof(a) as ta, b, typeof(b) as tb from t order by rowid')).toEqual([
      { a: 7, ta: 'integer', b: '007', tb: 'text' },
      { a: 'x', ta: 'text', b: 'x', tb: 'text' },
      { a: 1.5, ta: 'real', b: '1.50', tb: 'text' },
    ]);
  });
});

async function storageClasses(database: TestDatabase, { name, columns }: Table): Promise<unknown> {
  const list = Object.keys(columns)
    .map((column) => `typeof(${sqlite.quote(column)})`)
    .join(` || ',' || `);
  return database.query(`select ${list} as classes from ${sqlite.quote(name)} order by 1`);
}
