import { fileURLToPath } from 'node:url';
import { defineEntity, p } from '@mikro-orm/core';
import { describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { MigrateError } from '../../src/errors.ts';
import type { Failpoint } from '../../src/events/failpoint.ts';
import { findDamage } from '../../src/history/chain.ts';
import { createProject } from '../cli/support/project.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, rollBackDatabase, type MigrateSettings } from '../support/migrate.ts';
import { compareOracles, readOracle, type OracleDocument } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { startCli } from '../support/run-cli.ts';

const places: readonly Failpoint[] = ['before-ddl', 'after-ddl', 'before-commit'];
const preload = fileURLToPath(new URL('../support/failpoint-preload.ts', import.meta.url));

const id = p.integer().primary();
const old: MigrateSettings = {
  config: {
    entities: [defineEntity({ name: 'Item', tableName: 'item', properties: { id, word: p.string().length(10) } })],
  },
};
const Item = defineEntity({
  name: 'Item',
  tableName: 'item',
  indexes: [{ name: 'item_note', properties: ['note'] }],
  properties: { id, word: p.string().length(10).default('x'), note: p.string().length(20).nullable() },
});
const Other = defineEntity({ name: 'Other', tableName: 'other', properties: { id, item: () => p.manyToOne(Item) } });
const recent: MigrateSettings = { config: { entities: [Item, Other] } };

describe.each(databaseKinds)('%s', (kind) => {
  describe.each(places)('a rollback that is killed at %s', (place) => {
    test('is settled by any start, redone by none, and gone on with', { timeout: 200_000 }, async () => {
      if (!(await isReached(kind, place))) return expect(place).toBe('before-commit');
      const { database, before, selection } = await killed(kind, place, { hit: 2 });
      expect((await migrateDatabase(database, recent)).report).toMatchObject({ status: 'ahead', applied: 0 });
      expect((await planDatabase(database, recent)).log.open).toEqual([]);
      expect((await rollBackDatabase(database, { selection }, old)).report.takenBack).toBeGreaterThan(0);
      await expectBack(database, before);
      expect((await migrateDatabase(database, recent)).report.status).toBe('ahead');
      expect((await migrateDatabase(database, old)).report).toMatchObject({ status: 'done', applied: 0 });
      proof('crash: killed rollback is finished by the next', kind);
      await database.drop();
    });

    test('at its last step is finished by the next rollback', { timeout: 200_000 }, async () => {
      if (!(await isReached(kind, place))) return expect(place).toBe('before-commit');
      const { database, before, selection } = await killed(kind, place, { hit: 'last' });
      expect((await rollBackDatabase(database, { selection }, old)).report.status).toBe('rolledBack');
      await expectBack(database, before);
      const again = await rollBackDatabase(database, { selection }, old).catch((error: unknown) => error);
      expect(again).toBeInstanceOf(MigrateError);
      expect(again).toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
      proof('crash: killed rollback is finished by the next', kind);
      await database.drop();
    });
  });
});

/** Where each statement commits by itself there is no moment between the event and its commit. */
async function isReached(kind: DatabaseKind, place: Failpoint): Promise<boolean> {
  return place !== 'before-commit' || (await loadDialect(kind)).traits.transactionalDdl;
}

/** A database whose rollback to the old models was killed in a process of its own, which had no models at all. */
async function killed(kind: DatabaseKind, place: Failpoint, { hit }: { hit: number | 'last' }) {
  const database = await createDatabase(kind, { name: 'kill' });
  const target = (await migrateDatabase(database, old)).report.head?.version ?? 0;
  const before = await readOracle(database);
  await database.run([`insert into item (id, word) values (1, 'a')`]);
  const { applied } = (await migrateDatabase(database, recent)).report;
  expect(applied).toBeGreaterThan(3);
  const project = createProject('const entities = [];');
  const env = { MIKRATE_FAILPOINT: `${place}:${hit === 'last' ? applied : hit}` };
  const args = ['rollback', '--to', String(target), '--yes'];
  const { exit, stdout, stderr } = await startCli(database, args, { cwd: project.folder, preload, env }).ended;
  expect(exit, stdout + stderr).toBe(128 + 9);
  return { database, before, selection: { kind: 'to', version: target } as const };
}

/** Schema and rows are as before, nothing was taken back twice, and the log is sound. */
async function expectBack(database: TestDatabase, before: OracleDocument): Promise<void> {
  expect(compareOracles(before, await readOracle(database))).toEqual([]);
  expect(await database.query('select word from item')).toEqual([{ word: 'a' }]);
  const rows = await readEvents(database);
  expect(findDamage(rows)).toBeUndefined();
  const taken = rows.filter(({ event }) => event === 'rolled_back').map(({ ref }) => ref);
  expect(taken.length).toBeGreaterThan(3);
  expect(new Set(taken).size).toBe(taken.length);
}
