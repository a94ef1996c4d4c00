import { defineEntity, p } from '@mikro-orm/core';
import { describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type DatabaseKind } from '../support/databases.ts';
import { migrateDatabase, planDatabase, type MigrateSettings } from '../support/migrate.ts';

/** A table whose trigger adds something to a column of each new row. */
function settings(kind: DatabaseKind, added: number | undefined): MigrateSettings {
  const bodies: { readonly [K in DatabaseKind]: string } = {
    postgresql: `NEW.score := NEW.score + ${added}; RETURN NEW;`,
    mysql: `set new.score = new.score + ${added}`,
    mariadb: `set new.score = new.score + ${added}`,
    sqlite: `update notes set score = new.score + ${added} where id = new.id`,
  };
  const trigger = {
    name: 'raise_score',
    timing: kind === 'sqlite' ? ('after' as const) : ('before' as const),
    events: ['insert' as const],
    forEach: 'row' as const,
    body: bodies[kind],
  };
  const Note = defineEntity({
    name: 'Note',
    tableName: 'notes',
    properties: { id: p.integer().primary(), score: p.integer() },
    triggers: added === undefined ? [] : [trigger],
  });
  return { config: { entities: [Note] }, flags: { redo: true } };
}

describe.each(databaseKinds)('a trigger of the models on %s', (kind) => {
  test('is made, changed, changed back and dropped, and each time the next plan is empty', async () => {
    const database = await createDatabase(kind, { name: 'triggers' });
    try {
      for (const added of [1, 10, 1, undefined]) {
        const models = settings(kind, added);
        expect((await migrateDatabase(database, models)).report.status).toBe('done');
        expect((await planDatabase(database, models)).plan.steps).toEqual([]);
        await database.run(['delete from notes', 'insert into notes (score) values (5)']);
        expect(await database.query('select score from notes')).toEqual([{ score: 5 + (added ?? 0) }]);
      }
    } finally {
      await database.drop();
    }
  });
});
