import { defineEntity, MikroORM, p } from '@mikro-orm/postgresql';
import { expect, test } from 'vitest';
import { emptySchema } from '../../../src/schema/schema.ts';
import { dumpAndRestore } from '../../support/dump.ts';
import { withSession } from '../../support/open-session.ts';
import { postgres } from '../../../src/dialects/postgres/index.ts';
import { apply, column, tableOf, withPostgres } from './with-postgres.ts';

const Item = defineEntity({
  name: 'Item',
  tableName: 'item',
  properties: { id: p.integer().primary(), name: p.string().default('x'), at: p.datetime(3).defaultRaw('now()') },
});

const table = tableOf(
  'item',
  [
    column('id', { type: 'integer', bits: 32 }, { nullable: false, autoIncrement: true }),
    column('name', { type: 'string', length: 255 }, { nullable: false, default: { value: 'x' } }),
    column('at', { type: 'datetime', precision: 3, zone: true }, { nullable: false, default: { now: true } }),
  ],
  { primaryKey: { name: 'item_pkey', columns: ['id'] } },
);

test('MikroORM inserts one and many into a numbered table of ours, with and without an id', async () => {
  await withPostgres(async (session, database) => {
    await apply(session, { kind: 'createTable', table }, emptySchema);
    const orm = await MikroORM.init({ entities: [Item], clientUrl: database.url });
    try {
      const em = orm.em.fork();
      const items = [em.create(Item, { name: 'one' }), em.create(Item, {})];
      await em.flush();
      expect(items.map(({ id }) => id)).toEqual([1, 2]);
      await em.insertMany(Item, [{ name: 'three' }, { id: 40, name: 'forty' }]);
      await session.run('delete from item where id = 40');
      expect(await session.query('select id, name from item order by id')).toEqual([
        { id: 1, name: 'one' },
        { id: 2, name: 'x' },
        { id: 3, name: 'three' },
      ]);
    } finally {
      await orm.close(true);
    }
  });
});

test('a dump and restore changes nothing that inspection sees', async () => {
  await withPostgres(async (session, database) => {
    const rich = tableOf(
      'rich',
      [
        ...Object.values(table.columns),
        column('g', { type: 'text' }, { generated: { expression: 'upper((name)::text)', stored: true } }),
      ],
      {
        checks: [{ name: 'c', expression: "((name)::text <> 'A'::text) AND (id > 0)" }],
        indexes: [
          {
            name: 'i',
            parts: [{ expression: 'lower((name)::text)', descending: true }],
            unique: true,
            where: 'id > 5',
          },
        ],
      },
    );
    const schema = await apply(session, { kind: 'createTable', table: rich }, emptySchema);
    const copy = await dumpAndRestore(database);
    try {
      await withSession(copy, async (restored) => {
        await postgres.prepareSession(restored);
        expect(await postgres.inspect(restored, {})).toEqual(schema);
      });
    } finally {
      await copy.drop();
    }
  });
});
