import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanFile } from '../../src/plan/plan-file.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { createProject, library } from './support/project.ts';

describe.each(databaseKinds)('migrate plan on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'plan' });
  });
  afterEach(() => database.drop());

  it('--json is one document that survives a round trip, the same each time, with a hash', async () => {
    const project = createProject(library);
    const [first, second] = [
      await project.migrate(database, ['plan', '--json']),
      await project.migrate(database, ['plan', '--json']),
    ];
    expect(first).toMatchObject({ exit: 0, stderr: '' });
    expect(second.stdout).toBe(first.stdout);
    const plan = JSON.parse(first.stdout) as PlanFile;
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(plan).toMatchObject({
      format: 1,
      dialect: kind,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/u),
      blocked: [],
      withheld: [],
    });
    expect(plan.steps.length).toBeGreaterThan(1);
    for (const step of plan.steps)
      expect(step).toMatchObject({
        operation: { kind: expect.any(String) },
        sql: expect.any(Array),
        undo: { restores: 'everything' },
      });
  });

  it('--sql is SQL that the database takes, after which nothing is left to do', async () => {
    const project = createProject(library);
    const { stdout } = await project.migrate(database, ['plan', '--sql']);
    const statements = stdout
      .split(/;\n|;$/u)
      .map((text) => text.replaceAll(/^-- .*$/gmu, '').trim())
      .filter((text) => text !== '');
    expect(statements.length).toBeGreaterThan(1);
    await database.run(statements);
    const plan = JSON.parse((await project.migrate(database, ['plan', '--json'])).stdout) as PlanFile;
    expect(plan.steps).toEqual([]);
  });

  it('--markdown is a table with a row for each change', async () => {
    const { stdout } = await createProject(library).migrate(database, ['plan', '--markdown']);
    expect(stdout).toMatch(/^### Plan `[0-9a-f]{12}`/u);
    expect(stdout).toMatch(/^\| 1 \| additive \| create table author \|.*\| everything \|$/mu);
  });

  it('--exit-code is 2 while changes are pending, else the plan exits with 0', async () => {
    const project = createProject(library);
    expect((await project.migrate(database, ['plan'])).exit).toBe(0);
    expect((await project.migrate(database, ['plan', '--exit-code'])).exit).toBe(2);
    expect((await project.migrate(database, ['plan', '--verbose'])).stdout).toMatch(/create table .author. \(/iu);
  });
});
