import { defineEntity, p } from '@mikro-orm/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quoteName } from '../support/connections/quote.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase } from '../support/migrate.ts';
import { readOracle } from '../support/oracle/index.ts';
import { readRows } from '../support/rows.ts';
import { hostileNames, impossibleNames, type Kind } from './names.ts';

const kinds: readonly Kind[] = ['table', 'column', 'index', 'constraint'];

/** Models with one name in one place. */
function modelsOf(place: Kind, name: string) {
  const of = (here: Kind, other: string): string => (place === here ? name : other);
  const parent = defineEntity({ name: 'Parent', tableName: 'p', properties: { id: p.integer().primary() } });
  const child = defineEntity({
    name: 'Child',
    tableName: of('table', 'c'),
    properties: {
      id: p.integer().primary(),
      a: p.integer().fieldName(of('column', 'a')),
      parent: () => p.manyToOne(parent).joinColumn('parent_id').foreignKeyName(of('constraint', 'fk')),
    },
    indexes: [{ name: of('index', 'i'), properties: ['a'] }],
  });
  return { config: { entities: [parent, child] } };
}

/** What the server itself is to refuse. */
function statementsOf(kind: DatabaseKind, place: Kind, name: string): readonly string[] {
  const own = quoteName(kind, name);
  const constraint = `constraint ${own} foreign key (b) references refusing (a)`;
  const table = 'create table refusing (a integer primary key, b integer)';
  return {
    table: [`create table ${own} (a integer)`],
    column: [`create table refusing (${own} integer)`],
    index: [table, `create index ${own} on refusing (b)`],
    constraint: [
      table,
      kind === 'sqlite' ? `create table other (b integer, ${constraint})` : `alter table refusing add ${constraint}`,
    ],
  }[place];
}

describe.each(databaseKinds)('names that %s does not take', (kind) => {
  const refused = hostileNames.flatMap(({ name, refusedOn }) =>
    (refusedOn?.[kind] ?? []).map((place) => ({ place, name, code: 'NAME_FORBIDDEN' })),
  );
  const impossible = impossibleNames(kind).flatMap(([name, code]) => kinds.map((place) => ({ place, name, code })));
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase(kind, { name: 'refusing' });
    await database.run([
      'create table canary (id integer primary key, song varchar(20))',
      "insert into canary values (1, 'tweet')",
    ]);
  });
  afterAll(() => database?.drop());

  test.each([...refused, ...impossible])(
    '$code, before the first statement: $place $name',
    async ({ place, name, code }) => {
      const before = [await readOracle(database), await readRows(database, 'canary')];
      const { plan } = await planDatabase(database, modelsOf(place, name));
      expect(plan.blocked.map((blocked) => blocked.code)).toContain(code);
      await expect(migrateDatabase(database, modelsOf(place, name))).rejects.toMatchObject({
        code: 'PLAN_BLOCKED',
        exitCode: 3,
        state: 'nothing was changed',
      });
      expect([await readOracle(database, { ignoreTables: [] }), await readRows(database, 'canary')]).toEqual(before);
    },
  );

  // MySQL takes them and keeps a question mark; a table of such a name could not even be dropped.
  const garbled = refused.filter(({ name }) => kind === 'mysql' && /[\u{10000}-\u{10ffff}]/u.test(name));

  test.each(garbled.filter(({ place }) => place === 'column'))(
    'the server keeps another name: $place $name',
    async ({ place, name }) => {
      await database.run(statementsOf(kind, place, name));
      const found = await database.query(
        "select column_name as n from information_schema.columns where table_schema = database() and table_name = 'refusing'",
      );
      expect(found.map(({ n }) => n)).toEqual([name.replace('🙂', '?')]);
      await database.query('drop table refusing');
    },
  );

  test.each(refused.filter((item) => !garbled.includes(item)))(
    'the server itself refuses it: $place $name',
    async ({ place, name }) => {
      const statements = statementsOf(kind, place, name);
      const other = await createDatabase(kind, { name: 'refusing' });
      try {
        await other.run(statements.slice(0, -1));
        await expect(other.run(statements.slice(-1))).rejects.toThrow(/./u);
      } finally {
        await other.drop();
      }
    },
  );
});
