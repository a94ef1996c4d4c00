import { describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import type { Failpoint } from '../../src/events/failpoint.ts';
import { findDamage } from '../../src/history/chain.ts';
import { readPayload } from '../../src/history/state.ts';
import { createProject } from '../cli/support/project.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { compareOracles, readOracle } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { runCli, type CliRun } from '../support/run-cli.ts';
import { readEvents } from '../support/migrate.ts';
import { fileURLToPath } from 'node:url';

const places: readonly Failpoint[] = ['before-ddl', 'after-ddl', 'before-commit'];
const hits = [1, 3];
const preload = fileURLToPath(new URL('../support/failpoint-preload.ts', import.meta.url));

const old = `
const Item = defineEntity({ name: 'Item', tableName: 'item', properties: { id: p.integer().primary(), word: p.string().length(10) } });
const entities = [Item];`;
const recent = `
const Item = defineEntity({ name: 'Item', tableName: 'item', indexes: [{ name: 'item_note', properties: ['note'] }], properties: {
  id: p.integer().primary(), word: p.string().length(30).default('x'), note: p.string().length(20).nullable() } });
const Other = defineEntity({ name: 'Other', tableName: 'other', properties: { id: p.integer().primary(), item: () => p.manyToOne(Item) } });
const entities = [Item, Other];`;

describe.each(databaseKinds)('%s', (kind) => {
  describe.each(places)('a rollback that is killed at %s', (place) => {
    test.each(hits)(
      'of step %i is settled and gone on with, and redone by no start',
      { timeout: 200_000 },
      async (hit) => {
        const { traits } = await loadDialect(kind);
        // Where each statement commits by itself there is no moment between the event and its commit.
        if (place === 'before-commit' && !traits.transactionalDdl) return expect(place).toBe('before-commit');
        const database = await createDatabase(kind, { name: 'kill' });
        const project = createProject(old);
        const run = (args: readonly string[]): Promise<CliRun> => project.migrate(database, args);
        expectExit(await run(['--ci']), 0);
        const before = await readOracle(database);
        const target = (await readEvents(database)).length;
        project.writeModels(recent);
        await database.run([`insert into item (id, word) values (1, 'a')`]);
        expectExit(await run(['--ci']), 0);
        const args = ['rollback', '--to', String(target), '--yes'];
        const env = { MIKRATE_FAILPOINT: `${place}:${hit}` };
        expectExit(await runCli(database, args, { cwd: project.folder, preload, env }), 128 + 9);

        const start = await run(['--ci']);
        expectExit(start, 0);
        expect(start.stdout).toContain('are ahead of the database');
        expect(await openSteps(database)).toEqual([]);
        expectExit(await run(args), place === 'before-commit' || (await isLeft(database)) ? 0 : 64);
        expect(compareOracles(before, await readOracle(database))).toEqual([]);
        expect(await database.query('select word from item')).toEqual([{ word: 'a' }]);
        await expectEachOnce(database);
        project.writeModels(old);
        expectExit(await run(['--ci']), 0);
        expect(compareOracles(before, await readOracle(database))).toEqual([]);
        proof('crash: killed rollback is finished by the next', kind);
        await database.drop();
      },
    );

    test('the next rollback alone settles it too', { timeout: 200_000 }, async () => {
      const { traits } = await loadDialect(kind);
      if (place === 'before-commit' && !traits.transactionalDdl) return expect(place).toBe('before-commit');
      const database = await createDatabase(kind, { name: 'kill' });
      const project = createProject(old);
      const run = (args: readonly string[]): Promise<CliRun> => project.migrate(database, args);
      expectExit(await run(['--ci']), 0);
      const before = await readOracle(database);
      const target = (await readEvents(database)).length;
      project.writeModels(recent);
      expectExit(await run(['--ci']), 0);
      const steps = (await readEvents(database)).filter(
        ({ version, event }) => version > target && event === 'applied',
      );
      const args = ['rollback', '--to', String(target), '--yes'];
      // The last step: after it nothing is left but to see that it is done.
      const env = { MIKRATE_FAILPOINT: `${place}:${steps.length}` };
      expectExit(await runCli(database, args, { cwd: project.folder, preload, env }), 128 + 9);
      expectExit(await run(args), 0);
      expect(compareOracles(before, await readOracle(database))).toEqual([]);
      await expectEachOnce(database);
      proof('crash: killed rollback is finished by the next', kind);
      await database.drop();
    });
  });
});

function expectExit({ exit, stdout, stderr }: CliRun, expected: number): void {
  expect(exit, stdout + stderr).toBe(expected);
}

async function payloadsOf(database: TestDatabase) {
  return (await readEvents(database)).map(readPayload);
}

/** What was begun and has no end. */
async function openSteps(database: TestDatabase): Promise<string[]> {
  const payloads = await payloadsOf(database);
  const ended = new Set(payloads.flatMap(({ event, ref, closes }) => (event === 'rolled_back' ? [closes] : [ref])));
  return payloads
    .filter(({ event, version }) => event === 'started' && !ended.has(version))
    .map(({ summary }) => summary);
}

async function isLeft(database: TestDatabase): Promise<boolean> {
  const payloads = await payloadsOf(database);
  const taken = payloads.filter(({ event }) => event === 'rolled_back').length;
  return taken < payloads.filter(({ event, source }) => event === 'applied' && source === 'models').length;
}

/** Nothing is taken back twice, and the log is sound. */
async function expectEachOnce(database: TestDatabase): Promise<void> {
  const rows = await readEvents(database);
  expect(findDamage(rows)).toBeUndefined();
  const taken = rows.filter(({ event }) => event === 'rolled_back').map(({ ref }) => ref);
  expect(taken.length).toBeGreaterThan(2);
  expect(new Set(taken).size).toBe(taken.length);
}
