import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import type { DatabaseKind, TestDatabase } from '../support/databases.ts';
import { migrate } from '../../mikro-orm.config.ts';
import { insertThroughModels, startOrm } from './model-insert.ts';

/** Statements that partition the new, empty `inmates`. */
const partitioning: { readonly [K in DatabaseKind]: readonly string[] | 'NOT_SUPPORTED' } = {
  sqlite: 'NOT_SUPPORTED',
  postgresql: 'NOT_SUPPORTED',
  mysql: partitionedByJail(),
  mariadb: partitionedByJail(),
};

/** Does a second row with the same arrest in other letters count as the same? */
const ignoresCase: { readonly [K in DatabaseKind]: boolean } = {
  sqlite: false,
  postgresql: false,
  mysql: true,
  mariadb: true,
};

const arrest = { jail_id: 'j', arrest_date: '2024-02-29', name: 'Núñez, Zoë', dob: '1980-01-01', sex: 'F', race: 'W' };
type Arrest = { readonly [K in keyof typeof arrest]: string | null };

describe.each(databaseKinds)('the nine entities on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind);
    const orm = await startOrm(database.url);
    await orm.schema.create();
    await orm.close();
  });

  afterEach(() => database.drop());

  test('take and give back a row each, with the defaults of the database', async () => {
    await insertThroughModels(database);
  });

  test('answer the critical queries', async () => {
    const queries = Object.values(migrate.criticalQueries);
    expect(queries).toHaveLength(13);
    for (const query of queries) {
      const sql = typeof query === 'string' ? query : { mariadb: query.mysql, ...query }[kind];
      expect(await database.query(sql)).toEqual([]);
    }
  });

  test('hold an arrest once', () => expectOneRowPerArrest(database));

  test.skipIf(partitioning[kind] === 'NOT_SUPPORTED')('do both in a partitioned table', async () => {
    await database.run(partitioning[kind] as readonly string[]);
    await insertThroughModels(database);
    await expectOneRowPerArrest(database);
  });
});

async function expectOneRowPerArrest(database: TestDatabase): Promise<void> {
  const accepted = async (row: Partial<Arrest>): Promise<boolean> => insertArrest(database, { ...arrest, ...row });
  expect(await accepted({})).toBe(true);
  expect(await accepted({})).toBe(false);
  expect(await accepted({ name: 'NÚÑEZ, ZOË', sex: 'f' })).toBe(!ignoresCase[database.kind]);
  expect(await accepted({ name: 'Nunez, Zoe' })).toBe(true);
  expect(await accepted({ jail_id: 'k' })).toBe(true);
  expect(await accepted({ arrest_date: '2024-03-01' })).toBe(true);
  // No arrest date: nobody knows whether it is the same arrest.
  expect(await accepted({ arrest_date: null })).toBe(true);
  expect(await accepted({ arrest_date: null })).toBe(true);
  // The same characters one after the other, divided in another place.
  expect(await accepted({ name: 'a', dob: '1:b' })).toBe(true);
  expect(await accepted({ name: 'a1:', dob: 'b' })).toBe(true);
  // Letters that grow in lower case: MySQL's default collation loses them, and all that follows.
  expect(await accepted({ name: 'Ⱥbc' })).toBe(true);
  expect(await accepted({ name: 'Ⱦde' })).toBe(true);
}

async function insertArrest(database: TestDatabase, row: Arrest): Promise<boolean> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => (database.kind === 'postgresql' ? `$${index + 1}` : '?'));
  const sql = `insert into inmates (in_custody_date, ${columns.join(', ')}) values ('2024-03-01', ${places.join(', ')})`;
  try {
    await database.query(sql, Object.values(row));
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/duplicate|unique/i);
    return false;
  }
}

function partitionedByJail(): readonly string[] {
  return [
    'alter table inmates drop primary key, add primary key (idinmates, jail_id)',
    'alter table inmates partition by key (jail_id) partitions 16',
  ];
}
