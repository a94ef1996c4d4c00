import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrmOptions } from '../../../src/config/target.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../../support/databases.ts';
import { migrateDatabase, planDatabase } from '../../support/migrate.ts';
import { readOracle } from '../../support/oracle/index.ts';
import { readEvents } from '../../support/read-events.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';

const isMySql = (kind: DatabaseKind): boolean => kind === 'mysql' || kind === 'mariadb';

describe.each(databaseKinds)('names on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'names' });
  });
  afterEach(() => database.drop());

  // 32 × 2 bytes are one too many for PostgreSQL, 65 characters one too many for MySQL and MariaDB.
  const tooLong = kind === 'postgresql' ? 'ä'.repeat(32) : 'ä'.repeat(65);
  const longest = kind === 'postgresql' ? `${'ä'.repeat(31)}a` : 'ä'.repeat(64);
  const places: Readonly<Record<string, (name: string) => OrmOptions>> = {
    table: (name) => ({
      entities: [defineEntity({ name: 'Item', tableName: name, properties: { id: p.integer().primary() } })],
    }),
    column: (name) => item({ more: p.integer().nullable().fieldName(name) }),
    index: (name) => item({}, { indexes: [{ name, properties: ['name'] }] }),
    unique: (name) => item({}, { uniques: [{ name, properties: ['name'] }] }),
    check: (name) => item({}, { checks: [{ name, expression: "name <> 'none'" }] }),
  };

  it.each(Object.keys(places))(
    'of a new %s that are too long are refused before the first statement, the longest are kept whole',
    async (place) => {
      const before = await readOracle(database);
      if (kind !== 'sqlite') {
        const failure = await failureOf(migrateDatabase(database, { config: places[place]?.(tooLong) }));
        expect(failure).toMatchObject({ code: 'PLAN_BLOCKED', exitCode: 3, state: 'nothing was changed' });
        expect(failure.message).toContain(tooLong);
        expect(failure.message).toContain(kind === 'postgresql' ? '63 bytes' : '64 characters');
        expect(await readOracle(database)).toEqual(before);
      }
      expect((await migrateDatabase(database, { config: places[place]?.(longest) })).report.status).toBe('done');
      expect(JSON.stringify((await planDatabase(database, { config: places[place]?.(longest) })).actual)).toContain(
        longest,
      );
      expect((await migrateDatabase(database, { config: places[place]?.(longest) })).report.status).toBe('nothing');
    },
  );

  it('that are reserved words work everywhere', async () => {
    const config: OrmOptions = {
      entities: [
        defineEntity({
          name: 'Order',
          tableName: 'order',
          properties: {
            id: p.integer().primary(),
            group: p.string().length(9).default('select'),
            select: p.integer().nullable(),
            key: p.integer().nullable(),
          },
          indexes: [{ name: 'index', properties: ['group'] }],
          uniques: [{ name: 'unique', properties: ['select', 'key'] }],
        }),
      ],
    };
    expect((await migrateDatabase(database, { config })).report).toMatchObject({
      status: 'done',
      verification: { verdict: 'PASSED' },
    });
    expect((await migrateDatabase(database, { config })).report.status).toBe('nothing');
  });

  it.runIf(kind !== 'sqlite')('with a NUL, or empty ones, are refused', async () => {
    for (const name of ['a\u0000b', '']) {
      const failure = await failureOf(
        migrateDatabase(database, { config: item({ more: p.integer().nullable().fieldName(name) }) }),
      );
      expect(['PLAN_BLOCKED', 'MODELS_DO_NOT_LOAD']).toContain(failure.code);
      expect(failure.state).toBe('nothing was changed');
    }
  });
});

/** The reference application's unique key as it was: 5 × 255 × 4 + 3 bytes. */
const inmates = (unique: boolean): OrmOptions =>
  ({
    entities: [
      defineEntity({
        name: 'Inmate',
        tableName: 'inmates',
        properties: {
          id: p.integer().primary(),
          name: p.string().length(255),
          race: p.string().length(255),
          sex: p.string().length(255),
          dob: p.string().length(255),
          jail: p.string().length(255),
          arrestDate: p.date().nullable(),
        },
        ...(unique && {
          uniques: [
            { name: 'unique_inmate_optimized', properties: ['jail', 'arrestDate', 'name', 'dob', 'sex', 'race'] },
          ],
        }),
      } as never),
    ],
  }) as OrmOptions;

describe.each(databaseKinds.filter(isMySql))('keys of more than 3072 bytes on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'keys' });
  });
  afterEach(() => database.drop());

  it('are refused with their size while planning a new table', async () => {
    const before = await readOracle(database);
    const failure = await failureOf(migrateDatabase(database, { config: inmates(true) }));
    expect(failure).toMatchObject({ code: 'PLAN_BLOCKED', state: 'nothing was changed' });
    expect(failure.message).toMatch(/unique_inmate_optimized.* 5103 bytes.* 3072/u);
    expect(await readOracle(database)).toEqual(before);
  });

  it('are refused while planning an index of a filled table, never cut and never hashed', async () => {
    await migrateDatabase(database, { config: inmates(false) });
    await database.run(["insert into inmates values (1, 'a', 'b', 'c', 'd', 'e', null)"]);
    const before = await readOracle(database);
    const events = (await readEvents(database)).length;
    const failure = await failureOf(migrateDatabase(database, { config: inmates(true) }));
    expect(failure.message).toMatch(/unique_inmate_optimized.* 5103 bytes.* 3072/u);
    expect(await readOracle(database)).toEqual(before);
    expect((await readEvents(database)).length).toBe(events);
  });

  it('that grow beyond it by a longer column are refused', async () => {
    const wide = (length: number): OrmOptions =>
      item({ name: p.string().length(length).nullable() }, { indexes: [{ name: 'by_name', properties: ['name'] }] });
    await migrateDatabase(database, { config: wide(700) });
    const failure = await failureOf(migrateDatabase(database, { config: wide(800) }));
    expect(failure).toMatchObject({ code: 'PLAN_BLOCKED', state: 'nothing was changed' });
    expect((await migrateDatabase(database, { config: wide(768) })).report.status).toBe('done');
  });

  it.runIf(kind === 'mariadb')('that exist USING HASH are respected', async () => {
    await migrateDatabase(database, { config: inmates(false) });
    await database.run([
      'alter table inmates add unique key unique_inmate_optimized (jail, arrest_date, name, dob, sex, race) using hash',
      "insert into inmates values (1, 'a', 'b', 'c', 'd', 'e', '2020-01-01')",
    ]);
    const before = await readOracle(database);
    const { plan } = await planDatabase(database, { config: inmates(true) });
    expect({ steps: plan.steps.map(({ summary }) => summary), blocked: plan.blocked }).toEqual({
      steps: [],
      blocked: [],
    });
    await migrateDatabase(database, { config: inmates(true) });
    await migrateDatabase(database, { config: inmates(false) });
    expect(await readOracle(database)).toEqual(before);
  });
});
