import { expect, test } from 'vitest';
import { mariadb } from '../../../src/dialects/mariadb/index.ts';
import { applyOne, inDatabase } from '../mysql/cases.ts';
import { statementCases } from '../mysql/statement-cases.ts';

statementCases(mariadb, [
  [
    'an index of an expression',
    { kind: 'addIndex', table: 'plain', index: { name: 'i', parts: [{ expression: 'lower(b)' }], unique: false } },
    'create index i on plain ((lower(b)))',
  ],
]);

test('MariaDB: a check of a column lives through a change of the column, and can be dropped', () =>
  inDatabase(mariadb, async ({ session }) => {
    await session.run('create table t (a int check (a > 0), b json, constraint c check (a < 9))');
    const before = (await mariadb.inspect(session, {})).tables['t'];
    expect(before?.checks).toEqual([
      { name: 'a', expression: '`a` > 0' },
      { name: 'c', expression: '`a` < 9' },
    ]);
    expect(before?.columns['b']?.type).toEqual({ type: 'json' });
    await applyOne(mariadb, session, { kind: 'setNullability', table: 't', column: 'a', nullable: false });
    expect((await mariadb.inspect(session, {})).tables['t']?.checks).toEqual(before?.checks);
    await applyOne(mariadb, session, { kind: 'dropCheck', table: 't', check: { name: 'a', expression: '`a` > 0' } });
    expect((await mariadb.inspect(session, {})).tables['t']?.checks).toEqual([{ name: 'c', expression: '`a` < 9' }]);
    await applyOne(mariadb, session, { kind: 'addCheck', table: 't', check: { name: 'a', expression: '`a` > 0' } });
    expect((await mariadb.inspect(session, {})).tables['t']?.checks).toEqual(before?.checks);
  }));

test('MariaDB: a hash key that is there is read as one and can be made again', () =>
  inDatabase(mariadb, async ({ session }) => {
    await session.run('create table t (a varchar(800), unique key k (a))');
    const before = await mariadb.inspect(session, {});
    const found = before.tables['t'];
    expect(found?.indexes).toEqual([{ name: 'k', parts: [{ column: 'a' }], unique: true, method: 'hash' }]);
    if (!found) throw new Error('the table was not found');
    await applyOne(mariadb, session, { kind: 'dropTable', table: found });
    await applyOne(mariadb, session, { kind: 'createTable', table: found });
    expect(await mariadb.inspect(session, {})).toEqual(before);
  }));
