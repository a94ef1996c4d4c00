import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { createProject, library, oneTable } from './support/project.ts';

const unique = oneTable('email: p.string().length(50).unique()');
const plain = oneTable('email: p.string().length(50)');

describe.each(databaseKinds)('a plan that cannot succeed on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'blocked' });
  });
  afterEach(() => database.drop());

  it('because of duplicates under a new unique is refused with the rows, before its first statement', async () => {
    const project = createProject(plain);
    await project.migrate(database, ['--ci']);
    await database.run([
      "insert into item (id, email) values (1, 'twice@example.org'), (2, 'twice@example.org'), (3, 'once@example.org')",
    ]);
    project.writeModels(unique);
    await expectBlocked(project, 'twice@example.org');
  });

  it('because of orphans under a new foreign key is refused with the rows', async () => {
    const loose = library.replace(
      'author: () => p.manyToOne(Author)',
      "author: p.integer().unsigned().fieldName('author_id')",
    );
    const project = createProject(loose);
    await project.migrate(database, ['--ci']);
    await database.run([
      "insert into author (id, name) values (1, 'a')",
      "insert into book (id, title, author_id) values (1, 'kept', 1), (2, 'orphan', 4711)",
    ]);
    project.writeModels(library);
    await expectBlocked(project, '4711');
  });

  it('because of NULLs under NOT NULL is refused with how many', async () => {
    const project = createProject(oneTable('email: p.string().length(50).nullable()'));
    await project.migrate(database, ['--ci']);
    await database.run(['insert into item (id, email) values (1, null), (2, null), (3, null)']);
    project.writeModels(plain);
    await expectBlocked(project, '3');
  });

  it('because a NOT NULL column is added to rows without a value is refused', async () => {
    const project = createProject(plain);
    await project.migrate(database, ['--ci']);
    await database.run(["insert into item (id, email) values (1, 'a')"]);
    project.writeModels(oneTable('email: p.string().length(50), added: p.string().length(9)'));
    await expectBlocked(project, 'item.added');
  });

  it('is so after a rollback, too: exit code 3, and 0 for an unattended run, which does not try', async () => {
    const project = createProject(plain);
    await project.migrate(database, ['--ci']);
    project.writeModels(unique);
    await project.migrate(database, ['--ci']);
    await project.migrate(database, ['rollback', '--steps', '1', '--yes']);
    expect((await project.migrate(database, [])).exit).toBe(0);
    await database.run(["insert into item (id, email) values (1, 'twice'), (2, 'twice')"]);
    const piped = await project.migrate(database, []);
    expect(piped.stderr).toContain('PLAN_BLOCKED');
    expect(piped.exit).toBe(3);
    expect((await project.migrate(database, ['--ci', '--dry-run'])).exit).toBe(0);
    expect((await project.migrate(database, ['--ci'])).exit).toBe(0);
  });

  async function expectBlocked(project: ReturnType<typeof createProject>, sample: string): Promise<void> {
    const before = (await project.migrate(database, ['history', '--json'])).stdout;
    const run = await project.migrate(database, ['--ci']);
    expect(run.stderr).toMatch(/^❌ PLAN_BLOCKED: the plan cannot run:\n {2}- /u);
    expect(run.stderr).toContain(sample);
    expect(run.stderr).toContain('database: nothing was changed');
    expect(run.exit).toBe(3);
    expect((await project.migrate(database, ['history', '--json'])).stdout).toBe(before);
    expect((await project.migrate(database, ['plan', '--exit-code'])).exit).toBe(3);
    expect((await project.migrate(database, [])).exit).toBe(3);
  }
});
