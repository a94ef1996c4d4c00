import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isDrifted } from '../../src/stages/is-drifted.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, rollBackDatabase, type MigrateSettings } from '../support/migrate.ts';
import { compareOracles, readOracle } from '../support/oracle/index.ts';
import { payloadsOf, projectOf, typedFile } from './support/items.ts';

/** So many that files are drafted long before their turn. */
const tables = Array.from({ length: 12 }, (_, at) => `t${at}`);

const addTo = (table: string, name: string, rest = ''): string =>
  `{ kind: 'addColumn', table: '${table}', column: { ...word('${name}')${rest} } }`;

/** Tables whose expressions each database spells in its own way, columns on them, and amid those what cannot be drafted. */
const operations: readonly string[] = [
  ...tables.map(
    (
      name,
    ) => `{ kind: 'createTable', table: { ...table('${name}', word('note'), { ...word('made'), default: { sql: "upper('x')" } }),
      checks: [{ name: '${name}_note', expression: "note <> ''" }] } }`,
  ),
  ...tables.map((name) => addTo(name, 'first')),
  ...tables.map((name) => addTo(name, 'second', `, default: { value: "it's" }`)),
  `{ kind: 'addIndex', table: 't3', index: { name: 't3_first', unique: false, parts: [{ column: 'first' }] } }`,
  ...tables.map((name) => addTo(name, 'third')),
  ...tables.map((name) => `{ kind: 'setDefault', table: '${name}', column: 'third', to: { value: 'a' } }`),
];

const nameOf = (at: number): string => `migrations/${String(at).padStart(3, '0')}.ts`;

describe.each(databaseKinds)('files that are drafted before their turn on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'drafts' });
  });
  afterEach(() => database.drop());

  test('are logged as they took effect, whatever the database made of those before them', async () => {
    const given = project();
    const { report } = await migrateDatabase(database, given);
    expect(report).toMatchObject({ status: 'done', applied: operations.length });
    const done = (await payloadsOf(database)).filter(({ file }) => file);
    expect(done.map(({ migration }) => migration)).toEqual(operations.map((_, at) => String(at).padStart(3, '0')));
    for (const [at, { operation, sql, startedAt, finishedAt = '', schemaBefore }] of done.entries()) {
      if (at > 0) expect(schemaBefore).toBe(done[at - 1]?.schemaAfter);
      expect(operation?.kind).toBe(/kind: '(\w+)'/u.exec(operations[at] ?? '')?.[1]);
      expect(sql.length).toBeGreaterThan(0);
      expect(startedAt <= finishedAt).toBe(true);
    }
    // The log knows how each expression is spelled: nobody is told of a drift that there is not.
    const seen = await planDatabase(database, given);
    expect(seen.plan.steps).toEqual([]);
    expect(isDrifted(seen)).toBe(false);
    expect((await migrateDatabase(database, given)).report.status).toBe('nothing');
  });

  test('can be taken back one and all, and come again to the same end', async () => {
    const given = project();
    await migrateDatabase(database, given);
    const end = await readOracle(database);
    const [first] = (await payloadsOf(database)).filter(({ event }) => event === 'run');
    await rollBackDatabase(database, { selection: { kind: 'to', version: first?.version ?? 0 } }, given);
    const { actual } = await planDatabase(database, given);
    expect(Object.keys(actual.tables)).toEqual([]);
    expect((await migrateDatabase(database, { ...given, flags: { redo: true } })).report.status).toBe('done');
    expect(compareOracles(end, await readOracle(database))).toEqual([]);
  });

  function project(): MigrateSettings & { readonly root: string } {
    const files = operations.map((operation, at) => [nameOf(at), typedFile([operation])] as const);
    return { ...projectOf(Object.fromEntries(files)), config: { entities: [] } };
  }
});
