import { defineEntity, p } from '@mikro-orm/core';
import { expect, test } from 'vitest';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { migrateDatabase } from '../support/migrate.ts';
import { createProject } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { payloadsOf } from './support/items.ts';

const Item = defineEntity({
  name: 'Item',
  tableName: 'items',
  properties: { id: p.integer().primary().autoincrement(false), word: p.string().length(20) },
});

/** Writes through the EntityManager: one transaction within another, of which the inner one is given up. */
const code = `
export const data = true;
export async function up({ em }) {
  await em.transactional(async (outer) => {
    outer.persist(outer.create('Item', { id: 1, word: 'kept' }));
    await outer.flush();
    await outer
      .transactional(async (inner) => {
        inner.persist(inner.create('Item', { id: 2, word: 'given up' }));
        await inner.flush();
        throw new Error('given up');
      })
      .catch(() => undefined);
  });
}
`;

test.each(databaseKinds)('a migration may use transactions of its EntityManager on %s', async (kind) => {
  const database = await createDatabase(kind, { name: 'entity_manager' });
  const root = createProject({ 'migrations/001_items.js': code });
  const { report } = await migrateDatabase(database, { config: { entities: [Item] }, root });
  expect(report.status).toBe('done');
  expect(await database.query('select word from items order by id')).toEqual([{ word: 'kept' }]);
  proof('sequence: transactions of the EntityManager', kind);
  await database.drop();
});

const ddl = `
export async function up({ em }) {
  await em.execute('create table made (id integer not null)');
}
`;

test.each(databaseKinds)('what it does to the schema through its EntityManager is found out on %s', async (kind) => {
  const database = await createDatabase(kind, { name: 'entity_manager' });
  await database.run(['create table other (id integer not null)']);
  const root = createProject({ 'migrations/001_made.js': ddl });
  await migrateDatabase(database, { config: { entities: [Item] }, root });
  const done = (await payloadsOf(database)).filter(({ migration, file }) => migration === '001_made' && file);
  expect(done).toMatchObject([{ event: 'applied', derived: [{ kind: 'createTable', table: { name: 'made' } }] }]);
  proof('sequence: transactions of the EntityManager', kind);
  await database.drop();
});
