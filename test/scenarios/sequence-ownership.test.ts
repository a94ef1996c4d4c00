import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeOperation } from '../../src/operations/index.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, type MigrateSettings } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { addWord, itemsWith, oldItems, payloadsOf, projectOf, typedFile } from './support/items.ts';

const made = `
create table extras (id integer not null primary key, word varchar(20));
create index items_a on items (a);
alter table items add column beside varchar(20);
`;

describe.each(databaseKinds)('what files make on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'made' });
    await database.run(oldItems('a'));
  });
  afterEach(() => database.drop());

  test('and the models do not have is told as not ours, and never dropped', async () => {
    const given = projectOf(
      { 'migrations/001_made.sql': made, 'migrations/002_made.ts': typedFile([addWord('b')]) },
      'a',
    );
    await migrateDatabase(database, given);
    const { plan } = await planDatabase(database, given);
    expect([...plan.steps, ...plan.withheld]).toEqual([]);
    expect(plan.notOurs.map(({ name }) => name).toSorted()).toEqual(['b', 'beside', 'extras', 'items_a']);
    const { report } = await migrateDatabase(database, { ...given, flags: { allowDestructive: true } });
    expect(report).toMatchObject({ status: 'nothing', applied: 0 });
    expect(await database.query('select word from extras')).toEqual([]);
    proof('sequence: what files made', kind);
  });

  test('is ours once the models have it: when they lose it, it is offered for dropping', async () => {
    const given = projectOf({ 'migrations/001_made.sql': made }, 'a', 'beside');
    await migrateDatabase(database, given);
    const without: MigrateSettings = { ...given, config: { entities: [itemsWith('a')] } };
    const { plan } = await planDatabase(database, without);
    expect(plan.withheld.map(({ operation }) => operation)).toMatchObject([
      { kind: 'dropColumn', column: { name: 'beside' } },
    ]);
    expect(plan.notOurs.map(({ name }) => name).toSorted()).toEqual(['extras', 'items_a']);
    proof('sequence: what files made', kind);
  });

  test('is in the log as operations, whatever SQL did it', async () => {
    const sql = `
      create table first (id integer not null primary key);
      alter table items rename column a to c;
      alter table first rename to second;
      alter table items add column d varchar(20);
    `;
    const given = projectOf(
      { 'migrations/001_made.sql': sql, 'migrations/002_gone.sql': 'drop table second;' },
      'c',
      'd',
    );
    await migrateDatabase(database, given);
    const derived = (await payloadsOf(database)).flatMap((event) => event.derived ?? []);
    // Where a file is one transaction, it is looked at as a whole.
    const isWhole = kind === 'sqlite' || kind === 'postgresql';
    const tables = isWhole ? ['create table second'] : ['create table first', 'rename table first to second'];
    const told = derived.map(describeOperation);
    expect(told).toHaveLength(tables.length + 3);
    expect(told).toEqual(expect.arrayContaining([...tables, 'rename column items.a to c', 'drop table second']));
    expect(told).toContainEqual(expect.stringMatching(/^add column items\.d/u));
    proof('sequence: what files made', kind);
  });
});
