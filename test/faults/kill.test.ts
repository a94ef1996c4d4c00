import { afterAll, describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import type { Failpoint } from '../../src/events/failpoint.ts';
import { findDamage } from '../../src/history/chain.ts';
import { databaseKinds, type DatabaseKind } from '../support/databases.ts';
import { watchDdl } from '../support/ddl-log.ts';
import { planDatabase } from '../support/migrate.ts';
import { compareOracles, readOracle, type OracleDocument } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { countRows } from '../support/rows.ts';
import { runCli, runKilled } from '../support/run-cli.ts';
import { copyStates, type StateCopy } from '../upgrade/states/copy-states.ts';

/** Where a process is killed: before a statement, after it, and just before its `applied` event counts. */
const places: readonly Failpoint[] = ['before-ddl', 'after-ddl', 'before-commit'];
/** The third is of code, which declares no way to see whether it took effect: only a person settles that. */
const hits = [1, 2, 6];

describe.each(databaseKinds)('%s', (kind) => {
  const states = copyStates(kind);
  let finished: Promise<OracleDocument> | undefined;
  afterAll(() => states.drop());

  describe.each(places)('killed at %s', (place) => {
    test.each(hits)('of step %i: the next run finishes alone, each step once', { timeout: 200_000 }, async (hit) => {
      const isReached = place !== 'before-commit' || (await loadDialect(kind)).traits.transactionalDdl;
      // Where each statement commits by itself there is no moment between the event and its commit.
      if (!isReached) return expect(place).toBe('before-commit');
      const expected = await (finished ??= finishAlone(await states.copy('C')));
      const {
        database,
        built: { tables, counts },
      } = await states.copy('C');
      const log = await watchDdl(database);
      const killed = await runKilled(database, { place, hit });
      expect(killed.exit, killed.stdout + killed.stderr).toBe(128 + 9);
      const next = await runCli(database, ['--ci']);
      expect(next.exit, next.stdout + next.stderr).toBe(0);
      expect(compareOracles(expected, await readOracle(database))).toEqual([]);
      expect((await planDatabase(database)).plan.steps).toEqual([]);
      for (const table of tables) expect(await countRows(database, table)).toBe(counts[table]);
      await expectEachStepOnce(database, kind, await log.statements());
      proof('crash: killed run is finished by the next', kind);
      await database.drop();
    });
  });
});

/** What a run that nobody kills makes of it. */
async function finishAlone({ database }: StateCopy): Promise<OracleDocument> {
  const { exit, stdout, stderr } = await runCli(database, ['--ci']);
  expect(exit, stdout + stderr).toBe(0);
  const oracle = await readOracle(database);
  await database.drop();
  return oracle;
}

/** In the log each started step has one end; on the server no statement that took effect was sent twice. */
async function expectEachStepOnce(
  database: Parameters<typeof readEvents>[0],
  kind: DatabaseKind,
  statements: readonly string[],
): Promise<void> {
  const rows = await readEvents(database);
  expect(findDamage(rows)).toBeUndefined();
  const ends = rows.filter(({ event }) => ['applied', 'settled', 'failed'].includes(event));
  for (const { version } of rows.filter(({ event }) => event === 'started')) {
    expect(ends.filter(({ ref }) => ref === version)).toHaveLength(1);
  }
  const done = ends
    .filter(({ event }) => event !== 'failed')
    .map(({ operation, object, summary }) => `${operation} ${object} ${summary}`);
  expect(new Set(done).size).toBe(done.length);
  if ((await loadDialect(kind)).traits.transactionalDdl) return;
  const lasting = statements.filter(
    (statement) => /^\s*(?:alter|create table)/iu.test(statement) && !/temporary/iu.test(statement),
  );
  expect(lasting.filter((statement, at) => lasting.indexOf(statement) !== at)).toEqual([]);
}
