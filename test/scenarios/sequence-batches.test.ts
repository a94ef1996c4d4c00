import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onFailpoint, type Failpoint } from '../../src/events/failpoint.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, type MigrateSettings } from '../support/migrate.ts';
import { addFiles } from '../support/project.ts';
import { atFailpoint } from './errors/support/at-failpoint.ts';
import { killOthers } from './errors/support/kill-others.ts';
import { addWord, oldItems, payloadsOf, projectOf, typedFile } from './support/items.ts';
import { crash } from './support/three-statements.ts';

/** So many quick files share transactions and messages where the database can. */
const words = Array.from({ length: 45 }, (_, at) => `w${at}`);
const broken = 30;

const numberOf = (at: number): string => String(at).padStart(3, '0');
const nameOf = (at: number, format: string): string => `migrations/${numberOf(at)}.${format === 'sql' ? 'sql' : 'ts'}`;

const alter = (word: string): string => `alter table items add column ${word} varchar(20)`;

describe.each(databaseKinds)('many quick files on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'batches' });
    await database.run(oldItems());
  });
  afterEach(() => database.drop());

  test.each(['sql', 'typed'])('of %s are each logged with what they did', async (format) => {
    const given = filesOf(format);
    const { report } = await migrateDatabase(database, given);
    expect(report).toMatchObject({ status: 'done', applied: words.length });
    const done = (await payloadsOf(database)).filter(({ file }) => file);
    expect(done.map(({ migration }) => migration)).toEqual(words.map((_, at) => numberOf(at)));
    for (const [at, { operation, derived = [operation], sql, schemaBefore, schemaAfter }] of done.entries()) {
      expect(derived).toMatchObject([{ kind: 'addColumn', table: 'items', column: { name: words[at] } }]);
      expect(sql).toHaveLength(1);
      expect(sql[0]?.ms).toBeGreaterThan(0);
      expect(schemaBefore).toBe(at === 0 ? schemaBefore : done[at - 1]?.schemaAfter);
      expect(schemaAfter).not.toBe(schemaBefore);
    }
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
  });

  test('one of them fails: those before it are applied, it is told by its place, and goes on once it is mended', async () => {
    const given = filesOf('sql');
    addFiles(given.root, { [nameOf(broken, 'sql')]: `${alter('w0')};\n` });
    const error = await migrateDatabase(database, given).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining(`${nameOf(broken, 'sql')}:1:`),
    });
    expect(await columns()).toEqual(words.slice(0, broken));
    addFiles(given.root, { [nameOf(broken, 'sql')]: `${alter(`w${broken}`)}; -- mended\n` });
    expect((await migrateDatabase(database, given)).report).toMatchObject({
      status: 'done',
      applied: words.length - broken,
    });
    expect(await columns()).toEqual(words);
  });

  // All statements of a batch may be one message.
  const amid = kind === 'postgresql' ? 1 : 25;

  test.each<[Failpoint, number]>([
    ['before-ddl', amid],
    ['after-ddl', amid],
    ['before-commit', 1],
  ])('a process that ends %s among them, the time %i, leaves none half-done', async (place, hit) => {
    const given = filesOf('typed');
    const isReached = await endingAt(place, hit, () => migrateDatabase(database, given));
    // What is not transactional has no commit.
    expect(isReached).toBe(place !== 'before-commit' || kind === 'sqlite' || kind === 'postgresql');
    expect((await migrateDatabase(database, given)).report.status).toBe(isReached ? 'done' : 'nothing');
    expect(await columns()).toEqual(words);
    const done = (await payloadsOf(database)).filter(({ file }) => file);
    expect(done.map(({ migration }) => migration)).toEqual(words.map((_, at) => numberOf(at)));
  });

  test.runIf(kind === 'postgresql')(
    'the connection breaks at their commit: nobody claims to know, and the next run goes on from what is so',
    async () => {
      const given = filesOf('typed');
      const work = (): Promise<unknown> => migrateDatabase(database, given);
      await expect(atFailpoint('before-commit', 1, () => killOthers(database), work)).rejects.toMatchObject({
        code: 'CONNECTION_LOST',
        state: `0 of ${words.length} migration files applied; whether ${nameOf(0, 'ts')} to ${nameOf(words.length - 1, 'ts')} are, the next run sees; nothing half-done`,
      });
      expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'done', applied: words.length });
      expect(await columns()).toEqual(words);
    },
  );

  test('a file for what the one before it makes is not passed over', async () => {
    const given = projectOf({
      'migrations/001_made.sql': 'create table made (id integer not null primary key);\n',
      'migrations/002_on_it.sql': '-- migrate:when exists:made\nalter table made add column word varchar(20);\n',
      'migrations/003_on_that.sql': '-- migrate:when exists:made.word\nalter table made add column last varchar(20);\n',
      'migrations/004_not.sql': '-- migrate:when missing:made.last\nalter table made add column never varchar(20);\n',
    });
    await migrateDatabase(database, given);
    await database.run(['insert into made (id) values (1)']);
    const [row = {}] = await database.query('select * from made');
    expect(Object.keys(row)).toEqual(['id', 'word', 'last']);
    const done = (await payloadsOf(database)).filter(({ file }) => file);
    expect(done.map(({ event }) => event)).toEqual(['applied', 'applied', 'applied', 'skipped']);
  });

  test('files of which nothing is left to do are noted, however many', async () => {
    await database.run(words.map((word) => alter(word)));
    const given = filesOf('typed');
    expect((await migrateDatabase(database, given)).report).toMatchObject({ status: 'done', applied: 0 });
    const done = (await payloadsOf(database)).filter(({ file }) => file);
    expect(done.map(({ event }) => event)).toEqual(words.map(() => 'skipped'));
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
  });

  function filesOf(format: string): MigrateSettings & { readonly root: string } {
    const files = words.map((word, at) => [
      nameOf(at, format),
      format === 'sql' ? `${alter(word)} -- a word\n;\n` : typedFile([addWord(word)]),
    ]);
    return projectOf(Object.fromEntries(files) as Record<string, string>, ...words);
  }

  async function columns(): Promise<readonly string[]> {
    const [row = {}] = await database.query('select * from items');
    return Object.keys(row).filter((name) => name !== 'id');
  }
});

/** As if the process ended at a place: from then on nothing of it happens. False where it never came there. */
async function endingAt(place: Failpoint, hit: number, work: () => Promise<unknown>): Promise<boolean> {
  let left = hit;
  onFailpoint(async (name) => {
    if (name === place) left -= 1;
    if (left <= 0) await crash();
  });
  try {
    await work();
    return false;
  } catch {
    return true;
  } finally {
    onFailpoint(async () => {});
  }
}
