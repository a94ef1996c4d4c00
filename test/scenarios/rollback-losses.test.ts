import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPayload } from '../../src/history/state.ts';
import { notBroughtBack, type RollbackPlan } from '../../src/plan/rollback-plan.ts';
import { rollbackText } from '../../src/report/rollback-text.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, rollBackDatabase, type MigrateSettings } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';

const id = p.integer().primary();
const first = [
  defineEntity({
    name: 'Item',
    tableName: 'item',
    properties: { id, word: p.string().length(10), code: p.integer() },
    uniques: [{ name: 'item_code', properties: ['code'] }],
  }),
];
const second = [
  defineEntity({
    name: 'Item',
    tableName: 'item',
    properties: {
      id,
      word: p.string().length(20).nullable(),
      code: p.integer(),
      note: p.string().length(20).nullable(),
    },
  }),
  defineEntity({ name: 'Extra', tableName: 'extra', properties: { id, size: p.integer() } }),
];
/** As the second, without its column and its table. */
const third = [
  defineEntity({
    name: 'Item',
    tableName: 'item',
    properties: { id, word: p.string().length(20).nullable(), code: p.integer() },
  }),
];
type Obstacle = readonly [what: string, edit: readonly string[], message: RegExp];
const tooLong: Obstacle = [
  'a shorter type over longer values',
  [`update item set word = 'longer than ten' where id = 1`],
  /1 values do not fit/u,
];
const before: MigrateSettings = { config: { entities: first } };
const after: MigrateSettings = { config: { entities: second } };
const dropping: MigrateSettings = { config: { entities: third }, flags: { allowDestructive: true } };
/** As an image would have it that knows nothing of the application. */
const nothing: MigrateSettings = { config: { entities: [], discovery: { warnWhenNoEntities: false } } };

describe.each(databaseKinds)('what a rollback loses on %s', (kind) => {
  let database: TestDatabase;
  let target: number;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'loss' });
    target = (await migrateDatabase(database, before)).report.head?.version ?? 0;
    await migrateDatabase(database, after);
    await database.run([`insert into item (id, word, code) values (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)`]);
  });
  afterEach(() => database.drop());

  test('rows and values are counted as they are now, and go only with leave for exactly this', async () => {
    const empty = await plan();
    expect(empty.blocked).toEqual([]);
    expect(lossesOf(empty)).toEqual([]);
    proof('rollback: losses are counted and need leave', kind);

    await database.run([
      `update item set note = 'x' where id < 3`,
      `insert into extra (id, size) values (1, 1), (2, 2), (3, 3), (4, 4)`,
    ]);
    const full = await plan();
    expect(full.hash).toBe(empty.hash);
    expect(lossesOf(full)).toEqual([
      { kind: 'rows', table: 'extra', count: 4 },
      { kind: 'values', table: 'item', column: 'note', count: 2 },
    ]);
    proof('rollback: losses are counted and need leave', kind);

    const events = (await readEvents(database)).length;
    const wrong = `${full.hash.startsWith('0') ? '1' : '0'}${full.hash.slice(1)}`;
    for (const approve of [undefined, wrong, full.hash.slice(0, 11), `${full.hash}0`])
      await expect(back(approve)).rejects.toMatchObject({
        code: 'APPROVAL_NEEDED',
        exitCode: 3,
        state: 'nothing was changed',
        fix: expect.stringContaining(full.hash),
        message: expect.stringMatching(/(?=[^]*4 rows of extra are lost)(?=[^]*2 values of item\.note are lost)/u),
      });
    expect((await readEvents(database)).length).toBe(events);
    expect(await database.query('select count(*) as n from extra')).toEqual([{ n: expect.anything() }]);

    expect((await back(full.hash)).report.status).toBe('rolledBack');
    await expect(database.query('select 1 from extra')).rejects.toThrow();
    await expect(database.query('select note from item')).rejects.toThrow();
    expect((await migrateDatabase(database, before)).report).toMatchObject({ status: 'done', applied: 0 });
    proof('rollback: losses are counted and need leave', kind);
  });

  test('what went when a column and a table were dropped is counted then, and is said not to come back', async () => {
    await database.run([
      `update item set note = 'x' where id < 3`,
      `insert into extra (id, size) values (1, 1), (2, 2), (3, 3)`,
    ]);
    const { report } = await migrateDatabase(database, dropping);
    const events = (await readEvents(database)).map(readPayload).filter(({ run }) => run === report.runId);
    expect(events.flatMap(({ losses = [] }) => losses)).toEqual(
      expect.arrayContaining([
        { kind: 'rows', table: 'extra', count: 3 },
        { kind: 'values', table: 'item', column: 'note', count: 2 },
      ]),
    );
    const selection = { kind: 'run', id: report.runId ?? '' } as const;
    const lost = [
      '2 values of item.note, which went when it was dropped, do not come back',
      '3 rows of extra, which went when it was dropped, do not come back',
    ];
    const planned = (await rollBackDatabase(database, { selection, yes: false }, nothing)).report.plan;
    expect(notBroughtBack(planned).toSorted()).toEqual(lost.toSorted());
    const text = rollbackText(planned, { sql: false });
    expect(text).not.toContain('Nothing is lost');
    for (const line of lost) expect(text.indexOf(line)).toBeLessThan(text.indexOf('↩️'));
    const { facts } = await rollBackDatabase(database, { selection, approve: planned.hash }, nothing);
    expect(facts.find((fact) => fact.kind === 'runFinished')).toMatchObject({
      kind: 'runFinished',
      outcome: { notBroughtBack: expect.arrayContaining(lost) },
    });
    proof('rollback: what does not come back is said', kind);
  });

  test('a drop that took nothing away is brought back whole', async () => {
    await migrateDatabase(database, dropping);
    const selection = { kind: 'steps', count: 2 } as const;
    const planned = (await rollBackDatabase(database, { selection, yes: false }, nothing)).report.plan;
    expect(planned.changes).toMatchObject([{ restores: 'everything' }, { restores: 'everything' }]);
    expect(planned.changes.map(({ summary }) => summary).toSorted()).toEqual([
      'drop column item.note',
      'drop table extra',
    ]);
    expect(rollbackText(planned, { sql: false })).toContain('Nothing is lost');
    proof('rollback: what does not come back is said', kind);
  });

  test('a loss that came since the plan was shown does not make the leave invalid, another change does', async () => {
    await database.run([`update item set note = 'x' where id = 1`]);
    const { hash } = await plan();
    await migrateDatabase(database, {
      config: { entities: [...second, defineEntity({ name: 'More', tableName: 'more', properties: { id } })] },
    });
    await expect(back(hash)).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' });
  });

  test.each<Obstacle>([
    [
      'NOT NULL over rows that hold NULL',
      ['update item set word = null where id < 3'],
      /item\.word[^]*2 rows hold NULL/u,
    ],
    // To SQLite a length is a word.
    ...(kind === 'sqlite' ? [] : [tooLong]),
    ['a unique over duplicates', ['update item set code = 7'], /item_code.*1 groups of rows have the same values/u],
    [
      'a table that a view of someone else uses',
      ['create view theirs as select size from extra'],
      /used by the view theirs/u,
    ],
    [
      'a table that a table of someone else refers to',
      [
        kind === 'mysql' || kind === 'mariadb'
          ? 'create table theirs (a int unsigned, constraint theirs_fk foreign key (a) references extra (id))'
          : 'create table theirs (a integer, constraint theirs_fk foreign key (a) references extra (id))',
      ],
      /used by the foreign key \S+ of theirs/u,
    ],
  ])('%s is refused before the first statement', async (_what, edit, message) => {
    await database.run(edit);
    const events = (await readEvents(database)).length;
    const { blocked, hash } = await plan();
    expect(blocked.map((item) => item.message).join('\n')).toMatch(message);
    await expect(back(hash)).rejects.toMatchObject({
      code: 'ROLLBACK_IMPOSSIBLE',
      exitCode: 3,
      message: expect.stringMatching(message),
      state: 'nothing was changed',
    });
    expect((await readEvents(database)).length).toBe(events);
    proof('rollback: what cannot succeed is refused before the first statement', kind);
    if (edit[0]?.startsWith('create view')) await database.run(['drop view theirs']);
    if (edit[0]?.startsWith('create table')) await database.run(['drop table theirs']);
  });

  async function plan(): Promise<RollbackPlan> {
    return (await rollBackDatabase(database, { selection: { kind: 'to', version: target }, yes: false }, nothing))
      .report.plan;
  }

  function back(approve?: string) {
    const selection = { kind: 'to', version: target } as const;
    return rollBackDatabase(database, { selection, ...(approve !== undefined && { approve }) }, nothing);
  }
});

function lossesOf({ changes }: RollbackPlan) {
  return changes.flatMap(({ losses }) => losses).toSorted((a, b) => (a.table < b.table ? -1 : 1));
}
