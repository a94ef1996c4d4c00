import { p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../../support/databases.ts';
import { migrateDatabase } from '../../support/migrate.ts';
import { readEvents } from '../../support/read-events.ts';
import { atFailpoint } from './support/at-failpoint.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';

const unique = { config: item({}, { uniques: [{ name: 'one_name', properties: ['name'] }] }) };
const filled = { config: item({ added: p.string().length(20) }) };
const backfilled = (backfill: object) =>
  ({ ...filled, options: { tables: { item: { columns: { added: { backfill } } } } } }) as never;

describe.each(databaseKinds)('rows that stand in the way on %s', (kind) => {
  let database: TestDatabase;
  const isMySql = kind === 'mysql' || kind === 'mariadb';
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'rows' });
    await migrateDatabase(database, { config: item() });
  });
  afterEach(() => database.drop());

  const alike: readonly (readonly [a: string, b: string])[] = [
    ['same', 'same'],
    ['name', 'NAME'],
  ];
  // Equal only under some collations; whether trailing spaces count differs between MySQL and MariaDB.
  const byCollation: typeof alike = [
    ['Straße', 'STRASSE'],
    ['Jose', 'José'],
    ['pad', 'pad  '],
    ['😀', '😁'],
  ];

  it.each([...alike, ...(isMySql ? byCollation : [])])(
    '"%s" and "%s" under a new unique: what the index would say is said before',
    async (a, b) => {
      await database.run([`insert into item (id, name) values (1, '${a}'), (2, '${b}'), (3, null), (4, null)`]);
      const collides = await wouldCollide();
      if (a === b) expect(collides).toBe(true);
      const result = await migrateDatabase(database, unique).then(
        ({ report }) => report.status,
        (error: unknown) => error,
      );
      if (!collides) return expect(result).toBe('done');
      const failure = await failureOf(Promise.reject(result));
      expect(failure).toMatchObject({ code: 'PLAN_BLOCKED', state: 'nothing was changed' });
      expect(failure.message).toMatch(/1 groups? of rows have the same values, for example/u);
    },
  );

  it('a NOT NULL column without a value for them asks for the very option', async () => {
    await database.run(["insert into item (id, name) values (1, 'x')"]);
    const failure = await failureOf(migrateDatabase(database, filled));
    expect(failure).toMatchObject({ code: 'PLAN_BLOCKED', exitCode: 3, state: 'nothing was changed' });
    expect(failure.message).toContain('tables.item.columns.added.backfill');
    expect((await migrateDatabase(database, backfilled({ value: "o'k" }))).report.status).toBe('done');
    expect(await database.query('select added from item')).toEqual([{ added: "o'k" }]);
  });

  it('12,000 of them are filled in batches, and a failure half-way says which stay filled', async () => {
    await fill(12_000);
    const name = isMySql ? "concat('n', id)" : "'n' || id";
    // What the expression gives is tried beforehand; what a trigger says to it is not.
    await database.run(stop[kind]);
    const failure = await failureOf(migrateDatabase(database, backfilled({ sql: name })));
    expect(failure).toMatchObject({
      code: 'OPERATION_FAILED',
      state: expect.stringMatching(
        /^\d of \d changes applied; the rows that .* has filled so far stay filled, the next run fills the rest$/u,
      ),
    });
    await database.run([kind === 'postgresql' ? 'drop trigger stop on item' : 'drop trigger stop']);
    await database.run(["update item set added = 'by hand' where id = 1"]);
    const { report, facts } = await migrateDatabase(database, backfilled({ sql: name }));
    expect(report.status).toBe('done');
    expect(facts.flatMap((fact) => (fact.kind === 'progressed' ? [fact.done] : []))).toEqual([5000, 10_000, 11_999]);
    const [counted] = await database.query(`select count(*) as n from item where added = ${name}`);
    expect(Number(counted?.['n'])).toBe(11_999);
    expect((await migrateDatabase(database, backfilled({ sql: name }))).report.status).toBe('nothing');
  });

  it('that come between the check and the statement fail the step alone, nothing half-done', async () => {
    await database.run(["insert into item (id, name) values (1, 'x')"]);
    const run = (): Promise<unknown> => migrateDatabase(database, unique);
    const twin = (): Promise<void> => database.run(["insert into item (id, name) values (2, 'x')"]);
    // In SQLite the transaction of the step is already open at that place.
    const failure = await failureOf(
      kind === 'sqlite' ? atFailpoint('locked', 1, twin, run) : atFailpoint('before-ddl', 1, twin, run),
    );
    expect(['OPERATION_FAILED', 'PLAN_BLOCKED']).toContain(failure.code);
    expect(failure.state).toMatch(/nothing was changed|^0 of 1 changes applied; nothing half-done$/u);
    await database.run(['delete from item where id = 2']);
    expect((await migrateDatabase(database, unique)).report.status).toBe('done');
    const events = await readEvents(database);
    for (const { version } of events.filter(({ event }) => event === 'started'))
      expect(events.filter(({ ref }) => ref === version)).toHaveLength(1);
  });

  it('are no reason to lie when their table is dropped under the plan', async () => {
    const failure = await failureOf(
      atFailpoint(
        kind === 'sqlite' ? 'locked' : 'before-ddl',
        1,
        () => database.run(['drop table item']),
        () => migrateDatabase(database, unique),
      ),
    ).catch((error: unknown) => error as Error);
    // SQLite sees it in time and makes the table anew.
    if (kind !== 'sqlite') expect(failure).toMatchObject({ state: expect.stringMatching(/^0 of 1 changes applied/u) });
    const next = await migrateDatabase(database, unique);
    expect(['done', 'nothing']).toContain(next.report.status);
    expect((await migrateDatabase(database, unique)).report.status).toBe('nothing');
  });

  /** What the database itself says of a unique index over these rows. */
  async function wouldCollide(): Promise<boolean> {
    await database.run([
      'create table twin (id int primary key, name varchar(50))',
      'insert into twin select id, name from item',
    ]);
    const failed = await database.run(['create unique index u on twin (name)']).then(
      () => false,
      () => true,
    );
    await database.run(['drop table twin']);
    return failed;
  }

  async function fill(rows: number): Promise<void> {
    if (kind === 'postgresql')
      return database.run([`insert into item (id, name) select n, 'x' from generate_series(1, ${rows}) n`]);
    if (kind === 'mysql') await database.run(['set session cte_max_recursion_depth = 100000']);
    if (kind === 'mariadb') await database.run(['set session max_recursive_iterations = 100000']);
    await database.run([
      `insert into item (id, name) with recursive s(n) as (select 1 union all select n + 1 from s where n < ${rows}) select n, 'x' from s`,
    ]);
  }
});

/** A trigger that refuses every update. */
const stop: { readonly [kind in DatabaseKind]: readonly string[] } = {
  sqlite: [`create trigger stop before update on item begin select raise(abort, 'stop'); end`],
  postgresql: [
    `create function stop() returns trigger language plpgsql as $$ begin raise exception 'stop'; end $$`,
    'create trigger stop before update on item for each row execute function stop()',
  ],
  mariadb: [`create trigger stop before update on item for each row signal sqlstate '45000' set message_text = 'stop'`],
  mysql: [`create trigger stop before update on item for each row signal sqlstate '45000' set message_text = 'stop'`],
};
