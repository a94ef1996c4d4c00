import { expect, describe, test } from 'vitest';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { readDesired } from '../../src/inspect/desired.ts';
import { adaptToPlatform, entities } from '../../models/index.ts';
import { databaseKinds } from '../support/databases.ts';
import { broadEntities, ormFor, Searched } from './support/broad-entities.ts';
import { specialEntities } from './support/special-entities.ts';
import { buildAndCompare } from './support/build-and-compare.ts';

describe.each(databaseKinds)('%s: what is built from the entities is what they want', (kind) => {
  test('every built-in type, default, key and reference', async () => {
    const all = kind === 'mariadb' ? broadEntities : [...broadEntities, Searched];
    expect(await buildAndCompare(kind, async (dialect) => readDesired(await ormFor(kind, all), dialect))).toEqual([]);
  });

  test('what this database alone has, and hostile names', async () => {
    expect(
      await buildAndCompare(kind, async (dialect) => readDesired(await ormFor(kind, specialEntities[kind]), dialect)),
    ).toEqual([]);
  });

  test('the nine entities of the reference application', async () => {
    const discovery = { onMetadata: adaptToPlatform };
    const options = { tables: { inmates: { partitionBy: { mysql: 'KEY(jail_id) PARTITIONS 16' } } } };
    const read = (given?: typeof options) => async (dialect: Dialect) =>
      readDesired(await ormFor(kind, entities, { discovery }), dialect, given);
    expect(await buildAndCompare(kind, read())).toEqual([]);
    expect(await buildAndCompare(kind, read(options))).toEqual([]);
  });
});
