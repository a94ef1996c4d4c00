import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import type { DatabaseKind, TestDatabase } from '../support/databases.ts';
import { buildState, stateNames } from './states/index.ts';
import type { NotOurs, StateName } from './states/index.ts';
import { buildRows } from './states/rows.ts';
import { inmates, monitors } from './states/tables.ts';

describe.each(databaseKinds)('a database in the field on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind);
  });

  afterEach(() => database.drop());

  test.each(stateNames)('%s has its tables, its rows and what is not ours', async (name) => {
    const built = await buildState(name, database);
    expect(built.tables.length).toBeGreaterThanOrEqual(3);
    for (const table of built.tables)
      expect([table, await countRows(database, table)]).toEqual([table, built.counts[table]]);
    if (built.tables.includes('inmates')) expect(built.counts['inmates']).toBe(5_000);
    const objects = await objectsOf(database);
    expect(built.expected.notOurs.length).toBeGreaterThan(0);
    for (const found of built.expected.notOurs) expect(objects).toContain(describeObject(found));
    for (const column of built.expected.relaxed) expect(objects).toContain(`column ${column}`);
  });

  test('holds every text and number as it was meant', async () => {
    await buildState('A', database);
    const columns = [
      'name',
      'arrest_date',
      'arrest_reason',
      'mugshot',
      'enable_notifications',
      'notify_address',
    ] as const;
    const meant = buildRows(monitors, { caseTwins: false }).map((row) => columns.map((column) => row[column]));
    const read = await database.query(`select ${columns.join(', ')} from monitors order by idmonitors`);
    expect(read.map((row) => columns.map((column) => row[column]))).toEqual(meant);
  });

  test('is the same each time', async () => {
    const before = buildRows(inmates, { caseTwins: true });
    expect(buildRows(inmates, { caseTwins: true })).toEqual(before);
    expect(before).toHaveLength(5_000);
  });
});

const onServer = (kind: DatabaseKind): boolean => databaseKinds.includes(kind);

test.runIf(onServer('mariadb'))('MariaDB has made the key of inmates USING HASH', async () => {
  expect(await createTableOf('mariadb', 'F')).toMatch(/UNIQUE KEY `unique_inmate_optimized` \(.*\) USING HASH/);
});

test.runIf(onServer('mysql'))('MySQL has the key of inmates with key lengths', async () => {
  expect(await createTableOf('mysql', 'F')).toMatch(
    /UNIQUE KEY `unique_inmate_optimized` \(.*`dob`\(64\),`sex`\(64\),`race`\(64\)\)/,
  );
});

test.each(['mysql', 'mariadb'] as const)('G has 16 partitions and a wider primary key on %s', async (kind) => {
  if (!onServer(kind)) return;
  const sql = await createTableOf(kind, 'G');
  expect(sql).toContain('PRIMARY KEY (`idinmates`,`jail_id`)');
  expect(sql).toMatch(/PARTITION BY KEY \(`?jail_id`?\)\s+PARTITIONS 16/);
});

async function createTableOf(kind: DatabaseKind, name: StateName): Promise<string> {
  const database = await createDatabase(kind);
  try {
    await buildState(name, database);
    const [row] = await database.query('show create table inmates');
    return String(row?.['Create Table']);
  } finally {
    await database.drop();
  }
}

async function countRows(database: TestDatabase, table: string): Promise<number> {
  const quoted = database.kind === 'mysql' || database.kind === 'mariadb' ? `\`${table}\`` : `"${table}"`;
  const [row] = await database.query(`select count(*) as n from ${quoted}`);
  return Number(row?.['n']);
}

function describeObject(found: NotOurs): string {
  if (found.kind === 'table') return `table ${found.table}`;
  if (found.kind === 'column') return `column ${found.table}.${found.name}`;
  if (found.kind === 'foreignKey') return `foreign key ${found.table}(${found.columns.join()}) ${found.references}`;
  if (found.kind === 'primaryKey') return `primary key ${found.table}(${found.columns.join()})`;
  if (found.kind === 'partitioning') return `partitioning ${found.table}(${found.columns.join()})`;
  return `${found.kind} ${found.table}(${found.columns.join()}) ${found.name}`;
}

/** What the catalog says, in the words of `describeObject`. */
async function objectsOf(database: TestDatabase): Promise<Set<string>> {
  const rows = await database.query(catalogQueries[database.kind]);
  return new Set(rows.map((row) => String(row['object'])));
}

const mysqlCatalog = `
  select concat('table ', table_name) as object from information_schema.tables where table_schema = database()
  union all select concat('column ', table_name, '.', column_name) from information_schema.columns where table_schema = database()
  union all select concat('foreign key ', table_name, '(', column_name, ') ', referenced_table_name)
    from information_schema.key_column_usage where table_schema = database() and referenced_table_name is not null
  union all select concat('primary key ', table_name, '(', group_concat(column_name order by seq_in_index), ')')
    from information_schema.statistics where table_schema = database() and index_name = 'PRIMARY' group by table_name
  union all select distinct concat('partitioning ', table_name, '(', replace(partition_expression, char(96), ''), ')')
    from information_schema.partitions where table_schema = database() and partition_expression is not null
  union all select concat(if(min(non_unique) = 0, 'unique ', 'index '), table_name, '(',
      group_concat(column_name order by seq_in_index), ') ', index_name)
    from information_schema.statistics where table_schema = database() group by table_name, index_name`;

const catalogQueries = {
  mysql: mysqlCatalog,
  mariadb: mysqlCatalog,
  postgresql: `
    select 'table ' || table_name as object from information_schema.tables where table_schema = 'public'
    union all select 'column ' || table_name || '.' || column_name from information_schema.columns where table_schema = 'public'
    union all select 'foreign key ' || c.conrelid::regclass || '(' || a.attname || ') ' || c.confrelid::regclass
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where c.contype = 'f'
    union all select case when i.indisunique then 'unique ' else 'index ' end || i.indrelid::regclass || '(' ||
        (select string_agg(a.attname, ',' order by k.place) from unnest(i.indkey::int[]) with ordinality k(attnum, place)
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum) || ') ' || i.indexrelid::regclass
      from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace`,
  sqlite: `
    select 'table ' || name as object from sqlite_master where type = 'table'
    union all select 'column ' || m.name || '.' || c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'
    union all select 'foreign key ' || m.name || '(' || k."from" || ') ' || k."table"
      from sqlite_master m, pragma_foreign_key_list(m.name) k where m.type = 'table'
    union all select iif(l."unique", 'unique ', 'index ') || m.name || '(' ||
        (select group_concat(name, ',') from (select name from pragma_index_info(l.name) order by seqno)) || ') ' || l.name
      from sqlite_master m, pragma_index_list(m.name) l where m.type = 'table'`,
} as const;
