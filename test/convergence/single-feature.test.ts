import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanFile } from '../../src/plan/plan-file.ts';
import { partsOf } from '../../src/operations/alter-table.ts';
import { tablesOf, type Operation } from '../../src/operations/index.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { dumpAndRestore } from '../support/dump.ts';
import { migrateDatabase, planDatabase } from '../support/migrate.ts';
import { logTables } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { remainder } from '../support/remainder.ts';
import { casesOf, type NumberedCase } from './cases/index.ts';
import { quoteName } from '../support/connections/quote.ts';
import { editByHand } from './edit-by-hand.ts';

describe.each(databaseKinds)('every feature of models on %s', (kind) => {
  const cases = casesOf(kind);
  const edited = cases.filter(({ edit, table }) => edit?.sql(kind, table) !== undefined);
  const settings = () => ({ config: { entities: cases.flatMap((item) => item.entities(kind, item.table)) } });
  const plan = async (database: TestDatabase): Promise<PlanFile> => (await planDatabase(database, settings())).plan;
  let database: TestDatabase;
  let created: PlanFile;
  let after: PlanFile;

  beforeAll(async () => {
    database = await createDatabase(kind, { name: 'features' });
    created = (await migrateDatabase(database, settings())).report.plan;
    after = await plan(database);
  });
  afterAll(() => database?.drop());

  test('is named once', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThan(60);
  });

  test.each(cases)('create, then nothing to do: $name', (item) => {
    expect(stepsOf(created, item)).not.toEqual([]);
    expect(stepsOf(after, item)).toEqual([]);
    proof('convergence: single feature', kind);
  });

  test('nothing is blocked, withheld, unverified or not ours', () => {
    expect(remainder(after)).toEqual([]);
  });

  test('nothing to do without the memory of the log', async () => {
    const copy = await dumpAndRestore(database);
    await copy.run(logTables.map((name) => `drop table ${quoteName(kind, name)}`));
    // Nor can any but SQLite be asked how it would spell a view, nor PostgreSQL for the function of a trigger: reported, never changed.
    const unverified = cases.flatMap(({ name, table }) => {
      if (name === 'view') return kind === 'sqlite' ? [] : [`expression ${table}.view`];
      return name === 'a trigger' && kind === 'postgresql' ? [`expression ${table}.trigger ${table}_row`] : [];
    });
    expect(remainder(await plan(copy)).toSorted()).toEqual(unverified.toSorted());
    await copy.drop();
  });

  test('nothing to do after dump and restore with the tools of the database', async () => {
    const copy = await dumpAndRestore(database);
    expect(remainder(await plan(copy))).toEqual([]);
    await copy.drop();
    proof('convergence: after dump and restore', kind, cases.length);
  });

  describe('after a hand edit', () => {
    let seen: PlanFile;
    let repaired: PlanFile;

    beforeAll(async () => {
      for (const { edit, table } of edited) await editByHand(database, edit?.sql(kind, table) ?? []);
      seen = await plan(database);
      await migrateDatabase(database, settings());
      repaired = await plan(database);
    });

    test.each(edited)('exactly that object is planned, and repaired: $name', (item) => {
      const operations = changesOf(seen, item).map(({ kind: step }) => step);
      expect(operations).not.toEqual([]);
      expect(operations.filter((step) => !item.edit?.repairs.includes(step))).toEqual([]);
      expect(stepsOf(repaired, item)).toEqual([]);
      if (item.edit?.facet !== 'other') proof('convergence: hand edit is planned', kind);
    });

    test('nothing else is planned', () => {
      const touched = new Set(edited.map(({ table }) => table));
      expect(
        seen.steps
          .filter(({ operation }) => !tablesOf(operation).some((table) => touched.has(table)))
          .map(({ summary }) => summary),
      ).toEqual([]);
      expect(remainder(repaired)).toEqual([]);
    });
  });
});

/** The steps of a plan that touch the tables or views of a case. */
function stepsOf({ steps }: PlanFile, { table }: NumberedCase): string[] {
  return steps
    .filter(
      ({ operation, summary }) =>
        tablesOf(operation).some((name) => belongs(name, table)) || new RegExp(`\\b${table}\\b`, 'u').test(summary),
    )
    .map(({ summary }) => summary);
}

/** The operations of a case's steps, those of a rebuild one by one. */
function changesOf({ steps }: PlanFile, { table }: NumberedCase): readonly Operation[] {
  const touching = steps.filter(({ operation }) => tablesOf(operation).some((name) => belongs(name, table)));
  return touching.flatMap(({ operation }) => partsOf(operation));
}

function belongs(name: string, table: string): boolean {
  return name === table || name.startsWith(`${table}_`) || name.startsWith(`${table} `);
}
