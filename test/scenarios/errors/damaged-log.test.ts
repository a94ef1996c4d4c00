import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, oneTable } from '../../cli/support/project.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../../support/databases.ts';
import { migrateDatabase, planDatabase } from '../../support/migrate.ts';
import { readOracle } from '../../support/oracle/index.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';

const wider = { config: item({ added: p.string().length(9).nullable() }) };

/** What a hand may write where the payload of an event was. */
const broken: Readonly<Record<string, string>> = {
  'no JSON': '{"v":1,',
  nothing: '',
  null: 'null',
  'a number': '42',
  'a list': '[]',
  'an empty object': '{}',
  'an object without a version': '{"v":1,"event":"applied","operation":{"kind":"addColumn"}}',
};

describe.each(databaseKinds)('a log of %s that somebody edited', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'log' });
    await migrateDatabase(database, { config: item() });
  });
  afterEach(() => database.drop());

  it('so that payloads cannot be read is LOG_DAMAGED with the version, and nothing is changed', async () => {
    const before = await readOracle(database);
    for (const [what, payload] of Object.entries(broken)) {
      await database.run([`update schema_versions set payload = '${payload}' where version = 2`]);
      for (const work of what === 'null' ? [migrateDatabase, planDatabase] : [planDatabase]) {
        const failure = await failureOf(work(database, wider));
        expect(failure, what).toMatchObject({
          code: 'LOG_DAMAGED',
          exitCode: 3,
          context: { version: 2 },
          state: 'nothing was changed',
        });
      }
    }
    expect(await readOracle(database)).toEqual(before);
  });

  it('so that an operation has no meaning is LOG_DAMAGED, not a crash', async () => {
    const [row] = await database.query("select version, payload from schema_versions where event = 'applied'");
    const payload = JSON.parse(String(row?.['payload'])) as { operation: Record<string, unknown> };
    for (const operation of [{ kind: 'createTable' }, { kind: 'addColumn', table: 'item' }, 'createTable', 7]) {
      const text = escape(JSON.stringify({ ...payload, operation }), kind);
      await database.run([
        `update schema_versions set payload = '${text}' where version = ${String(row?.['version'])}`,
      ]);
      const failure = await failureOf(planDatabase(database, wider));
      expect(failure).toMatchObject({ code: 'LOG_DAMAGED', state: 'nothing was changed' });
    }
  });

  it('by a newer mikrate is LOG_TOO_NEW, and nothing is changed', async () => {
    const [row] = await database.query('select version, payload from schema_versions order by version desc');
    const text = escape(String(row?.['payload']).replace('"v":1', '"v":2'), kind);
    await database.run([`update schema_versions set payload = '${text}' where version = ${String(row?.['version'])}`]);
    const before = { oracle: await readOracle(database), log: await database.query('select * from schema_versions') };
    const failure = await failureOf(migrateDatabase(database, wider));
    expect(failure).toMatchObject({
      code: 'LOG_TOO_NEW',
      exitCode: 3,
      context: { format: 2, known: 1 },
      state: 'nothing was changed',
    });
    expect(await readOracle(database)).toEqual(before.oracle);
    expect(await database.query('select * from schema_versions')).toEqual(before.log);
  });

  it('with kinds of operations and keys that only a newer mikrate knows is read as far as it goes', async () => {
    const [row] = await database.query("select version, payload from schema_versions where event = 'applied'");
    const payload = JSON.parse(String(row?.['payload'])) as object;
    const text = escape(
      JSON.stringify({ ...payload, operation: { kind: 'paintTable', table: 'item' }, extra: 1 }),
      kind,
    );
    await database.run([`update schema_versions set payload = '${text}' where version = ${String(row?.['version'])}`]);
    expect((await planDatabase(database, wider)).plan.steps).toHaveLength(1);
  });

  it('whose table is gone is begun anew, with what is there adopted', async () => {
    await database.run(['drop table schema_versions']);
    expect((await migrateDatabase(database, wider)).report).toMatchObject({ status: 'done', applied: 1 });
    expect((await migrateDatabase(database, wider)).report.status).toBe('nothing');
  });
});

it.each([
  {
    what: 'a git conflict',
    text: '<<<<<<< HEAD\n{ "id": "a" }\n=======\n{ "id": "b" }\n>>>>>>> branch\n',
    says: 'git conflict',
  },
  { what: 'half a file', text: '{ "id": "a", "par', says: 'JSON' },
  { what: 'null', text: 'null', says: 'no id' },
  { what: 'other data', text: '{ "id": 7, "parents": null, "fingerprints": null }', says: 'no id' },
  { what: 'null for fingerprints', text: '{ "id": "a", "parents": [], "fingerprints": null }', says: 'no id' },
])('a lock file that holds $what is LOCK_FILE_INVALID before anything is changed', async ({ text, says }) => {
  const kind = databaseKinds[0] ?? 'sqlite';
  const database = await createDatabase(kind, { name: 'lockfile' });
  const project = createProject(
    oneTable('name: p.string().length(50)'),
    "{ migrations: { lockFile: 'schema.lock.json' } }",
  );
  writeFileSync(join(project.folder, 'schema.lock.json'), text);
  for (const args of says === 'git conflict' ? [['--ci'], ['plan'], ['status']] : [['--ci']]) {
    const run = await project.migrate(database, args);
    expect(run.stderr).toMatch(/❌ LOCK_FILE_INVALID: .*schema\.lock\.json/u);
    expect(run.stderr).toContain(says);
    expect(run.stderr).toContain('database: nothing was changed');
    expect(run.exit).toBe(64);
  }
  await expect(database.query('select * from item')).rejects.toThrow();
  await database.drop();
});

function escape(text: string, kind: DatabaseKind): string {
  const doubled = kind === 'mysql' || kind === 'mariadb' ? text.replaceAll('\\', '\\\\') : text;
  return doubled.replaceAll("'", "''");
}
