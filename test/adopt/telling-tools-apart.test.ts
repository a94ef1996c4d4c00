import { afterEach, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { foreignTools } from '../../src/sequence/adopt/index.ts';
import { adoptDatabase, models, readLog } from './support/adopt-database.ts';

let database: TestDatabase;
afterEach(() => database.drop());

const versions = (...rows: readonly string[]): readonly string[] => [
  'create table schema_migrations (version varchar(100) not null primary key)',
  ...rows.map((version) => `insert into schema_migrations values ('${version}')`),
];
const knex = (...names: readonly string[]): readonly string[] => [
  'create table knex_migrations (id integer not null primary key, name varchar(255), batch integer)',
  ...names.map((name, at) => `insert into knex_migrations values (${at + 1}, '${name}', 1)`),
];

async function create(kind: DatabaseKind, statements: readonly string[]): Promise<void> {
  database = await createDatabase(kind, { name: 'adopt' });
  await database.run(statements);
}

test.each(databaseKinds)('two tools in one database are both imported from %s', async (kind) => {
  await create(kind, [...versions('20240105090000', '9', '10'), ...knex('1_a.js')]);
  const { report } = await adoptDatabase(database, { from: 'auto' });
  expect(report.imported.map(({ tool, migration }) => [tool, migration])).toEqual([
    ['dbmate', '9'],
    ['dbmate', '10'],
    ['dbmate', '20240105090000'],
    ['knex', '1_a'],
  ]);
  proof('adopt: telling tools apart', kind);
});

test.each(databaseKinds)(
  'two tools that name the same migration are refused on %s until one is named',
  async (kind) => {
    await create(kind, [...versions('1'), ...knex('1.js')]);
    await expect(adoptDatabase(database, { from: 'auto' })).rejects.toMatchObject({
      code: 'FOREIGN_HISTORY_UNKNOWN',
      message: 'dbmate or Rails and Knex both have a migration 1',
    });
    expect((await adoptDatabase(database, { from: 'Rails' })).report.imported).toMatchObject([{ tool: 'dbmate' }]);
    proof('adopt: telling tools apart', kind);
  },
);

test.each(databaseKinds)('a table of the same name with other columns or values is no history on %s', async (kind) => {
  await create(kind, [
    ...versions('0001_init.sql'),
    'create table migrations (id integer primary key, migration varchar(255), batch integer)',
    'create table goose_db_version (id integer primary key)',
  ]);
  await expect(adoptDatabase(database, { from: 'auto' })).rejects.toMatchObject({
    code: 'FOREIGN_HISTORY_UNKNOWN',
    message: expect.stringMatching(/^no history of another tool was found \(looked for alembic_version, /u) as string,
    state: 'nothing was changed',
  });
  await expect(adoptDatabase(database, { from: 'typeorm' })).rejects.toMatchObject({
    message: 'no history of TypeORM was found (looked for migrations, each with its columns)',
  });
  expect((await readLog(database)).payloads).toEqual([]);
  proof('adopt: telling tools apart', kind);
});

test.each(databaseKinds)(
  'a name of any kind is taken as a name, and two that look alike stay two, on %s',
  async (kind) => {
    const names = [`1_it''s "x";--%.js`, '1_it_s_x_-_.js', '2_ü/../..\\\\etc.js', '3.js', '3.ts', 'x'.repeat(250)];
    await create(
      kind,
      knex(...names.map((name) => (kind === 'sqlite' || kind === 'postgresql' ? name.replace('\\\\', '\\') : name))),
    );
    const { imported } = (await adoptDatabase(database, { from: 'knex' })).report;
    expect(imported).toHaveLength(names.length);
    expect(new Set(imported.map(({ migration }) => migration)).size).toBe(names.length);
    for (const { migration } of imported) expect(migration).toMatch(/^[A-Za-z0-9_.-]{1,120}$/u);
    expect((await adoptDatabase(database, { from: 'knex' })).report).toMatchObject({ status: 'nothing', known: 6 });
    proof('adopt: telling tools apart', kind);
  },
);

test.each(databaseKinds)('a settled database looks again after an import on %s', async (kind) => {
  await create(kind, knex('1_a.js'));
  await migrateDatabase(database, models);
  const note = async (): Promise<unknown> =>
    (await database.query('select settled_digest from schema_lock'))[0]?.['settled_digest'];
  expect(await note()).toEqual(expect.any(String));
  await adoptDatabase(database, { from: 'knex' });
  expect(await note()).toBeNull();
  expect((await migrateDatabase(database, models)).report.applied).toBe(0);
  proof('adopt: telling tools apart', kind);
});

const withNamespaces = databaseKinds.filter((kind) => kind === 'postgresql');
test.each(withNamespaces)('two histories of one tool are refused on %s', async (kind) => {
  const table = (name: string): string => `create table ${name} (id serial primary key, hash text, created_at bigint)`;
  await create(kind, ['create schema drizzle', table('drizzle.__drizzle_migrations'), table('__drizzle_migrations')]);
  await expect(adoptDatabase(database, { from: 'auto' })).rejects.toMatchObject({
    code: 'FOREIGN_HISTORY_UNKNOWN',
    message: expect.stringMatching(/Drizzle left several histories: .*drizzle\.__drizzle_migrations/u) as string,
  });
});

test('a tool that nobody knows is refused with the names of those that are', async () => {
  database = await createDatabase('sqlite', { name: 'adopt' });
  const refusal = adoptDatabase(database, { from: 'flywya' });
  await expect(refusal).rejects.toMatchObject({ code: 'FOREIGN_HISTORY_UNKNOWN' });
  await expect(refusal).rejects.toThrow(/did you mean flyway/u);
  for (const { name } of foreignTools) await expect(refusal).rejects.toThrow(name);
});
