import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { openForeignProject, type ForeignProject } from '../support/foreign-tools.ts';
import { connectTo, migrateDatabase, type JobConnection, type MigrateSettings } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { adoptDatabase, readLog } from './support/adopt-database.ts';
import { lookAt, type TableName } from './support/look-at.ts';
import { filesIn, settingsIn, type PlacedFile, type ProjectPlace } from './support/project-files.ts';

interface RealTool {
  readonly tool: string;
  readonly kinds: readonly DatabaseKind[];
  tables(kind: DatabaseKind): readonly TableName[];
  readonly globs: readonly string[];
  /** The names that the tool records, in order. */
  readonly names: readonly string[];
  /** It records when a migration was applied. */
  readonly tellsTime: boolean;
  readonly verifies?: true;
}

const all = databaseKinds;
const numbered = ['20240105090000', '20240212143000', '20240301080000'];
const titles = ['create_inmates', 'add_release_date', 'create_cells'];

const tools: readonly RealTool[] = [
  {
    tool: 'knex',
    kinds: all,
    tables: () => ['knex_migrations', 'knex_migrations_lock'],
    globs: ['migrations/*.js'],
    names: numbered.map((number, at) => `${number}_${titles[at]}.js`),
    tellsTime: true,
  },
  {
    tool: 'typeorm',
    kinds: all,
    tables: () => ['migrations'],
    globs: ['migrations/*.js'],
    names: ['CreateInmates1704445200000', 'AddReleaseDate1707748200000', 'CreateCells1709280000000'],
    tellsTime: false,
  },
  {
    tool: 'sequelize',
    // Its SQLite driver is a binary that is downloaded by a script.
    kinds: all.filter((kind) => kind !== 'sqlite'),
    tables: () => ['SequelizeMeta'],
    globs: ['migrations/*.js'],
    names: numbered.map((number, at) => `${number}-${titles[at]?.replaceAll('_', '-')}.js`),
    tellsTime: false,
  },
  {
    tool: 'drizzle',
    kinds: all,
    tables: (kind) => (kind === 'postgresql' ? [['drizzle', '__drizzle_migrations']] : ['__drizzle_migrations']),
    globs: ['drizzle/*.sql'],
    names: titles.map((title, at) => `000${at}_${title}`),
    tellsTime: false,
    verifies: true,
  },
  {
    tool: 'node-pg-migrate',
    kinds: all.filter((kind) => kind === 'postgresql'),
    tables: () => ['pgmigrations'],
    globs: ['migrations/*.{js,sql}'],
    names: ['1704445200000_create-inmates', '1707748200000_add-release-date', '1709280000000_create-cells'],
    tellsTime: true,
  },
  {
    tool: 'kysely',
    kinds: all,
    tables: () => ['kysely_migration', 'kysely_migration_lock'],
    globs: ['migrations/*.js'],
    names: ['2024-01-05T09-00-create-inmates', '2024-02-12T14-30-add-release-date', '2024-03-01T08-00-create-cells'],
    tellsTime: true,
  },
  {
    tool: 'dbmate',
    kinds: all,
    tables: () => ['schema_migrations'],
    globs: ['db/migrations/*.sql'],
    names: numbered,
    tellsTime: false,
  },
  {
    tool: 'mikro-orm',
    kinds: all,
    tables: () => ['mikro_orm_migrations'],
    globs: ['migrations/*.js'],
    names: numbered.map((number) => `Migration${number}`),
    tellsTime: true,
  },
];

describe.each(tools)('the history that $tool itself wrote', (given) => {
  let project: ForeignProject;
  let database: TestDatabase;
  let connection: JobConnection;
  beforeAll(async () => {
    project = await openForeignProject(given.tool);
  });
  afterEach(async () => {
    await connection.close();
    await database.drop();
  });
  afterAll(() => project.remove());

  test.each(given.kinds)('is imported from %s with names, order, times and files, once, and runs on', async (kind) => {
    database = await createDatabase(kind, { name: 'adopt' });
    const place = { root: project.folder, globs: given.globs };
    connection = await connectTo(database, settingsIn(place));
    const subject = { database, connection, given, place };
    const files = await filesIn(place);
    // That a later import adds what is new is the same code on every database, and the tools take their time.
    const first = kind === given.kinds[0] ? 2 : 0;
    if (first > 0) {
      await project.run(database, first);
      await expectImported(subject, { files: files.slice(0, first), known: 0 });
    }
    await project.run(database, 3);
    const before = await lookAt(database, given.tables(kind));
    await expectImported(subject, { files, known: first });
    await expectNothing(subject);
    expect(await lookAt(database, given.tables(kind))).toEqual(before);
    await expectToRunOn(subject);
    proof('adopt: history of a tool, written by the tool', kind);
  });
});

/** One test's database with one connection for all that mikrate does to it, and the project of the tool. */
interface Subject {
  readonly database: TestDatabase;
  readonly connection: JobConnection;
  readonly given: RealTool;
  readonly place: ProjectPlace;
}

interface Expected {
  readonly files: readonly PlacedFile[];
  /** Imported before. */
  readonly known: number;
}

/** One adoption imports what is new, with the files that it is matched to. */
async function expectImported(subject: Subject, { files, known }: Expected): Promise<void> {
  const { database, given } = subject;
  const { report, facts } = await adoptDatabase(database, { from: 'auto', settings: settingsOf(subject) });
  expect(report).toMatchObject({ status: 'done', known });
  expect(facts.filter(({ kind }) => kind === 'migrationImported')).toHaveLength(files.length - known);
  const { imported, migrations, damage } = await readLog(database);
  expect(damage).toBeUndefined();
  expect([...migrations.keys()]).toEqual(files.map(({ name }) => name));
  expect(imported.map(({ migration }) => migration)).toEqual(files.map(({ name }) => name));
  expect(imported.map(({ provenance }) => provenance?.name)).toEqual(given.names.slice(0, files.length));
  for (const [at, { provenance, file }] of imported.entries()) {
    expect(file?.path).toBe(files[at]?.path);
    expect(file?.checksum.startsWith(files[at]?.checksum ?? '')).toBe(true);
    expect(provenance).toMatchObject({ tool: given.tool, ...(given.verifies && { verified: true }) });
    if (given.tellsTime) expect(Math.abs(secondsSince(provenance?.appliedAt))).toBeLessThan(120);
    else expect(provenance?.appliedAt).toBeUndefined();
  }
}

/** A second adoption finds everything in the log. */
async function expectNothing(subject: Subject): Promise<void> {
  const { database, given } = subject;
  const before = await readLog(database);
  const { report } = await adoptDatabase(database, { from: given.tool, settings: settingsOf(subject) });
  expect(report).toMatchObject({ status: 'nothing', imported: [], known: given.names.length });
  expect(await readLog(database)).toEqual(before);
}

/** The next run applies the next migration and nothing that was imported; the one after it has nothing to do. */
async function expectToRunOn({ database, connection, given, place }: Subject): Promise<void> {
  const next = join(place.root, 'next/99990101000000_create_paroles.sql');
  mkdirSync(dirname(next), { recursive: true });
  writeFileSync(next, '-- migrate:up\ncreate table paroles (id integer not null primary key);\n');
  const settings = { ...settingsIn({ ...place, globs: [...place.globs, 'next/*.sql'] }), connection };
  expect((await migrateDatabase(database, settings)).report.status).toBe('done');
  const { migrations } = await readLog(database);
  expect([...migrations.values()].map(({ event }) => event)).toEqual([...given.names.map(() => 'imported'), 'applied']);
  expect(await database.query('select id from paroles')).toEqual([]);
  expect((await migrateDatabase(database, settings)).report.status).toBe('nothing');
}

function settingsOf({ place, connection }: Subject): MigrateSettings {
  return { ...settingsIn(place), connection };
}

function secondsSince(time = ''): number {
  return (Date.now() - Date.parse(`${time.replace(' ', 'T').slice(0, 23)}Z`)) / 1000;
}
