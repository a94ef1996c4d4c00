import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPayload } from '../../src/history/state.ts';
import type { RollbackRequest } from '../../src/history/rollback-request.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, rollBackDatabase, type MigrateSettings } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';

const id = p.integer().primary();
const word = p.string().length(20).nullable();
const odd = 'it\'s "a" `b` 100%\nz';

/** Three releases: a table, a column of it, and a table beside it with a column of the first. */
const releases: readonly MigrateSettings[] = [
  { config: { entities: [item({})] } },
  { config: { entities: [item({ b: word })] } },
  { config: { entities: [item({ b: word }), defineEntity({ name: 'Odd', tableName: odd, properties: { id } })] } },
  {
    config: {
      entities: [item({ b: word, c: word }), defineEntity({ name: 'Odd', tableName: odd, properties: { id } })],
    },
  },
];

describe.each(databaseKinds)('what is taken back on %s', (kind) => {
  let database: TestDatabase;
  let runs: string[];

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'select' });
    for (const release of releases) await migrateDatabase(database, release);
    const payloads = (await readEvents(database)).map(readPayload);
    runs = [...new Set(payloads.map(({ run }) => run))];
  });
  afterEach(() => database.drop());

  test('the last changes, then those before them', async () => {
    expect(await takeBack({ kind: 'steps', count: 1 })).toEqual([expect.stringContaining('item.c')]);
    expect(await takeBack({ kind: 'steps', count: 2 })).toEqual([
      `create table ${odd}`,
      expect.stringContaining('item.b'),
    ]);
    expect(await takeBack({ kind: 'steps', count: 99 })).toEqual(['create table item']);
    await expect(takeBack({ kind: 'steps', count: 1 })).rejects.toMatchObject({
      code: 'NOTHING_TO_ROLL_BACK',
      exitCode: 64,
    });
    await expect(takeBack({ kind: 'to', version: 0 })).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
    proof('rollback: by steps and by run', kind);
  });

  test('what one run did, by the beginning of its id; refused where later changes touch the same', async () => {
    const [, second = '', third = '', fourth = ''] = runs;
    await expect(takeBack({ kind: 'run', id: second })).rejects.toMatchObject({
      code: 'ROLLBACK_IMPOSSIBLE',
      message: expect.stringMatching(/version \d+ \("add column item\.c.*came later and touches the same/u),
    });
    expect(await takeBack({ kind: 'run', id: third.slice(0, 13) })).toEqual([`create table ${odd}`]);
    expect(await takeBack({ kind: 'run', id: fourth })).toEqual([expect.stringContaining('item.c')]);
    expect(await takeBack({ kind: 'run', id: second })).toEqual([expect.stringContaining('item.b')]);
    await expect(takeBack({ kind: 'run', id: second })).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
    await expect(takeBack({ kind: 'run', id: 'no-such' })).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
    await expect(takeBack({ kind: 'run', id: '' })).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
    proof('rollback: by steps and by run', kind);
  });

  test('after a rollback and --redo only what is there is taken back', async () => {
    await takeBack({ kind: 'steps', count: 2 });
    await migrateDatabase(database, { ...releases[3], flags: { redo: true } });
    expect((await takeBack({ kind: 'steps', count: 2 })).length).toBe(2);
    expect((await takeBack({ kind: 'to', version: 0 })).length).toBe(2);
    proof('rollback: by steps and by run', kind);
  });

  /** What was taken back, in words. */
  async function takeBack(selection: RollbackRequest): Promise<string[]> {
    const { report } = await rollBackDatabase(database, { selection }, releases[0]);
    return report.plan.changes.map(({ summary }) => summary);
  }
});

function item(columns: Record<string, typeof word>) {
  return defineEntity({ name: 'Item', tableName: 'item', properties: { id, ...columns } });
}
