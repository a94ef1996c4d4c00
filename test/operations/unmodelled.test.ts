import { describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { writeOperation, type Dialect } from '../../src/dialects/dialect.ts';
import type { Session } from '../../src/dialects/session.ts';
import type { TableChange } from '../../src/operations/alter-table.ts';
import { undoOperation, type Operation } from '../../src/operations/index.ts';
import type { LogicalType } from '../../src/schema/logical-type.ts';
import { editColumn } from '../../src/schema/edit.ts';
import { emptySchema, type Column, type Schema } from '../../src/schema/schema.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { withSchemaBench, type SchemaBench } from '../support/migrate-schema.ts';
import { withSession } from '../support/open-session.ts';

/** What no model says of a column `c` of a table `t`: how it is made, and what shows that it is there. */
interface Unmodelled {
  readonly what: string;
  readonly make: readonly string[];
  /** One row with a text for each thing that must stay as it is. */
  readonly sees: string;
  /** A new type for the column, where any has what is to be kept. */
  readonly to?: LogicalType;
}

const bigint: LogicalType = { type: 'integer', bits: 64 };
const longer: LogicalType = { type: 'string', length: 300 };

/** The definition of the column in SHOW CREATE TABLE without what the changes are about. */
const mysqlCase = (what: string, definition: string, rest: Partial<Unmodelled> = {}): Unmodelled => ({
  what,
  make: [`create table t (id int primary key, a int, c ${definition})`],
  sees: 'show create table t',
  ...rest,
});

const postgresCase = (
  what: string,
  type: string,
  { make = [], ...rest }: Partial<Unmodelled> & Pick<Unmodelled, 'sees'>,
): Unmodelled => ({ what, make: [`create table t (id int primary key, a int, c ${type})`, ...make], ...rest });

const sqliteCase = (what: string, columns: string, options = ''): Unmodelled => ({
  what,
  make: [`create table t (${columns}) ${options}`, 'create index other on t (a collate nocase desc) where a > 0'],
  sees: `select lower(replace(sql, '"', '')) as text from sqlite_master union all
    select i.origin || ' ' || x.name || ' ' || x.desc || ' ' || x.coll from pragma_index_list('t') i join pragma_index_xinfo(i.name) x where x.key and i.name <> 'i'`,
});

const both: readonly Unmodelled[] = [
  mysqlCase('an invisible column', 'int default 3 invisible', { to: bigint }),
  mysqlCase('an invisible column that is computed', 'int generated always as (a + 1) virtual invisible'),
  mysqlCase('a time set by each update', "datetime(3) default '2020-01-01' on update current_timestamp(3)"),
  mysqlCase('a character set of its own', 'varchar(20) character set latin1 collate latin1_german2_ci', { to: longer }),
  mysqlCase('a column with zeros before its numbers', 'int(6) unsigned zerofill'),
];

const unmodelled: { readonly [K in DatabaseKind]: readonly Unmodelled[] } = {
  mysql: [...both, mysqlCase('a coordinate system', 'point srid 4326')],
  mariadb: [
    ...both,
    mysqlCase('a compressed column', 'varchar(200) compressed', { to: longer }),
    mysqlCase('a compressed column with a collation', "text compressed collate utf8mb4_bin comment 'c'", {
      to: { type: 'text', size: 'long' },
    }),
    mysqlCase('a check of the column', 'int check (c > 1)', { to: bigint }),
    mysqlCase('a table that keeps its history', 'int', {
      make: [
        'create table t (id int primary key, a int, c int without system versioning, d int) with system versioning',
        'insert into t values (1, 1, 1, 1)',
        'update t set d = 2',
      ],
      to: bigint,
    }),
  ],
  postgresql: [
    postgresCase('how the column is stored', 'text', {
      make: [
        'alter table t alter column c set storage external, alter column c set compression pglz',
        'alter table t alter column c set statistics 77, alter column c set (n_distinct = 5)',
        'grant select (c) on t to public',
        "comment on column t.c is 'old'",
      ],
      to: { type: 'string', length: 300 },
      sees: `select attstorage, attcompression, attstattarget, attoptions::text, attacl::text from pg_attribute where attrelid = 't'::regclass and attname in ('c', 'd_')`,
    }),
    postgresCase('the collation of the column', 'varchar(20) collate "C"', {
      to: longer,
      sees: `select attcollation::regcollation::text from pg_attribute where attrelid = 't'::regclass and attname in ('c', 'd_')`,
    }),
    postgresCase('constraints of kinds that no model has', 'int', {
      make: [
        'create table other (a int, b int, unique (a, b))',
        'alter table t add constraint apart exclude using btree (c with =) where (c > 0)',
        'alter table t add constraint whole foreign key (a, c) references other (a, b) match full on delete set null (a)',
        'alter table t add constraint own check (c > 0) no inherit',
      ],
      to: bigint,
      sees: `select conname, contype, confmatchtype, confdelsetcols::text, connoinherit, replace(pg_get_constraintdef(oid), 'd_', 'c') as text from pg_constraint
        where conrelid = 't'::regclass order by 1`,
    }),
    postgresCase('how the table is stored, and what is known of it', 'int', {
      make: [
        'alter table t set (fillfactor = 70, autovacuum_enabled = false)',
        'create statistics known (dependencies) on a, c from t',
        'alter table t replica identity full',
        "comment on statistics known is 'both'",
        'create index filled on t (c) with (fillfactor = 55)',
        'alter table t enable row level security, force row level security',
        'create policy mine on t using (a > 0)',
        'create rule nothing as on delete to t do instead nothing',
        'alter table t cluster on filled',
      ],
      to: bigint,
      sees: `select relname, reloptions::text, relreplident, relrowsecurity, relforcerowsecurity, (select array_agg(pg_get_expr(polqual, polrelid))::text from pg_policy where polrelid = c.oid) as policies,
        (select array_agg(pg_get_ruledef(oid))::text from pg_rewrite where ev_class = c.oid) as rules, (select array_agg(stxname || stxkeys::text || obj_description(oid))::text from pg_statistic_ext where stxrelid = c.oid) as known,
        (select indisclustered from pg_index where indexrelid = c.oid) as clustered
        from pg_class c where relname in ('t', 'filled') order by 1`,
    }),
    postgresCase('triggers that look at the column', 'int', {
      make: [
        "create function pass() returns trigger language plpgsql as 'begin return new; end'",
        'create trigger watch before update of c on t for each row when (new.c > 0) execute function pass()',
      ],
      sees: `select replace(pg_get_triggerdef(oid), 'd_', 'c') as text from pg_trigger where tgrelid = 't'::regclass and not tgisinternal`,
    }),
  ],
  sqlite: [
    sqliteCase(
      'conflict clauses, collations and generated columns',
      `id integer primary key autoincrement, a int not null on conflict ignore default 4, c int, s text collate nocase unique on conflict replace,
       g generated always as (a + 1) virtual, k generated always as (s || 'x') stored, constraint pair unique (a desc, s) on conflict abort`,
    ),
    sqliteCase(
      'a table without row numbers',
      'id text collate rtrim, a int, c int, primary key (id desc, a) on conflict fail',
      'without rowid',
    ),
    sqliteCase('a strict table', 'id int primary key desc, a int, c int, f any', 'strict'),
    sqliteCase('a key that is no row number', 'id integer primary key desc, a int, c int'),
    sqliteCase(
      'how references are checked',
      'id integer primary key, a int, c int, r int references t (id) on delete set null on update cascade deferrable initially deferred, q int references t (id) deferrable initially immediate',
    ),
  ],
};

const kinds = databaseKinds.filter((kind) => unmodelled[kind].length > 0);

describe.each(kinds)('on %s, whatever is changed around it, there stays', (kind) => {
  test.each([...unmodelled[kind]])('$what', async ({ make, sees, to }) => {
    const database = await createDatabase(kind, { name: 'unmodelled' });
    try {
      await database.run(make);
      const dialect = await loadDialect(kind);
      await withSession(database, async (session) => {
        await dialect.prepareSession(session);
        const place: Place = { session, dialect, database, sees };
        for (const change of changesOf(await readColumn(place), to, kind)) await expectKept(change, place);
      });
    } finally {
      await database.drop();
    }
  });
});

interface Place {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly database: TestDatabase;
  readonly sees: string;
}

/** Changes of the column and around it, each of which keeps what the column is. */
function changesOf(column: Column, to: LogicalType | undefined, dialect: DatabaseKind): Operation[] {
  const at = { table: 't', column: 'c' } as const;
  const comment: TableChange = {
    kind: 'setComment',
    ...at,
    ...(column.comment && { from: column.comment }),
    to: 'new',
  };
  const rename: TableChange = { kind: 'renameColumn', table: 't', from: 'c', to: 'd_' };
  const type: TableChange[] = to
    ? [{ kind: 'changeType', ...at, from: column.type, to, change: 'widening', ...collations(column) }]
    : [];
  const comments = dialect === 'sqlite' ? [] : [comment];
  return [
    ...comments,
    ...type,
    ...(column.generated ? [] : [{ kind: 'setNullability', ...at, nullable: false } as const]),
    ...(column.type.type === 'integer' && !column.generated
      ? [{ kind: 'setDefault', ...at, ...(column.default && { from: column.default }), to: { value: 7 } } as const]
      : []),
    rename,
    { kind: 'alterTable', table: 't', changes: [...type, ...comments, rename] },
    { kind: 'addIndex', table: 't', index: { name: 'i', parts: [{ column: 'a' }], unique: false } },
    { kind: 'addColumn', table: 't', column: { name: 'more', type: bigint, nullable: true } },
  ];
}

const collations = ({ collation }: Column) =>
  collation === undefined ? {} : { fromCollation: collation, toCollation: collation };

async function expectKept(operation: Operation, place: Place): Promise<void> {
  const { database } = place;
  const before = await look(place);
  await perform(operation, place);
  const after = await look(place);
  if (database.kind === 'postgresql') expect(after).toEqual(before);
  else expect(partsOf(after)).toEqual(partsOf(before));
  const undo = undoOperation(operation);
  if (undo.restores === 'nothing') throw new Error(undo.because);
  await perform(undo.operation, place);
  // A table made anew is spelled in one way.
  if (database.kind === 'sqlite') expect(partsOf(await look(place))).toEqual(partsOf(before));
  else expect(await look(place)).toEqual(before);
}

async function perform(operation: Operation, { session, dialect }: Place): Promise<void> {
  const schema = await dialect.inspect(session, {});
  for (const { text, parameters } of writeOperation(dialect, operation, schema)) await session.run(text, parameters);
}

async function look({ database, sees }: Place): Promise<string[]> {
  const rows = await database.query(sees);
  expect(rows).not.toEqual([]);
  return rows.map((row) => Object.values(row).map(String).join(' '));
}

/** The words that say what is kept, in every place where they stand. */
function partsOf(texts: readonly string[]): string[] {
  const words =
    /invisible|srid \d+|compressed|with(?:out)? system versioning|(?:character set|collate) \w+|on update \w+\(\d\)|zerofill|check \([^)]*\)|generated always as \([^)]*\) \w+|on conflict \w+|without rowid|strict|autoincrement|deferrable initially \w+|on delete set null|\w+ \w+ [01] \w+$/giu;
  const found = texts.flatMap((text) => text.replaceAll('`d_`', '`c`').match(words) ?? []);
  return found.toSorted();
}

async function readColumn({ session, dialect }: Place): Promise<Column> {
  const column = (await dialect.inspect(session, {})).tables['t']?.columns['c'];
  if (!column) throw new Error('no column c');
  return column;
}

describe.runIf(databaseKinds.includes('postgresql'))('on postgresql', () => {
  const wide = (schema: Schema): Schema => editColumn(schema, 't', 'c', (column) => ({ ...column, type: bigint }));

  test('a trigger that looks at a column makes room for its new type, and is as it was after it', () =>
    withTable(
      [
        "create function pass() returns trigger language plpgsql as 'begin return new; end'",
        'create trigger watch before update of c on t for each row when (new.c > 0) execute function pass()',
        'alter table t enable always trigger watch',
        "comment on trigger watch on t is 'why'",
      ],
      async (bench, schema) => {
        const facts = `select pg_get_triggerdef(oid) as text, tgenabled, obj_description(oid) as comment from pg_trigger where not tgisinternal`;
        const before = await bench.database.query(facts);
        const events = await bench.apply({ schema: wide(schema) }, await bench.plan({ schema: wide(schema) }));
        expect(events.map(({ operation }) => operation?.kind)).toEqual(['dropTrigger', 'changeType', 'createTrigger']);
        expect(await bench.database.query(facts)).toEqual(before);
        await bench.undo(events);
        expect(await bench.database.query(facts)).toEqual(before);
      },
    ));

  test.each([
    ['a policy', 'create policy mine on t using (c > 0)', 'changeType'],
    ['a policy', 'create policy mine on t using (c > 0)', 'dropColumn'],
    ['an exclusion constraint', 'alter table t add constraint apart exclude (c with =, a with =)', 'dropColumn'],
    ['statistics', 'create statistics known on a, c from t', 'dropColumn'],
  ] as const)('%s stands in the way of what would lose it: %s, %s', (_, statement, kind) =>
    withTable([statement], async (bench, schema) => {
      const column = schema.tables['t']?.columns['c'];
      if (!column) throw new Error('no column c');
      const operation: Operation =
        kind === 'dropColumn'
          ? { kind, table: 't', column }
          : { kind, table: 't', column: 'c', from: column.type, to: bigint, change: 'widening' };
      expect(() => writeOperation(bench.dialect, operation, schema)).toThrow(/(?:policy mine|apart|known).* uses it/u);
      await expect(bench.database.query('select 1 from t')).resolves.toEqual([]);
    }),
  );

  test('a column that is computed in another way keeps its rights and what is known of it', () =>
    withTable(
      [
        'alter table t add column twice int generated always as (c * 2) stored',
        'grant select (twice) on t to public',
        'alter table t alter column twice set statistics 99',
      ],
      async (bench, schema) => {
        const facts = `select attacl::text, attstattarget from pg_attribute where attrelid = 't'::regclass and attname = 'twice'`;
        const before = await bench.database.query(facts);
        const thrice = editColumn(schema, 't', 'twice', ({ storage: _, ...column }) => ({
          ...column,
          generated: { expression: 'c * 3', stored: true },
        }));
        const events = await bench.apply({ schema: thrice }, await bench.plan({ schema: thrice }));
        expect(events.map(({ operation }) => operation?.kind)).toEqual(['changeGenerated']);
        expect(await bench.database.query(facts)).toEqual(before);
        await bench.undo(events);
        expect(await bench.database.query(facts)).toEqual(before);
      },
    ));
});

async function withTable(
  statements: readonly string[],
  work: (bench: SchemaBench, schema: Schema) => Promise<void>,
): Promise<void> {
  const database = await createDatabase('postgresql', { name: 'unmodelled' });
  try {
    await database.run(['create table t (id int primary key, a int, c int)', ...statements]);
    await withSchemaBench(database, async (bench) => work(bench, (await bench.plan({ schema: emptySchema })).actual));
  } finally {
    await database.drop();
  }
}
