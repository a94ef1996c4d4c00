import { describe, expect, test } from 'vitest';
import { compareSchemas } from '../../src/diff/compare.ts';
import { describeObject } from '../../src/diff/index.ts';
import { writeOperation } from '../../src/dialects/dialect.ts';
import { applyOperation, describeOperation, undoOperation, type Operation } from '../../src/operations/index.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { tableKey } from '../../src/schema/names.ts';
import { withRun } from '../../src/stages/open-run.ts';
import { inspectApplication } from '../../src/stages/read-state.ts';
import type { Run } from '../../src/stages/run.ts';
import { createDatabase, databaseKinds, type DatabaseKind } from '../support/databases.ts';
import { migrateDatabase, planDatabase, withTestJob } from '../support/migrate.ts';
import { column, int, keyOf, string, tableOf } from '../operations/place.ts';
import { planOf } from '../operations/run-cycles.ts';
import { proof } from '../support/proof.ts';
import { inheritedNames, unmappedNames } from './names.ts';

const models = { config: { entities: [], discovery: { warnWhenNoEntities: false } } };

/** MikroORM cannot have tables of these names, but a database can: the plan must neither take them for there nor overlook them. */
describe.each(databaseKinds)('tables that MikroORM cannot name, on %s', (kind) => {
  test('are created, changed, taken back, and left alone where they are not ours', async () => {
    const database = await createDatabase(kind, { name: 'inherited' });
    await withTestJob(database, models, [], (job) =>
      withRun(job, async (run) => {
        const desired = desiredSchema(kind);
        expect((await differences(run, desired, emptySchema)).changes).toEqual(
          unmappedNames(kind)
            .map((name) => `create table ${name}`)
            .toSorted(),
        );
        let schema: Schema = emptySchema;
        const perform = async (operation: Operation): Promise<void> => {
          for (const step of planOf([operation], schema, run.dialect).steps) {
            for (const { text, parameters } of writeOperation(run.dialect, step.operation, schema))
              await run.session.run(text, parameters);
            schema = applyOperation(schema, step.operation);
          }
        };
        for (const table of Object.values(desired.tables)) await perform({ kind: 'createTable', table });
        expect(await differences(run, desired, await inspectApplication(run))).toEqual({ changes: [], notOurs: [] });
        for (const table of Object.keys(desired.tables)) {
          const change: Operation = { kind: 'addColumn', table, column: column(`${table} too`, int) };
          const undo = undoOperation(change);
          await perform(change);
          expect((await differences(run, schema, await inspectApplication(run))).changes).toEqual([]);
          if (undo.restores !== 'nothing') await perform(undo.operation);
        }
        expect(await differences(run, desired, await inspectApplication(run))).toEqual({ changes: [], notOurs: [] });
      }),
    );
    const { plan } = await planDatabase(database, models);
    expect(plan.steps).toEqual([]);
    expect(plan.notOurs.map(({ name }) => name).toSorted()).toEqual(Object.keys(desiredSchema(kind).tables).toSorted());
    await migrateDatabase(database, models);
    await database.drop();
    proof('hostile name', kind, unmappedNames(kind).length);
  });
});

function desiredSchema(kind: DatabaseKind): Schema {
  const tables = unmappedNames(kind).map((name) =>
    tableOf(
      tableKey(name),
      [
        column('id', int, { nullable: false }),
        ...inheritedNames.map((own) => column(own, string(20), { nullable: false, default: { value: own } })),
      ],
      {
        ...keyOf(kind, name, 'id'),
      },
    ),
  );
  return { ...emptySchema, tables: Object.fromEntries(tables.map((table) => [table.name, table])) };
}

async function differences(
  { session, dialect }: Run,
  desired: Schema,
  actual: Schema,
): Promise<{ changes: string[]; notOurs: string[] }> {
  const input = {
    session,
    dialect,
    desired,
    actual,
    spellings: [],
    isOurs: () => true,
    renames: { tables: {}, columns: {} },
  };
  const { difference } = await compareSchemas(input);
  return {
    changes: difference.changes.map(describeOperation).toSorted(),
    notOurs: difference.notOurs.map(describeObject),
  };
}
