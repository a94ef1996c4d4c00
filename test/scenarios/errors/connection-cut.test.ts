import { setTimeout as sleep } from 'node:timers/promises';
import { p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDamage } from '../../../src/history/chain.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../../support/databases.ts';
import { watchDdl } from '../../support/ddl-log.ts';
import { migrateDatabase } from '../../support/migrate.ts';
import { compareOracles, readOracle } from '../../support/oracle/index.ts';
import { readEvents } from '../../support/read-events.ts';
import { atFailpoint } from './support/at-failpoint.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';
import { isRunning, killOthers } from './support/kill-others.ts';

const servers = databaseKinds.filter((kind) => kind !== 'sqlite');
const rows = 90_000;
const old = { config: item() };
const two = {
  config: item(
    { a: p.integer().nullable(), b: p.integer().nullable() },
    { indexes: [{ name: 'by_name', properties: ['name'] }] },
  ),
};
/** Every row is written anew. */
const rewritten = { config: item({ id: p.bigint('number').primary() }) };

describe.each(servers)('a connection to %s that is cut', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'cut' });
    await migrateDatabase(database, old);
  });
  afterEach(() => database.drop());

  it.each(['before-ddl', 'after-ddl'] as const)(
    '%s leaves an unknown outcome, which the next run settles, each statement once',
    async (place) => {
      await database.run(["insert into item (id, name) values (1, 'kept')"]);
      const log = await watchDdl(database);
      const failure = await failureOf(
        atFailpoint(
          place,
          2,
          () => killOthers(database),
          () => migrateDatabase(database, two),
        ),
      );
      expect(failure).toMatchObject({ code: 'CONNECTION_LOST', exitCode: 1 });
      expect(failure.state).toMatch(
        /^1 of [23] changes applied; the outcome of ".*" is unknown until the next run settles it$/u,
      );
      const { report } = await migrateDatabase(database, two);
      expect(report.status).toBe('done');
      await expectSettled(1);
      expect((await migrateDatabase(database, two)).report.status).toBe('nothing');
      if (kind === 'postgresql') return;
      const lasting = (await log.statements()).filter((text) => /^alter table/iu.test(text));
      expect(new Set(lasting).size).toBe(lasting.length);
    },
  );

  it('while a long ALTER runs on a filled table is survived by the next run, with all rows', async () => {
    await fill();
    const [failure] = await Promise.all([failureOf(migrateDatabase(database, rewritten)), cutWhile('alter table')]);
    expect(failure.code).toBe('CONNECTION_LOST');
    expect(failure.state).toMatch(/^\d of \d changes? applied; the outcome of ".*" is unknown/u);
    expect((await migrateDatabase(database, rewritten)).report.status).toBe('done');
    await expectSettled(rows);
    const fresh = await createDatabase(kind);
    await migrateDatabase(fresh, rewritten);
    expect(compareOracles(await readOracle(fresh), await readOracle(database))).toEqual([]);
    await fresh.drop();
  });

  it('while the rows are only looked at changes nothing', async () => {
    const failure = await failureOf(
      atFailpoint(
        'locked',
        1,
        () => killOthers(database),
        () => migrateDatabase(database, two),
      ),
    );
    expect(failure).toMatchObject({ code: 'CONNECTION_LOST', state: 'nothing was changed' });
    expect((await migrateDatabase(database, two)).report.status).toBe('done');
  });

  async function fill(): Promise<void> {
    const numbers = kind === 'postgresql' ? `generate_series(1, ${rows}) n` : undefined;
    if (numbers) return database.run([`insert into item (id, name) select n, repeat('x', 40) from ${numbers}`]);
    const deep =
      kind === 'mysql'
        ? 'set session cte_max_recursion_depth = 100000'
        : 'set session max_recursive_iterations = 100000';
    await database.run([
      deep,
      `insert into item (id, name) with recursive s(n) as (select 1 union all select n + 1 from s where n < ${rows}) select n, repeat('x', 40) from s`,
    ]);
  }

  async function cutWhile(beginning: string): Promise<void> {
    for (let attempt = 0; attempt < 5000; attempt += 1) {
      if (await isRunning(database, beginning)) return void (await killOthers(database));
      await sleep(1);
    }
    throw new Error(`no statement ${beginning} was seen`);
  }

  async function expectSettled(count: number): Promise<void> {
    const events = await readEvents(database);
    expect(findDamage(events)).toBeUndefined();
    for (const { version } of events.filter(({ event }) => event === 'started')) {
      expect(events.filter(({ ref }) => ref === version)).toHaveLength(1);
    }
    expect(Number((await database.query('select count(*) as n from item'))[0]?.['n'])).toBe(count);
  }
});
