import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MigrateError } from '../../src/errors.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { connectTo, migrateDatabase, type MigrateSettings } from '../support/migrate.ts';
import { compareOracles, readOracle, type OracleDocument } from '../support/oracle/index.ts';
import { addFiles } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { addWord, oldItems, payloadsOf, projectOf, renameWord, typedFile } from './support/items.ts';

/** Four branches' migrations: two typed ones that follow one another in time, SQL, and code. */
const branches = [
  ['20240101_a.ts', typedFile([addWord('a_before'), renameWord('a_before', 'a')])],
  ['20240102_b.sql', 'create table b (id integer not null primary key);\ninsert into b (id) values (1);\n'],
  ['20240103_c.js', `export const up = ({ execute }) => execute('alter table items add column c varchar(20)');`],
  ['20240104_d.up.sql', 'alter table items add column d varchar(20);\n'],
] as const;
const orders = permutations([0, 1, 2, 3]);

describe.each(databaseKinds)('four branches on %s', (kind) => {
  let end: OracleDocument;

  beforeAll(async () => {
    const { database } = await deployEach([0, 1, 2, 3]);
    end = await readOracle(database);
    await database.drop();
  });
  afterAll(() => expect(orders).toHaveLength(24));

  test.each(orders.map((order) => [order]))('merged in the order %j: refused unless allowed', async (order) => {
    const { database, refused } = await deployEach(order);
    const late = order.filter((branch, at) => order.slice(0, at).some((before) => before > branch));
    expect(refused).toEqual(late);
    expect(compareOracles(end, await readOracle(database))).toEqual([]);
    expect(await database.query('select id from b')).toHaveLength(1);
    const done = (await payloadsOf(database)).filter(({ file }) => file);
    expect(done.map(({ event, migration }) => `${event} ${migration}`)).toEqual(
      order.map((branch) => `applied ${branches[branch]?.[0].split('.')[0]}`),
    );
    await database.drop();
    proof('sequence: merge order', kind);
  });

  /** One deployment after each merge; one that is refused changes nothing, and is allowed then. */
  async function deployEach(order: readonly number[]) {
    const database = await createDatabase(kind, { name: 'merge' });
    await database.run(oldItems());
    const project = { ...projectOf({}, 'a', 'c', 'd'), options: { models: 'plan' as const } };
    const connection = await connectTo(database, project);
    const given = { ...project, connection };
    const refused: number[] = [];
    for (const branch of order) {
      const [name, text] = branches[branch] ?? branches[0];
      addFiles(given.root, { [`migrations/${name}`]: text });
      const problem = await deploy(database, given);
      if (!problem) continue;
      expect(problem).toMatchObject({ code: 'OUT_OF_ORDER', exitCode: 3, message: expect.stringContaining(name) });
      refused.push(branch);
      expect(await deploy(database, { ...given, flags: { allowOutOfOrder: true } })).toBeUndefined();
    }
    await connection.close();
    return { database, refused };
  }
});

async function deploy(database: TestDatabase, given: MigrateSettings): Promise<MigrateError | undefined> {
  const events = (await payloadsOf(database)).length;
  const problem = await migrateDatabase(database, given).then(() => undefined, asProblem);
  if (problem) expect((await payloadsOf(database)).length).toBe(events);
  return problem;
}

/** The models are ahead of what is merged: such a run does the files and leaves the rest to a person. */
function asProblem(error: unknown): MigrateError | undefined {
  if (!(error instanceof MigrateError)) throw error;
  return error.code === 'CHANGES_PENDING' ? undefined : error;
}

function permutations(of: readonly number[]): readonly (readonly number[])[] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) => permutations(of.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}
