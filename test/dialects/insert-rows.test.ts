import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runUntold, type Pinned } from '../../src/dialects/pinned-session.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { dialects } from '../support/dialects.ts';
import { withSession } from '../support/open-session.ts';

const texts = [
  `it's`,
  `"quoted"`,
  'back\\slash \\u0041 \\n',
  'line\nline\r\n\ttab',
  '? ?? $1 :name %s',
  `'; drop table kept; --`,
  '😀 é e\u0301 \u202e',
  '{"json":"\\"text\\""}',
  '',
];

describe.each(databaseKinds)('rows on %s', (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase(kind, { name: 'rows' });
    const text = kind === 'mysql' || kind === 'mariadb' ? 'varchar(100) character set utf8mb4' : 'text';
    await database.run([`create table kept (id bigint not null primary key, word ${text}, other integer)`]);
  });
  afterAll(() => database.drop());

  test('are inserted with whatever text, number or null they hold', async () => {
    const rows = [...texts, null].map((word, id) => ({ id, word, other: id % 2 === 0 ? null : -id }));
    await insert(rows);
    const found = await database.query('select id, word, other from kept order by id');
    expect(found.map(({ id, word, other }) => ({ id: Number(id), word, other }))).toEqual(rows);
  });

  test('half a character becomes the sign for one that cannot be told, as in any text that is sent', async () => {
    await insert([{ id: 100, word: 'cut \ud83d', other: 1 }]);
    expect(await database.query('select word from kept where id = 100')).toEqual([{ word: 'cut \ufffd' }]);
  });

  test('are all refused where one is', async () => {
    const rows = [200, 0].map((id) => ({ id, word: 'w', other: 1 }));
    await expect(insert(rows)).rejects.toThrow();
    expect(await database.query('select id from kept where id = 200')).toEqual([]);
  });

  async function insert(rows: readonly { id: number; word: string | null; other: number | null }[]): Promise<void> {
    const statement = dialects[kind].queries.insertRows('kept', rows);
    await withSession(database, (_, { context }) => runUntold(context as Pinned, statement));
  }
});
