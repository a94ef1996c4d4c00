import { describe, expect, it } from 'vitest';
import { createDatabase, databaseKinds } from '../../support/databases.ts';
import { migrateDatabase, planDatabase } from '../../support/migrate.ts';
import { readOracle } from '../../support/oracle/index.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';
import { createUser } from './support/user.ts';

const wanted = { config: item() };

describe.each(databaseKinds.filter((kind) => kind !== 'sqlite'))('%s', (kind) => {
  it('without the database, and for a user who may not make one, says which right it takes', async () => {
    const database = await createDatabase(kind, { name: 'absent' });
    const user = await createUser(database);
    const url = new URL(user.url);
    url.pathname += '_not_there';
    const failure = await failureOf(migrateDatabase({ url: url.href }, wanted));
    expect(failure.code).toBe(kind === 'postgresql' ? 'DATABASE_MISSING' : 'RIGHT_MISSING');
    expect(failure.message + failure.fix).toContain('_not_there');
    expect(failure.state).toBe('nothing was changed');
    await database.drop();
  });

  it('with a database that the user may not enter says the GRANT, which helps', async () => {
    const database = await createDatabase(kind, { name: 'closed' });
    const user = await createUser(database);
    if (kind === 'postgresql') await database.run([`revoke connect on database "${database.name}" from public`]);
    const failure = await failureOf(migrateDatabase(user, wanted));
    expect(failure).toMatchObject({ code: 'RIGHT_MISSING', exitCode: 3, state: 'nothing was changed' });
    await database.run([failure.fix.replace('as an administrator: ', '')]);
    if (kind === 'postgresql') await database.run([`grant create on schema public to ${user.name}`]);
    expect((await migrateDatabase(user, wanted)).report.status).toBe('done');
    await database.drop();
  });
});

it.runIf(databaseKinds.includes('postgresql'))(
  'a server that only speaks like PostgreSQL is refused by its own words',
  async () => {
    const database = await createDatabase('postgresql', { name: 'impostor' });
    await database.run([
      `create function public.version() returns text language sql as $$ select 'CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu)' $$`,
      `alter database "${database.name}" set search_path = public, pg_catalog`,
    ]);
    const before = await readOracle(database);
    for (const work of [migrateDatabase, planDatabase]) {
      const failure = await failureOf(work(database, wanted));
      expect(failure).toMatchObject({ code: 'SERVER_UNKNOWN', exitCode: 64, state: 'nothing was changed' });
      expect(failure.message).toContain('CockroachDB');
    }
    expect(await readOracle(database)).toEqual(before);
    await database.drop();
  },
);

it.runIf(databaseKinds.includes('sqlite'))(
  'a file that is no SQLite database is said so, and stays as it is',
  async () => {
    const { mkdtempSync, readFileSync, rmSync, writeFileSync } = await import('node:fs');
    const { join } = await import('node:path');
    const { tmpdir } = await import('node:os');
    const folder = mkdtempSync(join(tmpdir(), 'mikrate-no-database-'));
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'These are my notes. '.repeat(500));
    const failure = await failureOf(migrateDatabase({ url: `sqlite:${file}` }, wanted));
    expect(['CONNECTION_REFUSED', 'QUERY_FAILED']).toContain(failure.code);
    expect(failure.state).toBe('nothing was changed');
    expect(readFileSync(file, 'utf8')).toBe('These are my notes. '.repeat(500));
    rmSync(folder, { recursive: true });
  },
);
