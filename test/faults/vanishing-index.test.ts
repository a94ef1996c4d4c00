import { defineEntity, p } from '@mikro-orm/core';
import { expect, test } from 'vitest';
import { autoId, int } from '../../models/types/columns.ts';
import type { OrmOptions } from '../../src/config/target.ts';
import { onFailpoint } from '../../src/events/failpoint.ts';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { migrateDatabase } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';

const Parent = defineEntity({ name: 'Parent', properties: { id: autoId() } });
const LooseChild = defineEntity({
  name: 'Child',
  properties: { id: autoId(), parent: int().fieldName('parent_id'), position: int() },
});
const Child = defineEntity({
  name: 'Child',
  properties: {
    id: autoId(),
    parent: () => p.manyToOne(Parent).fieldName('parent_id').updateRule('no action').deleteRule('no action'),
    position: int(),
  },
  indexes: [{ name: 'by_parent', properties: ['parent', 'position'] }],
});
const loose: OrmOptions = { entities: [Parent, LooseChild] };
const bound: OrmOptions = { entities: [Parent, Child] };
const kinds = databaseKinds.filter((kind) => kind === 'mysql' || kind === 'mariadb');

test.each(kinds)('a crash after an index that made %s take its own away is settled by the next run', async (kind) => {
  const database = await createDatabase(kind, { name: 'vanish' });
  const indexNames = async (): Promise<unknown[]> =>
    (
      await database.query(
        "select distinct index_name as n from information_schema.statistics where table_schema = database() and table_name = 'child' order by 1",
      )
    ).map((row) => row['n']);
  try {
    await migrateDatabase(database, { config: loose });
    await database.run(['alter table child add constraint own foreign key (parent_id) references parent (id)']);
    expect(await indexNames()).toEqual(['own', 'PRIMARY']);
    onFailpoint(async (name) => {
      if (name === 'after-ddl') throw new Error('the power went out');
    });
    await expect(migrateDatabase(database, { config: bound })).rejects.toThrow(/the power went out/u);
    onFailpoint(async () => {});
    expect(await indexNames()).toEqual(['by_parent', 'PRIMARY']);
    expect((await migrateDatabase(database, { config: bound })).report.status).toBe('done');
    expect((await readEvents(database)).map(({ event }) => event)).toContain('settled');
    expect((await migrateDatabase(database, { config: bound })).report.status).toBe('nothing');
    proof('crash: killed run is finished by the next', kind);
  } finally {
    onFailpoint(async () => {});
    await database.drop();
  }
});
