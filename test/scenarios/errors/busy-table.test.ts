import { setTimeout as sleep } from 'node:timers/promises';
import { p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/events/facts.ts';
import { findDamage } from '../../../src/history/chain.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../../support/databases.ts';
import { migrateDatabase } from '../../support/migrate.ts';
import { readEvents } from '../../support/read-events.ts';
import { createProject, oneTable } from '../../cli/support/project.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';
import { openConnection } from './support/open-connection.ts';

const servers = databaseKinds.filter((kind) => kind !== 'sqlite');
const wider = { config: item({ added: p.string().length(9).nullable() }) };

describe.each(servers)('a table that others use on %s', (kind) => {
  let database: TestDatabase;
  // A statement of ours waits so long at most; the rest is what a loaded machine adds.
  const longestStall = (kind === 'postgresql' ? 200 : 1000) + 800;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'busy' });
    await migrateDatabase(database, { config: item() });
    await database.run(["insert into item (id, name) values (1, 'kept')"]);
  });
  afterEach(() => database.drop());

  it('by a long reader is waited for, told, and changed; other readers hardly stall', async () => {
    const reader = openConnection(database);
    await reader.query('begin');
    await reader.query('select * from item');
    const stalls = watchStalls(database);
    const running = migrateDatabase(database, wider);
    await sleep(3000);
    await reader.query('commit');
    const { report, facts } = await running;
    const longest = await stalls.stop();
    expect(report).toMatchObject({ status: 'done', applied: 1 });
    expect(waitsIn(facts)[0]).toMatchObject({
      target: 'the table item',
      detail: expect.stringMatching(/^process \d+ of /u),
    });
    expect(longest).toBeLessThan(longestStall);
    expect(await database.query('select name, added from item')).toEqual([{ name: 'kept', added: null }]);
    const events = await readEvents(database);
    expect(findDamage(events)).toBeUndefined();
    expect(openSteps(events)).toBe(0);
  });

  it('for longer than lock.statementWait ends the run with who it is, and the next run goes on', async () => {
    const reader = openConnection(database);
    await reader.query('begin');
    await reader.query('select * from item');
    const failure = await failureOf(
      migrateDatabase(database, { ...wider, options: { lock: { statementWait: '300ms' } } }),
    );
    expect(failure).toMatchObject({
      code: 'TABLE_BUSY',
      exitCode: 75,
      state: '0 of 1 changes applied; nothing half-done',
    });
    expect(failure.message).toMatch(/the table item \(process \d+ of /u);
    await reader.query('commit');
    expect((await migrateDatabase(database, wider)).report).toMatchObject({ status: 'done', applied: 1 });
    expect(openSteps(await readEvents(database))).toBe(0);
  });

  it('for themselves alone is waited for also while the plan is made', async () => {
    const holder = openConnection(database);
    if (kind === 'postgresql') await holder.query('begin');
    await holder.query(kind === 'postgresql' ? 'lock table item in access exclusive mode' : 'lock tables item write');
    const running = migrateDatabase(database, wider);
    await sleep(1800);
    await holder.query(kind === 'postgresql' ? 'commit' : 'unlock tables');
    const { report, facts } = await running;
    expect(report).toMatchObject({ status: 'done', applied: 1 });
    expect(waitsIn(facts).map(({ target }) => target)).toContain('the tables to look at');
  });
});

it.runIf(databaseKinds.includes('sqlite'))('a SQLite file that another process writes is waited for', async () => {
  const database = await createDatabase('sqlite', { name: 'busy' });
  const project = createProject(oneTable('name: p.string().length(50).nullable()'));
  await project.migrate(database, ['--ci']);
  await database.run(['begin immediate', "insert into item (id, name) values (1, 'kept')"]);
  project.writeModels(oneTable('name: p.string().length(50).nullable(), added: p.integer().nullable()'));
  const running = project.migrate(database, ['--ci']);
  await sleep(2500);
  await database.run(['commit']);
  const { exit, stderr } = await running;
  expect(exit, stderr).toBe(0);
  expect(await database.query('select name, added from item')).toEqual([{ name: 'kept', added: null }]);
  await database.drop();
});

type Waited = Extract<Fact, { kind: 'waited' }>;

function waitsIn(facts: readonly Fact[]): Waited[] {
  return facts.filter((fact): fact is Waited => fact.kind === 'waited' && fact.for === 'table');
}

function openSteps(events: Awaited<ReturnType<typeof readEvents>>): number {
  const closed = new Set(events.map(({ ref }) => ref));
  return events.filter(({ event, version }) => event === 'started' && !closed.has(version)).length;
}

/** Reads the table over and over as the application would, and keeps the longest time that it took. */
function watchStalls(database: TestDatabase): { stop(): Promise<number> } {
  const connection = openConnection(database);
  const stop = new AbortController();
  let longest = 0;
  const watch = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const start = performance.now();
      await connection.query('select count(*) as n from item');
      longest = Math.max(longest, performance.now() - start);
      await sleep(10);
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      stop.abort();
      await watching;
      return longest;
    },
  };
}
