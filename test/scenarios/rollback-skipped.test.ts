import { defineEntity, p } from '@mikro-orm/core';
import { expect, test } from 'vitest';
import { readPayload } from '../../src/history/state.ts';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { migrateDatabase, rollBackDatabase } from '../support/migrate.ts';
import { createProject } from '../support/project.ts';
import { readEvents } from '../support/read-events.ts';

const Item = defineEntity({
  name: 'Item',
  tableName: 'items',
  properties: { id: p.integer().primary(), word: p.string().length(20), note: p.string().length(50).nullable() },
});

const files = {
  'migrations/001_note.sql': `
-- migrate:up
alter table items add column note varchar(50);
-- migrate:expect-no-rows select id from items where note is not null
-- migrate:down
alter table items drop column note;`,
  'migrations/002_nowhere.sql': '-- migrate:when exists:nowhere\nalter table nowhere add column note varchar(50);',
  'migrations/003_note.sql': '-- migrate:when missing:items.note\nalter table items add column note varchar(50);',
};

test.each(databaseKinds)(
  'a file that was taken back is done again, and those after it that had nothing to do are looked at again, on %s',
  async (kind) => {
    const database = await createDatabase(kind, { name: 'skipped' });
    await database.run(['create table items (id integer primary key, word varchar(20) not null)']);
    const settings = { config: { entities: [Item] }, root: createProject(files) };
    await migrateDatabase(database, settings);
    const events = (await readEvents(database)).map(readPayload);
    const added = events.find(({ migration, operation }) => migration === '001_note' && operation !== undefined);
    const request = { selection: { kind: 'to', version: (added?.version ?? 0) - 1 } } as const;
    const planned = await rollBackDatabase(database, { ...request, yes: false }, settings);
    const back = await rollBackDatabase(database, { ...request, approve: planned.report.plan.hash }, settings);
    expect(back.report.status).toBe('rolledBack');
    await expect(database.query('select note from items')).rejects.toThrow();
    const again = await migrateDatabase(database, { ...settings, flags: { redo: true } });
    expect(again.report.status).toBe('done');
    expect(await database.query('select note from items')).toEqual([]);
    const completed = (await readEvents(database)).map(readPayload).filter(({ file }) => file);
    const names = ['001_note', '002_nowhere', '003_note'];
    expect(completed.map(({ migration }) => migration)).toEqual([...names, ...names]);
    await database.drop();
  },
);
