import { describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { writeOperation, type Dialect } from '../../src/dialects/dialect.ts';
import type { Session } from '../../src/dialects/session.ts';
import type { TableChange } from '../../src/operations/alter-table.ts';
import { undoOperation, type Operation } from '../../src/operations/index.ts';
import type { LogicalType } from '../../src/schema/logical-type.ts';
import type { Column } from '../../src/schema/schema.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
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
  postgresql: [],
  sqlite: [],
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
        for (const change of changesOf(await readColumn(place), to)) await expectKept(change, place);
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
function changesOf(column: Column, to: LogicalType | undefined): Operation[] {
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
  return [
    comment,
    ...type,
    ...(column.generated ? [] : [{ kind: 'setNullability', ...at, nullable: false } as const]),
    ...(column.type.type === 'integer' && !column.generated
      ? [{ kind: 'setDefault', ...at, ...(column.default && { from: column.default }), to: { value: 7 } } as const]
      : []),
    rename,
    { kind: 'alterTable', table: 't', changes: [...type, comment, rename] },
    { kind: 'addIndex', table: 't', index: { name: 'i', parts: [{ column: 'a' }], unique: false } },
    { kind: 'addColumn', table: 't', column: { name: 'more', type: bigint, nullable: true } },
  ];
}

const collations = ({ collation }: Column) =>
  collation === undefined ? {} : { fromCollation: collation, toCollation: collation };

async function expectKept(operation: Operation, place: Place): Promise<void> {
  const before = await look(place);
  await perform(operation, place);
  const after = await look(place);
  expect(partsOf(after)).toEqual(partsOf(before));
  const undo = undoOperation(operation);
  if (undo.restores === 'nothing') throw new Error(undo.because);
  await perform(undo.operation, place);
  expect(await look(place)).toEqual(before);
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
    /invisible|srid \d+|compressed|with(?:out)? system versioning|(?:character set|collate) \w+|on update \w+\(\d\)|zerofill|check \([^)]*\)|generated always as \([^)]*\) \w+/giu;
  return texts.flatMap((text) => text.replaceAll('`d_`', '`c`').match(words) ?? []);
}

async function readColumn({ session, dialect }: Place): Promise<Column> {
  const column = (await dialect.inspect(session, {})).tables['t']?.columns['c'];
  if (!column) throw new Error('no column c');
  return column;
}
