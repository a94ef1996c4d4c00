import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OrmOptions } from '../../src/config/target.ts';
import { autoId, int } from '../../models/types/columns.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase } from '../support/migrate.ts';
import { compareOracles, readOracle, type OracleDocument } from '../support/oracle/index.ts';
import { readRows } from '../support/rows.ts';

const Parent = defineEntity({ name: 'Parent', properties: { id: autoId() } });

/** A child whose foreign key has an index `by_parent` over these properties. */
function childIndexedBy(properties: ('parent' | 'position')[]): OrmOptions {
  const Child = defineEntity({
    name: 'Child',
    properties: {
      id: autoId(),
      parent: () => p.manyToOne(Parent).fieldName('parent_id').updateRule('no action').deleteRule('no action'),
      position: int(),
    },
    indexes: [{ name: 'by_parent', properties }],
  });
  return { entities: [Parent, Child] };
}

const LooseChild = defineEntity({
  name: 'Child',
  properties: { id: autoId(), parent: int().fieldName('parent_id'), position: int() },
});
const unbound: OrmOptions = { entities: [Parent, LooseChild] };

describe.each(databaseKinds)('the index of a foreign key on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind);
  });

  afterEach(() => database.drop());

  test.each([
    ['grows under its name', childIndexedBy(['parent']), childIndexedBy(['parent', 'position'])],
    ['shrinks under its name', childIndexedBy(['parent', 'position']), childIndexedBy(['parent'])],
    ['moves behind the column', childIndexedBy(['parent']), childIndexedBy(['position', 'parent'])],
    ['goes with its foreign key', childIndexedBy(['parent']), unbound],
    ['comes with its foreign key', unbound, childIndexedBy(['parent', 'position'])],
  ])('%s', async (_, before, after) => {
    await migrateDatabase(database, { config: before });
    await database.run([
      'insert into parent (id) values (1)',
      'insert into child (id, parent_id, position) values (7, 1, 3)',
    ]);
    expect((await migrateDatabase(database, { config: after })).report.status).toBe('done');
    expect((await migrateDatabase(database, { config: after })).report.status).toBe('nothing');
    expect(compareOracles(await readFresh(database, after), await readOracle(database))).toEqual([]);
    expect(await readRows(database, 'child')).toEqual([{ id: 7, parent_id: 1, position: 3 }]);
  });
});

test.each(databaseKinds.filter((kind) => kind === 'mysql' || kind === 'mariadb'))(
  'a foreign key on %s waits for the type that it needs, where policy withholds that',
  async (kind) => {
    const database = await createDatabase(kind);
    try {
      await migrateDatabase(database, { config: unbound });
      await database.run([
        'alter table child modify parent_id bigint not null',
        'drop table parent',
        'create table parent (id int primary key auto_increment)',
      ]);
      const { report } = await migrateDatabase(database, { config: childIndexedBy(['parent']) });
      expect(report.plan.withheld.map(({ operation }) => operation.kind)).toEqual(['changeType', 'addForeignKey']);
      expect(report.plan.withheld[1]?.because).toMatch(/^it needs "change type of child\.parent_id/);
      expect((await migrateDatabase(database, { config: childIndexedBy(['parent']) })).report.status).toBe('nothing');
    } finally {
      await database.drop();
    }
  },
);

async function readFresh({ kind }: TestDatabase, config: OrmOptions): Promise<OracleDocument> {
  const fresh = await createDatabase(kind);
  try {
    await migrateDatabase(fresh, { config });
    return await readOracle(fresh);
  } finally {
    await fresh.drop();
  }
}
