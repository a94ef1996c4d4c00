import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clockFrom } from '../../src/apply/clock.ts';
import { openJournal, type Journal } from '../../src/apply/journal.ts';
import { findDamage } from '../../src/history/chain.ts';
import { withRun } from '../../src/stages/open-run.ts';
import type { Run } from '../../src/stages/run.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, withTestJob } from '../support/migrate.ts';
import { readEvents } from '../support/read-events.ts';

const note = (summary: string) => ({
  migration: 'note',
  step: 0,
  source: 'models' as const,
  event: 'skipped' as const,
  summary,
  sql: [],
});

describe.each(databaseKinds)('the log that a run has read before, on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'again' });
    await migrateDatabase(database);
  });
  afterEach(() => database.drop());

  test('has what the run wrote, alone and many at once, just as the database has it', async () => {
    await inRun(async (run, journal) => {
      const before = await run.events.readRows();
      await journal.append(note('one'));
      const identity = { ...journal.identity, startedAt: journal.clock.now() };
      await journal.write(journal.chain(['two', "thr'ee \\ 😀"].map((text) => ({ ...note(text), ...identity }))));
      const rows = await run.events.readRows();
      expect(rows).toHaveLength(before.length + 3);
      expect(rows).toEqual(await readEvents(database));
      expect(findDamage(rows)).toBeUndefined();
    });
  });

  test('has nothing of what was rolled back, nor misses what others wrote', async () => {
    await inRun(async (run, journal) => {
      const { session, dialect, events } = run;
      const before = await events.readRows();
      await session.run(dialect.traits.begin);
      await journal.append(note('gone'));
      await session.run(dialect.traits.rollback);
      // Another run takes the place in the chain that was left.
      await inRun(async (_, theirs) => void (await theirs.append(note('theirs'))));
      expect(await events.readRows()).toEqual(await readEvents(database));
      await database.run([`delete from schema_versions where version = ${before.length + 1}`]);
      // The same place in the chain, taken by another.
      const other = openJournal(events, journal.identity, clockFrom(await events.now()), await events.readHead());
      await other.append(note('another'));
      await database.run([`delete from schema_versions where version = ${before.length + 1}`]);
      expect(await events.readRows()).toEqual(before);
    });
  });

  function inRun(work: (run: Run, journal: Journal) => Promise<void>): Promise<void> {
    return withTestJob(database, {}, [], (job) =>
      withRun(job, async (run) => {
        const identity = { ...job.identity, run: 'again', release: 'test' };
        const head = await run.events.readHead();
        await work(run, openJournal(run.events, identity, clockFrom(await run.events.now()), head));
      }),
    );
  }
});
