import { afterAll, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { watchDdl } from '../support/ddl-log.ts';
import { compareOracles, readOracle } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { runCli } from '../support/run-cli.ts';
import { copyStates, type StateCopies } from '../upgrade/states/copy-states.ts';

const processes = 32;

/** The databases that 32 replicas meet at once: nothing at all, and one of an earlier age. */
const starts = {
  'empty database': (kind: DatabaseKind) => createDatabase(kind, { name: 'race' }),
  'half-old database': async (_: DatabaseKind, states: StateCopies) => (await states.copy('C')).database,
};

describe.each(databaseKinds)('%s', (kind) => {
  const states = copyStates(kind);
  afterAll(() => states.drop());

  test.each(Object.keys(starts) as (keyof typeof starts)[])(
    `${processes} processes at once bring %s up, each statement once`,
    { timeout: 400_000 },
    async (start) => {
      const alone = await runAlone(await starts[start](kind, states));
      const database = await starts[start](kind, states);
      const log = await watchDdl(database);
      const exits = await Promise.all(Array.from({ length: processes }, () => runCli(database, ['--ci'])));
      expect(exits.filter(({ exit }) => exit !== 0)).toEqual([]);
      expect(lasting(await log.statements())).toEqual(alone.statements);
      expect(compareOracles(alone.oracle, await readOracle(database))).toEqual([]);
      const events = await readEvents(database);
      expect(events.filter(({ event }) => event === 'run')).toHaveLength(1);
      proof(`race: process among 32, ${start}`, kind, processes);
      await database.drop();
    },
  );
});

/** What one process does with the same database: the measure for what 32 may do together. */
async function runAlone(database: TestDatabase) {
  const log = await watchDdl(database);
  const { exit, stdout, stderr } = await runCli(database, ['--ci']);
  expect(exit, stdout + stderr).toBe(0);
  const result = { statements: lasting(await log.statements()), oracle: await readOracle(database) };
  expect(result.statements.length).toBeGreaterThan(3);
  await database.drop();
  return result;
}

/** Statements that leave something: echoes of expressions go to temporary tables. */
function lasting(statements: readonly string[]): string[] {
  return statements.filter((statement) => !/^\s*(?:create|drop)\s+temp/iu.test(statement)).toSorted();
}
