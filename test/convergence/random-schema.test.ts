import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { buildModel } from '../properties/arbitraries/build.ts';
import { drawnSchema } from '../properties/arbitraries/draw.ts';
import { distinctKindsOf } from '../properties/arbitraries/kinds.ts';
import { renderModel } from '../properties/arbitraries/render.ts';
import { leftovers } from '../properties/leftovers.ts';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { dumpAndRestore } from '../support/dump.ts';
import { migrateSchema, withSchemaBench } from '../support/migrate-schema.ts';
import { proof } from '../support/proof.ts';

const runs = Number(process.env['MIKRATE_RANDOM_SCHEMAS'] ?? 300);
const seed = Number(process.env['MIKRATE_PROPERTY_SEED'] ?? 20_261_124);
/** Every n-th schema also goes through the database's own dump and restore. */
const dumpEvery = 30;

describe.each(databaseKinds)('%s', (kind) => {
  test(
    `the next plan is empty after each of ${runs} random schemas, a dump and restore too`,
    { timeout: 600_000 },
    async () => {
      const { types } = await loadDialect(kind);
      const kinds = distinctKindsOf(kind, types.same);
      const database = await createDatabase(kind, { name: 'random' });
      let tables = 0;
      await withSchemaBench(database, async (bench) => {
        for (const [at, drawn] of fc.sample(drawnSchema(kinds), { seed, numRuns: runs }).entries()) {
          await bench.clear();
          const schema = renderModel(buildModel(drawn), kind);
          tables += Object.keys(schema.tables).length;
          await migrateSchema(bench, { schema });
          expect(leftovers((await bench.plan({ schema })).plan), `seed ${seed}, schema ${at}`).toEqual([]);
          proof('convergence: random schema', kind);
          if (at % dumpEvery !== 0) continue;
          const restored = await dumpAndRestore(database);
          const left = await withSchemaBench(restored, async (other) => leftovers((await other.plan({ schema })).plan));
          expect(left, `seed ${seed}, schema ${at}, restored`).toEqual([]);
          proof('convergence: after dump and restore', kind);
          await restored.drop();
        }
      });
      expect(tables).toBeGreaterThan(runs);
      await database.drop();
    },
  );
});
