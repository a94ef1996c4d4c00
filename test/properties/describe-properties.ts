import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { createDatabase, databaseKinds, type DatabaseKind } from '../support/databases.ts';
import { readOracle, readOracleQuickly } from '../support/oracle/index.ts';
import { withSchemaBench, type SchemaBench } from '../support/migrate-schema.ts';
import { proof } from '../support/proof.ts';
import { distinctKindsOf } from './arbitraries/kinds.ts';
import { propertyCase } from './arbitraries/property-case.ts';
import { checkCase, type Bench, type Benches, type CaseReport } from './check-case.ts';

/** Seeds that failed once, by database: their cases are tried first, for ever. */
const seeds = JSON.parse(readFileSync(new URL('seeds.json', import.meta.url), 'utf8')) as {
  readonly [kind in DatabaseKind]?: readonly { readonly seed: number; readonly case: number }[];
};
const runs = Number(process.env['MIKRATE_PROPERTY_RUNS'] ?? 100);
/** Fixed, so that a red run can be repeated; another one by the environment. */
const seed = Number(process.env['MIKRATE_PROPERTY_SEED'] ?? 20_261_124);

/** Every n-th case is looked at by the database's own dump; between them the catalogs, which say the same, will do. */
const dumpEvery = 10;

/** The tests of one database; each has a file of its own, so that they run side by side. */
export function describeProperties(kind: DatabaseKind): void {
  describe.runIf(databaseKinds.includes(kind))(`P1 to P8 on ${kind}`, () => {
    testProperties(kind);
  });
}

function testProperties(kind: DatabaseKind): void {
  test('hold for every case that ever failed', { timeout: 600_000 }, () =>
    withBenches(kind, async (benchesFor) => {
      const benches = benchesFor(0);
      for (const known of seeds[kind] ?? []) {
        const drawn = fc.sample(propertyCase(benches.kinds), { seed: known.seed, numRuns: known.case + 1 }).at(-1);
        if (drawn) await named(`seed ${known.seed}, case ${known.case}`, () => checkCase(benches, drawn));
      }
    }),
  );

  test(`hold for ${runs} drawn schemas with their edits`, { timeout: 60_000 + runs * 6_000 }, () =>
    withBenches(kind, async (benchesFor) => {
      const reports: CaseReport[] = [];
      for (const [at, drawn] of fc.sample(propertyCase(benchesFor(0).kinds), { seed, numRuns: runs }).entries()) {
        reports.push(await named(`seed ${seed}, case ${at}`, () => checkCase(benchesFor(at), drawn)));
      }
      // Cases that never get to the point would prove nothing.
      expect(reports.filter(({ outcome }) => outcome === 'applied').length).toBeGreaterThan(runs / 2);
      expect(reports.filter(({ undone }) => undone).length).toBeGreaterThan(runs / 3);
      expect(reports.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(runs);
      proof('properties P1 to P8', kind, reports.length);
    }),
  );
}

type BenchesFor = (at: number) => Benches;

async function withBenches(kind: DatabaseKind, work: (benchesFor: BenchesFor) => Promise<void>): Promise<void> {
  const { types } = await loadDialect(kind);
  const [main, other] = await Promise.all([createDatabase(kind, { name: 'p' }), createDatabase(kind, { name: 'q' })]);
  const kinds = distinctKindsOf(kind, types.same);
  try {
    await withSchemaBench(main, (m) =>
      withSchemaBench(other, (o) => work((at) => ({ main: seenBy(at, m), other: seenBy(at, o), kinds }))),
    );
  } finally {
    await Promise.all([main.drop(), other.drop()]);
  }
}

function seenBy(at: number, bench: SchemaBench): Bench {
  return { ...bench, look: () => (at % dumpEvery === 0 ? readOracle : readOracleQuickly)(bench.database) };
}

/** Says which case it was: the line to add to seeds.json. */
async function named<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}
