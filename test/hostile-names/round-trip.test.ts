import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EntitySchema } from '@mikro-orm/core';
import { runStep } from '../../src/apply/run-step.ts';
import { clockFrom } from '../../src/apply/clock.ts';
import { openJournal } from '../../src/apply/journal.ts';
import type { Fact } from '../../src/events/facts.ts';
import { findDamage } from '../../src/history/chain.ts';
import type { EventPayload, EventRow } from '../../src/history/event.ts';
import { readPayload } from '../../src/history/state.ts';
import { emojiLog } from '../../src/report/emoji-log.ts';
import { tableKey } from '../../src/schema/names.ts';
import { withRun } from '../../src/stages/open-run.ts';
import { inspectApplication } from '../../src/stages/read-state.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, withTestJob } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { remainder } from '../support/remainder.ts';
import { readRows } from '../support/rows.ts';
import { undoSteps } from '../support/undo-steps.ts';
import { columnsOnly, indexesAndConstraints, lateColumns, tablesAndColumns, type Form } from './entities.ts';
import { namesFor, tableNamesFor } from './names.ts';

const settings = (entities: readonly EntitySchema[]) => ({ config: { entities: [...entities] } });
/** In databases of their own: on some an index cannot be called like a table. */
const groups = {
  'tables, columns, defaults and comments': (kind: DatabaseKind, form: Form): readonly EntitySchema[] => [
    ...tablesAndColumns(kind, form),
    ...columnsOnly(kind, form),
    ...lateColumns(form),
  ],
  'indexes, unique constraints, foreign keys and checks': indexesAndConstraints,
};
type Group = keyof typeof groups;
const runs = databaseKinds.flatMap((kind) => (Object.keys(groups) as Group[]).map((group) => ({ kind, group })));

describe.each(runs)('$group with hostile names on $kind', ({ kind, group }) => {
  const modelsOf = groups[group];
  let database: TestDatabase;
  let canary: unknown;
  let log: readonly EventRow[] = [];
  const facts: Fact[] = [];

  beforeAll(async () => {
    database = await createDatabase(kind, { name: 'hostile' });
    await database.run([
      'create table canary (id integer primary key, song varchar(20))',
      `insert into canary values (1, 'tweet'), (2, '')`,
    ]);
    canary = await readRows(database, 'canary');
  });
  afterAll(() => database?.drop());

  const expectSettled = async (form: Form): Promise<void> => {
    const { plan } = await planDatabase(database, settings(modelsOf(kind, form)));
    expect(remainder(plan)).toEqual(['table canary']);
    expect(await readRows(database, 'canary')).toEqual(canary);
  };

  test('are created, and then there is nothing to do', async () => {
    facts.push(...(await migrateDatabase(database, settings(modelsOf(kind, 'first')))).facts);
    await expectSettled('first');
  });

  test('get a new column and another default, and then there is nothing to do', async () => {
    facts.push(...(await migrateDatabase(database, settings(modelsOf(kind, 'changed')))).facts);
    await expectSettled('changed');
  });

  test('are in the log as they are, in an unbroken chain', async () => {
    log = await readEvents(database);
    expect(findDamage(log)).toBeUndefined();
    const applied = log.map(readPayload).filter(({ event }) => event === 'applied');
    const created = new Map(
      applied.flatMap(({ operation, object, summary }) =>
        operation?.kind === 'createTable' ? [[operation.table.name, { object, summary }] as const] : [],
      ),
    );
    for (const name of group === 'tables, columns, defaults and comments' ? tableNamesFor(kind) : []) {
      expect(created.get(tableKey(name))).toEqual({ object: name, summary: `create table ${name}` });
    }
    expect(log.filter(({ object }) => object !== null).map(({ version, object }) => [version, object])).toEqual(
      log.filter(({ object }) => object !== null).map((row) => [row.version, readPayload(row).object]),
    );
  });

  test('are told without a control character, one line each', () => {
    const lines: string[] = [];
    const emit = emojiLog({ write: (line) => lines.push(line), verbose: true });
    for (const fact of facts) emit(fact);
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.filter((line) => /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u.test(line))).toEqual([]);
  });

  test('are taken back by what the log says, down to the canary', async () => {
    const applied = log.map(readPayload).filter(({ event }) => event === 'applied');
    const second = applied.at(-1)?.run;
    await takeBack(
      database,
      applied.filter(({ run }) => run === second),
    );
    const { plan } = await planDatabase(database, { ...settings(modelsOf(kind, 'first')), flags: { redo: true } });
    expect(remainder(plan)).toEqual(['table canary']);
    await takeBack(
      database,
      applied.filter(({ run }) => run !== second),
    );
    expect(Object.keys((await inspectNow(database)).tables)).toEqual(['canary']);
    expect(await readRows(database, 'canary')).toEqual(canary);
    proof('hostile name', kind, casesIn(kind, group));
  });
});

/** Names times places: a table's name was also its default and, where there are any, its comment. */
function casesIn(kind: DatabaseKind, group: Group): number {
  if (group === 'indexes, unique constraints, foreign keys and checks')
    return namesFor(kind, 'index').length + namesFor(kind, 'constraint').length;
  return tableNamesFor(kind).length * (kind === 'sqlite' ? 2 : 3) + namesFor(kind, 'column').length;
}

/** Runs the undo of each event, last one first, through the real path. */
async function takeBack(database: TestDatabase, events: readonly EventPayload[]): Promise<void> {
  await withTestJob(database, settings([]), [], (job) =>
    withRun(job, async (run) => {
      const { session, dialect, events: log, emit } = run;
      const journal = openJournal(
        log,
        { ...job.identity, run: 'back', release: 'test' },
        clockFrom(await log.now()),
        await log.readHead(),
      );
      const inspectAll = () => inspectApplication(run);
      const context = {
        session,
        dialect,
        log,
        journal,
        emit,
        source: 'rollback' as const,
        inspectAll,
        signal: run.signal,
        schema: await inspectAll(),
        spellings: [],
      };
      const steps = undoSteps(events, 'back');
      if (steps.length < events.length) throw new Error('every change here has a way back');
      for (const [at, step] of steps.entries()) await runStep(step, at + 1, context);
    }),
  );
}

async function inspectNow(database: TestDatabase) {
  return withTestJob(database, settings([]), [], (job) => withRun(job, inspectApplication));
}
