import type { DatabaseKind } from '../support/databases.ts';
import type { Place } from './place.ts';

/** Why a database has no answer but NOT_SUPPORTED: its manual, and a statement that the server itself must reject. */
export interface Refusal {
  readonly manual: string;
  /** One statement, or several of which the last is refused. */
  readonly sql: (place: Place) => string | readonly string[];
  /** Where the server takes the statement and does something else: a question, and the answer that tells. */
  readonly shows?: (place: Place) => readonly [question: string, answer: unknown];
}

interface Refused {
  readonly titles: readonly string[];
  readonly on: { readonly [K in DatabaseKind]?: Refusal };
}

const mysqlManual = (page: string): string => `https://dev.mysql.com/doc/refman/8.4/en/${page}.html`;
const mariadbManual = (page: string): string => `https://mariadb.com/kb/en/${page}/`;
const postgresManual = (page: string): string => `https://www.postgresql.org/docs/current/${page}.html`;
const sqliteManual = (page: string): string => `https://www.sqlite.org/${page}.html`;

type Sql = Refusal['sql'];
/** The same statement for MySQL and MariaDB. */
const mysqlFamily = (page: string, kbPage: string, sql: Sql): { mysql: Refusal; mariadb: Refusal } => ({
  mysql: { manual: mysqlManual(page), sql },
  mariadb: { manual: mariadbManual(kbPage), sql },
});
const postgresql = (page: string, sql: Sql): { postgresql: Refusal } => ({
  postgresql: { manual: postgresManual(page), sql },
});
const sqlite = (page: string, sql: Sql): { sqlite: Refusal } => ({ sqlite: { manual: sqliteManual(page), sql } });
const bothIndex = (variant: string): string[] => [`addIndex: ${variant}`, `dropIndex: ${variant}`];
const bothKey = (variant: string): string[] => [`addForeignKey: ${variant}`, `dropForeignKey: ${variant}`];
const index =
  (what: string): Sql =>
  ({ table }) =>
    `create index refused on ${table} ${what}`;
const partitionedBy =
  (what: string): Sql =>
  ({ name }) =>
    `create table ${name('refused')} (a integer not null) partition by ${what}`;

const hashed: Sql = ({ table }) => `create index refused using hash on ${table} (a)`;
const shownAsBtree: Refusal['shows'] = () => [
  "select distinct index_type from information_schema.statistics where table_schema = database() and index_name = 'refused'",
  'BTREE',
];

const refused: readonly Refused[] = [
  {
    titles: ['changeType: wider: numbered key'],
    on: mysqlFamily(
      'create-table-foreign-keys',
      'foreign-keys',
      ({ table }) => `alter table ${table} modify id bigint not null auto_increment`,
    ),
  },
  {
    titles: ['changeGenerated: virtual to plain'],
    on: {
      ...mysqlFamily('alter-table-generated-columns', 'generated-columns', ({ table }) => [
        `alter table ${table} add column refused int generated always as (a + 1) virtual`,
        `alter table ${table} modify refused int`,
      ]),
      ...postgresql(
        'ddl-generated-columns',
        ({ table }) => `alter table ${table} add column refused integer generated always as (a + 1) virtual`,
      ),
    },
  },
  {
    titles: ['createTable: partitioned by KEY'],
    on: {
      ...postgresql('ddl-partitioning', partitionedBy('key (a)')),
      ...sqlite('limits', partitionedBy('key (a) partitions 2')),
    },
  },
  {
    titles: [
      'createTable: partitioned by HASH',
      'createTable: partitioned by RANGE',
      'createTable: partitioned by LIST',
      'dropTable: partitioned',
    ],
    on: sqlite('limits', partitionedBy('hash (a) partitions 2')),
  },
  {
    titles: [
      ...['KEY', 'HASH', 'RANGE', 'LIST'].map((method) => `setPartitioning: a filled table by ${method}`),
      'setPartitioning: removed',
    ],
    on: postgresql('ddl-partitioning', ({ table }) => `alter table ${table} partition by hash (id)`),
  },
  {
    titles: [
      ...['KEY', 'HASH', 'RANGE', 'LIST'].map((method) => `setPartitioning: a filled table by ${method}`),
      'setPartitioning: one partition more',
      'setPartitioning: removed',
    ],
    on: sqlite('lang_altertable', ({ table }) => `alter table ${table} partition by hash (id) partitions 2`),
  },
  {
    titles: ['setOnUpdate: set', 'setOnUpdate: dropped', 'addColumn: that is set on each update'],
    on: {
      ...postgresql(
        'sql-createtable',
        ({ table }) => `alter table ${table} add column refused timestamp default now() on update now()`,
      ),
      ...sqlite(
        'lang_createtable',
        ({ name }) =>
          `create table ${name('refused')} (at datetime default current_timestamp on update current_timestamp)`,
      ),
    },
  },
  {
    titles: [
      ...['of a column', 'of a column, changed', 'of a column, dropped', 'of a table', 'of a table, dropped'].map(
        (name) => `setComment: ${name}`,
      ),
      'addColumn: with a comment',
    ],
    on: sqlite('lang', ({ table }) => `comment on table ${table} is 'refused'`),
  },
  {
    titles: ['createNamespace: empty', 'dropNamespace: empty'],
    on: {
      ...mysqlFamily(
        'identifier-qualifiers',
        'identifier-qualifiers',
        ({ name }) => `create table ${name('space')}.refused (a int)`,
      ),
      ...sqlite('lang_attach', ({ name }) => `create table ${name('space')}.refused (a int)`),
    },
  },
  {
    titles: [
      'createEnum: three values',
      'dropEnum: three values',
      ...['add at the end', 'add at the front and between', 'remove one', 'another order'].map(
        (name) => `alterEnum: ${name}`,
      ),
    ],
    on: {
      ...mysqlFamily('enum', 'enum', ({ name }) => `create type ${name('refused')} as enum ('a')`),
      ...sqlite('datatype3', ({ name }) => `create type ${name('refused')} as enum ('a')`),
    },
  },
  {
    titles: ['createView: materialized', 'dropView: materialized'],
    on: {
      mysql: {
        manual: mysqlManual('create-view'),
        // Version 9.7 takes the word and makes a view that is computed each time, as any other.
        sql: ({ table, name }) => [
          `create materialized view ${name('refused')} as select id from ${table}`,
          `delete from ${table} where id = 7`,
        ],
        shows: ({ name }) => [`select count(*) from ${name('refused')}`, 3],
      },
      mariadb: {
        manual: mariadbManual('create-view'),
        sql: ({ table, name }) => `create materialized view ${name('refused')} as select id from ${table}`,
      },
      ...sqlite(
        'lang_createview',
        ({ table, name }) => `create materialized view ${name('refused')} as select id from ${table}`,
      ),
    },
  },
  {
    titles: [...bothIndex('partial'), ...bothIndex('partial unique'), 'renameColumn: in a predicate of an index'],
    on: mysqlFamily('create-index', 'create-index', index('(a) where a > 0')),
  },
  {
    titles: [
      ...bothIndex('of an expression'),
      ...bothIndex('unique of an expression'),
      'renameColumn: in an expression of an index',
    ],
    on: { mariadb: { manual: mariadbManual('create-index'), sql: index('((upper(code)))') } },
  },
  {
    titles: bothIndex('with a prefix length'),
    on: { ...postgresql('sql-createindex', index('(note(10))')), ...sqlite('lang_createindex', index('(note(10))')) },
  },
  {
    titles: bothIndex('with columns beside its key'),
    on: {
      ...mysqlFamily('create-index', 'create-index', index('(a) include (b)')),
      ...sqlite('lang_createindex', index('(a) include (b)')),
    },
  },
  {
    titles: bothIndex('unique with NULLs not distinct'),
    on: {
      ...mysqlFamily(
        'create-index',
        'create-index',
        ({ table }) => `create unique index refused on ${table} (digits) nulls not distinct`,
      ),
      ...sqlite('nulls', ({ table }) => `create unique index refused on ${table} (digits) nulls not distinct`),
    },
  },
  {
    titles: bothIndex('for full text'),
    on: {
      ...postgresql('textsearch-indexes', ({ table }) => `create fulltext index refused on ${table} (note)`),
      ...sqlite('fts5', ({ table }) => `create fulltext index refused on ${table} (note)`),
    },
  },
  {
    titles: bothIndex('by hash'),
    on: {
      ...sqlite('lang_createindex', index('using hash (a)')),
      mysql: { manual: mysqlManual('create-index'), sql: hashed, shows: shownAsBtree },
      mariadb: { manual: mariadbManual('create-index'), sql: hashed, shows: shownAsBtree },
    },
  },
  {
    titles: bothIndex('by gin'),
    on: {
      ...mysqlFamily(
        'create-index',
        'create-index',
        ({ table }) => `create index refused using gin on ${table} (note)`,
      ),
      ...sqlite('lang_createindex', ({ table }) => `create index refused on ${table} using gin (note)`),
    },
  },
  {
    titles: bothIndex('with NULLs first'),
    on: {
      ...mysqlFamily('create-index', 'create-index', index('(a nulls first)')),
      ...sqlite('lang_createindex', index('(a nulls first)')),
    },
  },
  {
    titles: bothIndex('with a collation'),
    on: mysqlFamily('create-index', 'create-index', index('(code collate utf8mb4_bin)')),
  },
  {
    titles: bothIndex('with an operator class'),
    on: {
      ...mysqlFamily('create-index', 'create-index', index('(code varchar_pattern_ops)')),
      ...sqlite('lang_createindex', index('(code varchar_pattern_ops)')),
    },
  },
  {
    titles: bothIndex('unique that waits for the commit'),
    on: {
      ...mysqlFamily(
        'create-table',
        'create-table',
        ({ table }) => `alter table ${table} add constraint refused unique (code) deferrable initially deferred`,
      ),
      ...sqlite(
        'lang_createtable',
        ({ name }) => `create table ${name('refused')} (a integer, unique (a) deferrable initially deferred)`,
      ),
    },
  },
  {
    titles: bothIndex('that the optimizer does not use'),
    on: {
      ...postgresql('sql-createindex', index('(a) invisible')),
      ...sqlite('lang_createindex', index('(a) invisible')),
    },
  },
  { titles: bothIndex('with a comment'), on: sqlite('lang_createindex', index("(a) comment 'refused'")) },
  {
    titles: bothKey('set default'),
    // The server takes the words, and then refuses what they ask for.
    on: mysqlFamily('create-table-foreign-keys', 'foreign-keys', ({ table, parent, name }) => [
      `alter table ${table} add constraint ${name('refused')} foreign key (parent_id) references ${parent} (id) on delete set default`,
      `delete from ${parent} where id = 1`,
    ]),
  },
  {
    titles: [...bothKey('that waits for the commit'), ...bothKey('that can wait for the commit')],
    on: mysqlFamily(
      'create-table-foreign-keys',
      'foreign-keys',
      ({ table, parent }) =>
        `alter table ${table} add constraint refused foreign key (parent_id) references ${parent} (id) deferrable initially deferred`,
    ),
  },
  {
    titles: [
      'addColumn: generated, virtual',
      'changeGenerated: virtual, another expression',
      'changeGenerated: virtual to stored',
      'changeGenerated: plain to virtual',
    ],
    // Version 18 can; the test server is older.
    on: postgresql(
      'ddl-generated-columns',
      ({ table }) => `alter table ${table} add column refused integer generated always as (a + 1) virtual`,
    ),
  },
];

/** The refusal of a case on a database; `undefined` where it must go through its whole life. */
export function refusalOf(title: string, database: DatabaseKind): Refusal | undefined {
  return refused.find(({ titles, on }) => titles.includes(title) && on[database])?.on[database];
}

/** All titles that a refusal names. */
export const refusedTitles: readonly string[] = refused.flatMap(({ titles }) => titles);
