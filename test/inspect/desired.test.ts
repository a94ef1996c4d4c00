import { defineEntity, p } from '@mikro-orm/core';
import { describe, expect, test } from 'vitest';
import { adaptToPlatform, entities } from '../../models/index.ts';
import { loadDialect } from '../../src/dialects/index.ts';
import { readDesired, type DesiredOptions, type DesiredSchema } from '../../src/inspect/desired.ts';
import { fingerprint } from '../../src/schema/fingerprint.ts';
import type { Index, Table } from '../../src/schema/schema.ts';
import type { DialectName } from '../../src/schema/sql-by-dialect.ts';
import { broadEntities, ormFor, Searched } from './support/broad-entities.ts';
import { referenceTables, withSortedIndexes } from './support/reference-tables.ts';
import { specialEntities } from './support/special-entities.ts';

const dialects: readonly DialectName[] = ['sqlite', 'postgresql', 'mysql', 'mariadb'];

async function desired(
  dialect: DialectName,
  given: readonly unknown[],
  options?: DesiredOptions,
  orm = {},
): Promise<DesiredSchema> {
  return readDesired(await ormFor(dialect, given, orm), await loadDialect(dialect), options);
}

const reference = (dialect: DialectName, options?: DesiredOptions): Promise<DesiredSchema> =>
  desired(dialect, entities, options, { discovery: { onMetadata: adaptToPlatform } });

describe.each(dialects)('%s', (dialect) => {
  test('the nine entities say what their specification says', async () => {
    const { schema, problems, namespaces } = await reference(dialect);
    const expected = { ...referenceTables(dialect) };
    const actual = Object.fromEntries(
      Object.entries(schema.tables).map(([name, table]) => [name, withSortedIndexes(table)]),
    );
    if (dialect === 'mysql' || dialect === 'mariadb') hashed(expected, actual);
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
    for (const name of Object.keys(expected)) expect(actual[name]).toEqual(expected[name]);
    expect({ views: schema.views, enums: schema.enums, problems, namespaces }).toEqual({
      views: {},
      enums: {},
      problems: [],
      namespaces: [],
    });
  });

  test('every type, default, key, reference and hostile name: exactly as reviewed', async () => {
    const { schema, relations, origin, problems } = await desired(dialect, [
      ...broadEntities,
      Searched,
      ...specialEntities[dialect],
    ]);
    const text = JSON.stringify(
      {
        schema,
        relations,
        origin: Object.fromEntries(
          Object.entries(origin).map(([key, { entity, columns }]) => [key, { entity, columns }]),
        ),
      },
      undefined,
      1,
    );
    await expect(`${text}\n`).toMatchFileSnapshot(`snapshots/desired-${dialect}.json`);
    expect(problems).toEqual([]);
  });

  test('the same entities give the same schema again, without a connection', async () => {
    const [first, second] = [await desired(dialect, broadEntities), await desired(dialect, broadEntities)];
    expect(fingerprint(first.schema)).toBe(fingerprint(second.schema));
    expect(JSON.parse(JSON.stringify(first.schema))).toEqual(first.schema);
  });
});

/** The unique key that is too long there is one over a hash. */
function hashed(expected: Record<string, Table>, actual: Record<string, Table>): void {
  const [wanted, found] = [expected['inmates'], actual['inmates']];
  const hash = found?.columns['h'];
  expect(hash).toMatchObject({
    type: { type: 'native', sql: 'binary(32)' },
    nullable: true,
    generated: { stored: false, expression: expect.stringMatching(/^unhex\(sha2\(/u) },
  });
  if (!wanted || !found || !hash) return;
  const unique: Index = { name: 'unique_inmate_hash', parts: [{ column: 'jail_id' }, { column: 'h' }], unique: true };
  const indexes = [...wanted.indexes.filter(({ name }) => name !== 'unique_inmate_optimized'), unique];
  expected['inmates'] = withSortedIndexes({ ...wanted, columns: { ...wanted.columns, h: hash }, indexes });
}

test('each table knows its entity, each column its property', async () => {
  const { origin, relations } = await reference('sqlite');
  expect(origin['jails']).toMatchObject({
    entity: 'Jail',
    columns: { idjails: 'id', jail_name: 'jailName', last_successful_scrape: 'lastSuccessfulScrape' },
  });
  expect(relations).toContainEqual({
    entity: 'MonitorLink',
    property: 'linkedByUser',
    table: 'monitor_links',
    columns: ['linked_by_user_id'],
    references: { table: 'users', columns: ['id'] },
  });
  expect(relations).toHaveLength(9);
});

describe('indexes for references', () => {
  const Target = defineEntity({ name: 'Target', tableName: 't', properties: { id: p.integer().primary() } });
  const names = async (dialect: DialectName, entity: unknown): Promise<string[]> =>
    ((await desired(dialect, [Target, entity])).schema.tables['s']?.indexes ?? []).map(({ name }) => name);

  test.each(dialects)(
    '%s: one each, unless another index, unique key or the primary key begins with the columns',
    async (dialect) => {
      const plain = defineEntity({
        name: 'S',
        tableName: 's',
        properties: { id: p.integer().primary(), a: () => p.manyToOne(Target) },
      });
      expect(await names(dialect, plain)).toEqual(['s_a_id_index']);
      const covered = defineEntity({
        name: 'S',
        tableName: 's',
        properties: { id: p.integer().primary(), a: () => p.manyToOne(Target), b: p.integer() },
        indexes: [{ name: 'ab', properties: ['a', 'b'] }],
      });
      expect(await names(dialect, covered)).toEqual(['ab']);
      const second = defineEntity({
        name: 'S',
        tableName: 's',
        properties: { id: p.integer().primary(), a: () => p.manyToOne(Target), b: p.integer() },
        uniques: [{ name: 'ba', properties: ['b', 'a'] }],
      });
      expect(await names(dialect, second)).toEqual(['ba', 's_a_id_index']);
      const key = defineEntity({
        name: 'S',
        tableName: 's',
        properties: { a: () => p.manyToOne(Target).primary(), b: p.integer().primary() },
      });
      expect(await names(dialect, key)).toEqual([]);
      const named = defineEntity({
        name: 'S',
        tableName: 's',
        properties: { id: p.integer().primary(), a: () => p.manyToOne(Target).index('mine') },
      });
      expect(await names(dialect, named)).toEqual(['mine']);
    },
  );

  test('a partial index does not serve', async () => {
    const partial = defineEntity({
      name: 'S',
      tableName: 's',
      properties: { id: p.integer().primary(), a: () => p.manyToOne(Target) },
      indexes: [{ name: 'some', properties: ['a'], where: 'a_id > 3' }],
    });
    expect((await names('postgresql', partial)).sort()).toEqual(['s_a_id_index', 'some']);
  });
});

describe('inheritance', () => {
  test('one table for all, of all columns', async () => {
    const Base = defineEntity({
      name: 'Base',
      tableName: 'base',
      discriminatorColumn: 'kind',
      discriminatorMap: { one: 'One', two: 'Two' } as never,
      abstract: true,
      properties: { id: p.integer().primary(), kind: p.enum(['one', 'two']) },
    });
    const One = defineEntity({ name: 'One', extends: Base, properties: { a: p.string().nullable() } });
    const Two = defineEntity({ name: 'Two', extends: Base, properties: { b: p.integer().nullable() } });
    const { schema } = await desired('sqlite', [Base, One, Two]);
    expect(Object.keys(schema.tables)).toEqual(['base']);
    expect(Object.keys(schema.tables['base']?.columns ?? {}).sort()).toEqual(['a', 'b', 'id', 'kind']);
  });

  test('a table each: the child refers to its parent', async () => {
    const Parent = defineEntity({
      name: 'Parent',
      tableName: 'parent',
      inheritance: 'tpt',
      properties: { id: p.integer().primary(), name: p.string() },
    });
    const Child = defineEntity({ name: 'Child', tableName: 'child', extends: Parent, properties: { toy: p.string() } });
    const { schema } = await desired('postgresql', [Parent, Child]);
    expect(Object.keys(schema.tables['child']?.columns ?? {}).sort()).toEqual(['id', 'toy']);
    expect(schema.tables['child']).toMatchObject({
      columns: { id: { type: { type: 'integer', bits: 32 }, nullable: false } },
      foreignKeys: [
        { columns: ['id'], references: { table: 'parent', columns: ['id'] }, onDelete: 'cascade', onUpdate: 'cascade' },
      ],
    });
    expect(schema.tables['child']?.columns['id']?.autoIncrement).toBeUndefined();
  });
});

describe('partitions', () => {
  const partitioned = (partitionBy: string): Promise<DesiredSchema> =>
    reference('mysql', { tables: { inmates: { partitionBy: { mysql: partitionBy } } } });

  test('widen the primary key by what MySQL demands', async () => {
    const { schema, problems } = await partitioned('KEY(jail_id) PARTITIONS 16');
    expect(schema.tables['inmates']).toMatchObject({
      partitioning: { method: 'key', by: '`jail_id`', partitions: 16 },
      primaryKey: { columns: ['idinmates', 'jail_id'] },
    });
    expect(problems).toEqual([]);
    expect(
      (await reference('postgresql', { tables: { inmates: { partitionBy: { mysql: 'KEY(jail_id)' } } } })).schema
        .tables['inmates']?.partitioning,
    ).toBeUndefined();
  });

  test('a unique key without their column is a problem, and so is what is no partitioning', async () => {
    expect((await partitioned('KEY(sex) PARTITIONS 2')).problems).toMatchObject([
      { object: 'inmates.unique_inmate_hash', message: expect.stringContaining('partitioned') },
    ]);
    expect((await partitioned('BY MAGIC')).problems).toMatchObject([
      { code: 'NOT_UNDERSTOOD', object: 'inmates', message: expect.stringContaining('BY MAGIC') },
    ]);
  });
});

describe('what cannot be had is told all at once', () => {
  const problems = async (dialect: DialectName, properties: Record<string, never>, more = {}): Promise<string[]> => {
    const entity = defineEntity({
      name: 'E',
      tableName: 'e',
      properties: { id: p.integer().primary(), ...properties },
      ...more,
    } as never);
    return (await desired(dialect, [entity])).problems.map(({ code, object }) => `${code} ${object}`);
  };

  test('names that are too long, counted as the database counts', async () => {
    const [sixty, sixtyFour] = ['ä'.repeat(60), 'ä'.repeat(64)];
    const given = { a: p.string().fieldName(sixty) as never, b: p.string().fieldName(`${sixtyFour}x`) as never };
    expect(await problems('postgresql', given)).toEqual([`NAME_TOO_LONG e.${sixty}`, `NAME_TOO_LONG e.${sixtyFour}x`]);
    expect(await problems('mysql', given)).toEqual([`NAME_TOO_LONG e.${sixtyFour}x`]);
    expect(await problems('sqlite', given)).toEqual([]);
  });

  test('names that no database takes', async () => {
    expect(
      await problems(
        'sqlite',
        { a: p.string().fieldName('a\u0000b') as never },
        { indexes: [{ name: 'i\u0000', properties: ['a'] }] },
      ),
    ).toEqual(['NAME_FORBIDDEN e.a\u0000b', 'NAME_FORBIDDEN e.i\u0000']);
  });

  test.each(['mysql', 'mariadb'] as const)('%s: a key that is too long', async (dialect) => {
    const long = { a: p.string().length(500) as never, b: p.string().length(500) as never };
    const { problems: found } = await desired(dialect, [
      defineEntity({
        name: 'E',
        tableName: 'e',
        properties: { id: p.integer().primary(), ...long } as never,
        uniques: [{ name: 'both', properties: ['a', 'b'] as never }],
      }),
    ]);
    expect(found).toMatchObject([
      {
        code: 'KEY_TOO_LONG',
        object: 'e.both',
        message: expect.stringMatching(/^both of e \(a, b\) has 4\d\d\d bytes, a key may have 3072/u),
      },
    ]);
    expect(
      await problems(
        dialect,
        { ...long },
        {
          indexes: [
            {
              name: 'start',
              properties: ['a', 'b'],
              columns: [
                { name: 'a', length: 100 },
                { name: 'b', length: 100 },
              ],
            },
          ],
        },
      ),
    ).toEqual([]);
    expect(await problems('postgresql', long, { indexes: [{ name: 'both', properties: ['a', 'b'] }] })).toEqual([]);
  });

  test('an index expression that is no statement, and a name that two tables would share', async () => {
    expect(await problems('postgresql', {}, { indexes: [{ name: 'odd', expression: 'lower(a)' }] })).toEqual([
      'NOT_UNDERSTOOD e.odd',
    ]);
    const both = ['one', 'two'].map((name) =>
      defineEntity({
        name,
        tableName: name,
        properties: { id: p.integer().primary(), a: p.string() },
        indexes: [{ name: 'same', properties: ['a'] }],
      }),
    );
    expect((await desired('postgresql', both)).problems).toMatchObject([{ object: expect.stringContaining('same') }]);
    expect((await desired('mysql', both)).problems).toEqual([]);
  });
});
