import { defineEntity, p } from '@mikro-orm/core';
import { describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { migrateDatabase, planDatabase } from '../support/migrate.ts';
import { readRows } from '../support/rows.ts';

const before = defineEntity({
  name: 'Note',
  tableName: 'notes',
  properties: { id: p.integer().primary(), body: p.string(), mark: p.integer().index() },
});
const after = defineEntity({
  name: 'Note',
  tableName: 'notes',
  properties: { id: p.integer().primary(), text: p.string(), mark: p.integer().index() },
});
const rows = [
  `insert into notes (body, mark) values ('first', 1)`,
  `insert into notes (body, mark) values ('second', 2)`,
];

describe.each(databaseKinds)('%s', (kind) => {
  test('a dropped and an added column of one type block until somebody says which it is', async () => {
    const database = await createDatabase(kind, { name: 'rename' });
    await migrateDatabase(database, { config: { entities: [before] } });
    await database.run(rows);
    const asked = await planDatabase(database, { config: { entities: [after] } });
    expect(asked.plan.blocked.map(({ code }) => code)).toContain('ANSWER_NEEDED');
    await expect(migrateDatabase(database, { config: { entities: [after] } })).rejects.toMatchObject({
      code: 'PLAN_BLOCKED',
    });
    expect(await readRows(database, 'notes')).toHaveLength(2);
    const options = { tables: { notes: { columns: { text: { renamedFrom: 'body' } } } } };
    const { report } = await migrateDatabase(database, { config: { entities: [after] }, options });
    expect(report.plan.steps.map(({ operation }) => operation.kind)).toEqual(['renameColumn']);
    expect((await readRows(database, 'notes')).map((row) => row['text'])).toEqual(['first', 'second']);
    const inert = await migrateDatabase(database, { config: { entities: [after] }, options });
    expect(inert.report.status).toBe('nothing');
    await database.drop();
  });

  test('a column declared as new is added beside the old one, whose values stay', async () => {
    const database = await createDatabase(kind, { name: 'fresh' });
    await migrateDatabase(database, { config: { entities: [before] } });
    await database.run(rows);
    const options = {
      tables: { notes: { columns: { text: { renamedFrom: false as const, backfill: { value: 'none' } } } } },
    };
    const { report } = await migrateDatabase(database, { config: { entities: [after] }, options });
    expect(report.plan.withheld.map(({ operation }) => operation.kind)).toEqual(['dropColumn']);
    const found = await readRows(database, 'notes');
    expect(found.map((row) => [row['body'], row['text']])).toEqual([
      ['first', 'none'],
      ['second', 'none'],
    ]);
    expect((await planDatabase(database, { config: { entities: [after] }, options })).plan.steps).toEqual([]);
    await database.drop();
  });

  test('a table moved aside by hand keeps its rows and makes room for the names of the new one', async () => {
    const database = await createDatabase(kind, { name: 'aside' });
    await migrateDatabase(database, { config: { entities: [before] } });
    await database.run([...rows, 'alter table notes rename to notes_kept']);
    await migrateDatabase(database, { config: { entities: [before] } });
    expect(await readRows(database, 'notes_kept')).toHaveLength(2);
    expect(await readRows(database, 'notes')).toHaveLength(0);
    expect((await planDatabase(database, { config: { entities: [before] } })).plan.steps).toEqual([]);
    await database.drop();
  });
});
