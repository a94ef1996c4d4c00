import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds } from './databases.ts';
import type { DatabaseKind, TestDatabase } from './databases.ts';
import { watchDdl } from './ddl-log.ts';
import { dumpAndRestore } from './dump.ts';
import { checksum, countRows, readRows } from './rows.ts';

const versions: { readonly [K in DatabaseKind]: { sql: string; is: RegExp } } = {
  sqlite: { sql: 'SELECT sqlite_version() AS v', is: /^3\.\d+\.\d+/ },
  postgresql: { sql: 'SELECT version() AS v', is: /^PostgreSQL \d+/ },
  mariadb: { sql: 'SELECT version() AS v', is: /MariaDB/ },
  mysql: { sql: "SELECT concat(version(), ' ', @@version_comment) AS v", is: /^\d+\.\d+\.\d+(?!.*MariaDB)/ },
};

const createTable: { readonly [K in DatabaseKind]: string } = {
  sqlite:
    'CREATE TABLE t (id integer PRIMARY KEY, big bigint, price decimal(20,4), at datetime, bytes blob, word varchar(50), x real)',
  postgresql:
    'CREATE TABLE t (id int PRIMARY KEY, big bigint, price numeric(20,4), at timestamp, bytes bytea, word varchar(50), x float8)',
  mariadb:
    'CREATE TABLE t (id int PRIMARY KEY, big bigint, price decimal(20,4), at datetime, bytes blob, word varchar(50), x double)',
  mysql:
    'CREATE TABLE t (id int PRIMARY KEY, big bigint, price decimal(20,4), at datetime, bytes blob, word varchar(50), x double)',
};

describe.each(databaseKinds)('%s', (kind) => {
  const insert =
    kind === 'postgresql'
      ? 'INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7)'
      : 'INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)';
  const word = 'Zażółć 🚀 \\ \' " ` % \n\t';
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase(kind);
    await database.run([createTable[kind]]);
    await database.query(insert, [
      2,
      '9223372036854775807',
      '12345678901234.5678',
      '2024-02-29 23:59:59',
      Buffer.from([0, 255]),
      word,
      0.1,
    ]);
    await database.query(insert, [1, '-1', null, null, null, 'a', 0.5]);
  });
  afterAll(() => database.drop());

  test('is the server that it claims to be', async () => {
    const [row] = await database.query(versions[kind].sql);
    expect(row?.['v']).toMatch(versions[kind].is);
  });

  test('gives every value back exactly', async () => {
    const price = kind === 'sqlite' ? Number('12345678901234.5678') : '12345678901234.5678';
    const rows = await readRows(database, 't');
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({ id: 1, big: -1, price: null, at: null, bytes: null, word: 'a', x: 0.5 });
    expect(rows).toContainEqual({
      id: 2,
      big: '9223372036854775807',
      price,
      at: '2024-02-29 23:59:59',
      bytes: '0x00ff',
      word,
      x: 0.1,
    });
    expect(await countRows(database, 't')).toBe(2);
  });

  test('restores the same rows from a dump', async () => {
    const restored = await dumpAndRestore(database);
    expect(await checksum(restored, ['t'])).toBe(await checksum(database, ['t']));
    await restored.run(['DELETE FROM t WHERE id = 1']);
    expect(await checksum(restored, ['t'])).not.toBe(await checksum(database, ['t']));
    await restored.drop();
  });

  test('tells which DDL the server got for this database only', async () => {
    const other = await createDatabase(kind);
    const log = await watchDdl(database);
    await other.run(['CREATE TABLE elsewhere (id int)']);
    await database.run([
      'CREATE TABLE a (\n  id int\n)',
      'INSERT INTO a VALUES (1)',
      'ALTER TABLE a ADD COLUMN b int',
      'SELECT * FROM a',
    ]);
    await other.drop();
    const expected = ['CREATE TABLE a (\n  id int\n)', 'ALTER TABLE a ADD COLUMN b int'];
    expect(await log.statements()).toEqual(kind === 'sqlite' ? ['schema change', 'schema change'] : expected);
    const later = await watchDdl(database);
    await database.run(['DROP TABLE a']);
    expect(await later.statements()).toHaveLength(1);
    expect(await log.statements()).toHaveLength(3);
  });

  test('takes a database whose name needs quoting', async () => {
    const odd = await createDatabase(kind, { name: "o'd d-ü%" });
    await odd.run(['CREATE TABLE x (id int)']);
    expect(await countRows(odd, 'x')).toBe(0);
    await odd.drop();
    await expect(odd.query('SELECT 1')).rejects.toThrow();
  });
});
