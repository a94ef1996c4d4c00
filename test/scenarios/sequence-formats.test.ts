import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { findDamage } from '../../src/history/chain.ts';
import { readPayload } from '../../src/history/state.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import {
  connectTo,
  migrateDatabase,
  planDatabase,
  rollBackDatabase,
  type MigrateSettings,
} from '../support/migrate.ts';
import { compareOracles, readOracle } from '../support/oracle/index.ts';
import { createProject } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { readRows } from '../support/rows.ts';
import { formatCases } from './support/format-files.ts';

const Item = defineEntity({
  name: 'Item',
  tableName: 'items',
  properties: { id: p.integer().primary(), word: p.string().length(20), note: p.string().length(50).nullable() },
});

describe.each(databaseKinds)('files on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'formats' });
    await database.run([
      'create table items (id integer not null primary key, word varchar(20) not null)',
      `insert into items (id, word) values (1, 'one'), (2, 'two')`,
    ]);
  });
  afterEach(() => database.drop());

  test.each(formatCases)('$name: up, down and up again, schema and rows equal at each end', async (given) => {
    const project: MigrateSettings = { config: { entities: [Item] }, root: createProject(given.files) };
    const connection = await connectTo(database, project);
    onTestFinished(() => connection.close());
    const settings = { ...project, connection };
    const old = { oracle: await readOracle(database), items: await readRows(database, 'items') };
    expect((await planDatabase(database, settings)).plan.files).toMatchObject([{ format: given.format }]);
    expect((await migrateDatabase(database, settings)).report.status).toBe('done');
    const upgraded = await readOracle(database);
    expect(await readRows(database, 'extras')).toEqual([{ id: '1', word: `it's; one` }].map(asRead));
    expect((await migrateDatabase(database, settings)).report).toMatchObject({ status: 'nothing', applied: 0 });

    await takeBack(settings, given.back);
    expect(compareOracles(old.oracle, await readOracle(database))).toEqual([]);
    expect(await readRows(database, 'items')).toEqual(old.items);
    expect((await migrateDatabase(database, settings)).report).toMatchObject({ status: 'ahead', applied: 0 });

    const again = await migrateDatabase(database, { ...settings, flags: { redo: true } });
    expect(again.report.status).toBe('done');
    expect(compareOracles(upgraded, await readOracle(database))).toEqual([]);
    expect(await readRows(database, 'extras')).toHaveLength(1);
    expect((await migrateDatabase(database, settings)).report).toMatchObject({ status: 'nothing', applied: 0 });
    expect(findDamage(await readEvents(database))).toBeUndefined();
    proof('sequence: format up, down and up again', kind);
  });

  /** Everything that files did, with leave for what is lost. */
  async function takeBack(settings: MigrateSettings, back: 'stored' | 'code' | 'derived'): Promise<void> {
    const events = (await readEvents(database)).map(readPayload);
    const first = events.find(({ event }) => event === 'started' || event === 'applied')?.version ?? 0;
    const selection = { kind: 'to', version: first - 1 } as const;
    const { plan } = (await rollBackDatabase(database, { selection, yes: false }, settings)).report;
    expect(plan.blocked).toEqual([]);
    expect(plan.changes.some((change) => change.runsStoredSql === true)).toBe(back === 'stored');
    expect(plan.changes.some(({ runsCode }) => runsCode !== undefined)).toBe(back === 'code');
    const { report, facts } = await rollBackDatabase(database, { selection, approve: plan.hash }, settings);
    expect(report.status).toBe('rolledBack');
    expect(facts.filter((fact) => fact.kind === 'noticed')).toEqual([]);
  }
});

function asRead({ id, word }: { readonly id: string; readonly word: string }) {
  return { id: expect.toSatisfy((value: unknown) => String(value) === id), word };
}
