import { defineEntity, p, type EntitySchema } from '@mikro-orm/core';
import { describe, expect, test } from 'vitest';
import { describeObject } from '../../src/diff/index.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, type MigrateSettings } from '../support/migrate.ts';
import { remainder } from '../support/remainder.ts';

interface Shape {
  readonly key: 'integer' | 'bigint';
  /** Name of the table of people. */
  readonly table?: string;
  readonly title?: 'title' | 'heading';
  /** Length of a word: shorter than before is withheld. */
  readonly length?: number;
}

/** People and their posts, which refer to them. */
function modelsOf({ key, table = 'people', title = 'title', length = 40 }: Shape): readonly EntitySchema[] {
  const id = () => (key === 'integer' ? p.integer() : p.bigint('number'));
  const person = defineEntity({
    name: 'Person',
    tableName: table,
    properties: { id: id().primary(), word: p.string().length(length) },
  });
  const post = defineEntity({
    name: 'Post',
    tableName: 'posts',
    properties: {
      id: p.integer().primary(),
      title: p.string().length(50).fieldName(title).nullable(),
      person: () => p.manyToOne(person).joinColumn('person_id').foreignKeyName('posts_fk'),
    },
  });
  return [person, post] as never;
}

const settings = (shape: Shape, options: MigrateSettings['options'] = {}): MigrateSettings => ({
  config: { entities: [...modelsOf(shape)] },
  options,
});

/** Somebody else's objects: a view of posts, and a table with a foreign key to people. */
async function addForeign(database: TestDatabase, { withKey = true } = {}): Promise<void> {
  await database.run([
    `insert into people (word) values ('a')`,
    `insert into posts (title, person_id) values ('one', 1), ('two', 1)`,
    'create view theirs as select id, title, person_id from posts',
    ...(withKey
      ? [
          `create table notes (id integer primary key, person_id ${keyType[database.kind]}, constraint notes_fk foreign key (person_id) references people (id))`,
          'insert into notes values (1, 1)',
        ]
      : []),
  ]);
}

const keyType = { sqlite: 'integer', postgresql: 'integer', mysql: 'int unsigned', mariadb: 'int unsigned' } as const;

async function withDatabase(kind: DatabaseKind, work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await createDatabase(kind, { name: 'dependants' });
  try {
    await work(database);
  } finally {
    await database.drop();
  }
}

describe.each(databaseKinds)('what stands in the way of a change, on %s', (kind) => {
  test('a numbered key grows with everything of ours that refers to it, and a view of somebody else lives on', () =>
    withDatabase(kind, async (database) => {
      await migrateDatabase(database, settings({ key: 'integer' }));
      await addForeign(database, { withKey: false });
      await migrateDatabase(database, settings({ key: 'bigint' }));
      expect(remainder((await planDatabase(database, settings({ key: 'bigint' }))).plan).toSorted()).toEqual([
        'view theirs',
      ]);
      expect(await database.query('select title from theirs order by id')).toEqual([
        { title: 'one' },
        { title: 'two' },
      ]);
      await expect(database.query(`insert into posts (title, person_id) values ('orphan', 99)`)).rejects.toThrow(
        /foreign key/iu,
      );
    }));

  test('a key that somebody else refers to either grows or blocks the plan before its first statement', () =>
    withDatabase(kind, async (database) => {
      await migrateDatabase(database, settings({ key: 'integer' }));
      await addForeign(database);
      const { plan } = await planDatabase(database, settings({ key: 'bigint' }));
      const isBlocked = kind === 'mysql' || kind === 'mariadb';
      expect(plan.blocked.map(({ code }) => code)).toEqual(isBlocked ? ['NOT_SUPPORTED'] : []);
      const outcome = await migrateDatabase(database, settings({ key: 'bigint' })).catch((error: unknown) => error);
      expect(outcome).toMatchObject(
        isBlocked ? { code: 'PLAN_BLOCKED', state: 'nothing was changed' } : { report: { status: 'done' } },
      );
      await expect(database.query('insert into notes values (2, 99)')).rejects.toThrow(/foreign key/iu);
      expect(plan.notOurs.map(describeObject)).toEqual(expect.arrayContaining(['table notes', 'view theirs']));
    }));

  test('a renamed column and table leave a view of somebody else as it was, and not ours', () =>
    withDatabase(kind, async (database) => {
      await migrateDatabase(database, settings({ key: 'integer' }));
      await addForeign(database);
      const renames = {
        tables: { persons: { renamedFrom: 'people' }, posts: { columns: { heading: { renamedFrom: 'title' } } } },
      };
      const renamed = settings({ key: 'integer', table: 'persons', title: 'heading' }, renames);
      await migrateDatabase(database, renamed);
      // SQLite's own renaming gives the column of the view the new name too.
      const title = kind === 'sqlite' ? 'heading' : 'title';
      expect(await database.query(`select ${title} as t from theirs order by id`)).toEqual([
        { t: 'one' },
        { t: 'two' },
      ]);
      expect(remainder((await planDatabase(database, renamed)).plan).toSorted()).toEqual([
        'table notes',
        'view theirs',
      ]);
    }));

  test('nothing is moved out of the way of a change that is withheld', () =>
    withDatabase(kind, async (database) => {
      await migrateDatabase(database, settings({ key: 'integer' }));
      await addForeign(database);
      await database.run(['create view words as select word from people']);
      const { plan } = await planDatabase(database, settings({ key: 'integer', length: 20 }));
      expect(plan.steps).toEqual([]);
      // To SQLite both lengths are one type.
      expect(plan.withheld.map(({ operation }) => operation.kind)).toEqual(kind === 'sqlite' ? [] : ['changeType']);
    }));
});
