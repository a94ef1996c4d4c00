import { p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../../support/databases.ts';
import { migrateDatabase, planDatabase, verifyDatabase } from '../../support/migrate.ts';
import { readOracle } from '../../support/oracle/index.ts';
import { readEvents } from '../../support/read-events.ts';
import { atFailpoint } from './support/at-failpoint.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';
import { createUser, type TestUser } from './support/user.ts';

const later = { config: item({ added: p.string().length(9).nullable() }) };

const servers = databaseKinds.filter((kind) => kind !== 'sqlite');

describe.each(servers)('rights on %s', (kind) => {
  let database: TestDatabase;
  let user: TestUser;
  const isPostgres = kind === 'postgresql';
  const grantAll = (): string =>
    isPostgres
      ? `grant usage, create on schema public to ${user.name}`
      : `grant all on \`${database.name}\`.* to ${user.name}`;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'rights' });
  });
  afterEach(() => database.drop());

  it('to create anything are missed before the first change, with the GRANT, which helps', async () => {
    user = await createUser(database);
    await database.run([
      isPostgres
        ? 'revoke create on schema public from public'
        : `grant select on \`${database.name}\`.* to ${user.name}`,
    ]);
    const before = await readOracle(database);
    const failure = await failureOf(migrateDatabase(user, { config: item() }));
    expect(failure).toMatchObject({ code: 'RIGHT_MISSING', exitCode: 3, state: 'nothing was changed' });
    expect(failure.fix).toMatch(/GRANT .*CREATE/u);
    expect(await readOracle(database)).toEqual(before);
    await follow(failure.fix);
    expect((await migrateDatabase(user, { config: item() })).report.status).toBe('done');
  });

  it('to alter tables of another user are missed before the first change, with the GRANT', async () => {
    await migrateDatabase(database, { config: item() });
    user = await createUser(database);
    await database.run(
      isPostgres
        ? [grantAll(), `grant select, insert, update on all tables in schema public to ${user.name}`]
        : [`grant select, insert, update, create on \`${database.name}\`.* to ${user.name}`],
    );
    const before = await readOracle(database);
    const events = (await readEvents(database)).length;
    const failure = await failureOf(migrateDatabase(user, later));
    expect(failure).toMatchObject({ code: 'RIGHT_MISSING', state: 'nothing was changed' });
    expect(failure.fix).toMatch(isPostgres ? /GRANT .* TO "u/u : /GRANT .*ALTER/u);
    expect(await readOracle(database)).toEqual(before);
    expect((await readEvents(database)).length).toBe(events);
  });

  it('to read a table of the models are named by plan and verify as well', async () => {
    await migrateDatabase(database, { config: item() });
    await database.run(["insert into item (id, name) values (1, 'x')"]);
    user = await createUser(database);
    await database.run([
      isPostgres
        ? 'grant select on schema_versions, schema_snapshots, schema_lock to public'
        : `grant select on \`${database.name}\`.schema_versions to ${user.name}`,
    ]);
    const filled = { config: item({ added: p.string().length(9) }) };
    for (const work of [planDatabase, verifyDatabase]) {
      const failure = await failureOf(work(user, filled));
      expect(failure).toMatchObject({ code: 'RIGHT_MISSING', state: 'nothing was changed' });
      expect(failure.fix).toContain('GRANT');
    }
  });

  // MySQL and MariaDB keep the rights to a database as they were when the session chose it.
  it.runIf(isPostgres)(
    'that go away in the middle of a run end it between two changes, and the next run goes on',
    async () => {
      user = await createUser(database);
      await database.run([grantAll()]);
      await migrateDatabase(user, { config: item() });
      await database.run(["insert into item (id, name) values (1, 'kept')"]);
      const two = { config: item({ a: p.string().length(9).nullable(), b: p.string().length(9).nullable() }) };
      const failure = await failureOf(
        atFailpoint(
          'before-ddl',
          2,
          () => database.run(['alter table item owner to current_user']),
          () => migrateDatabase(user, two),
        ),
      );
      expect(failure.code).toBe('RIGHT_MISSING');
      expect(failure.state).toBe('1 of 2 changes applied; nothing half-done');
      expect(failure.fix).toContain('GRANT');
      await database.run([`alter table item owner to ${user.name}`]);
      expect((await migrateDatabase(user, two)).report).toMatchObject({ status: 'done', applied: 1 });
      expect(await database.query('select id, name, a, b from item')).toEqual([
        { id: 1, name: 'kept', a: null, b: null },
      ]);
    },
  );

  async function follow(fix: string): Promise<void> {
    await database.run([fix.replace('as an administrator: ', '')]);
  }
});
