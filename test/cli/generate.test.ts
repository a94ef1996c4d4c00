import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stampedName } from '../../src/sequence/generated/file-name.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { jsonOf } from '../support/run-cli.ts';
import { createProject, library, oneTable, type Project } from './support/project.ts';

const nowhere = { url: 'sqlite:never-made.sqlite' };
const filesOf = ({ folder }: Project): readonly string[] =>
  existsSync(join(folder, 'migrations')) ? readdirSync(join(folder, 'migrations')).toSorted() : [];
const read = ({ folder }: Project, name: string): string => readFileSync(join(folder, 'migrations', name), 'utf8');

describe.each(databaseKinds)('on %s', (kind) => {
  it('writes the difference once, with the lock file', async () => {
    await withDatabase(kind, async (database) => {
      const project = createProject(library);
      const first = await project.migrate(database, ['generate', 'Authors & books!']);
      expect(first).toMatchObject({ exit: 0, stderr: '' });
      const [name = '', lock, ...more] = filesOf(project);
      expect(name).toMatch(/^\d{14}_authors_books\.ts$/u);
      expect([lock, more]).toEqual(['schema.lock.json', []]);
      expect(first.stdout).toContain(`migrations/${name}`);
      expect(read(project, name)).toContain("description: 'Authors & books!'");
      expect(read(project, name)).toContain("kind: 'createTable'");
      const second = await project.migrate(database, ['generate', 'another_name']);
      expect(second.stdout).toContain(`migrations/${name} says the same already`);
      expect(filesOf(project)).toEqual([name, 'schema.lock.json']);
    });
  });

  it('writes nothing where there is nothing to write', async () => {
    await withDatabase(kind, async (database) => {
      const project = createProject(library);
      expect(await project.migrate(database, ['--ci'])).toMatchObject({ exit: 0 });
      const { exit, stdout } = await project.migrate(database, ['generate', 'nothing']);
      expect(exit).toBe(0);
      expect(stdout).toContain('Nothing to generate');
      expect(filesOf(project)).toEqual([]);
    });
  });

  it('--sql writes statements that lead to the models, and back', async () => {
    await withDatabase(kind, async (database) => {
      const project = createProject(oneTable('a: p.string()'));
      expect(await project.migrate(database, ['--ci'])).toMatchObject({ exit: 0 });
      project.writeModels(oneTable('a: p.string(), b: p.integer().nullable().unique()'));
      const before = await planned(project, database);
      expect(before.length).toBeGreaterThan(0);
      expect(await project.migrate(database, ['generate', 'more', '--sql'])).toMatchObject({ exit: 0, stderr: '' });
      const name = filesOf(project).find((file) => file.endsWith(`_more.${kind}.sql`)) ?? '';
      const [up = '', down = ''] = read(project, name).replace('-- migrate:up\n', '').split('-- migrate:down\n');
      await runAll(database, up);
      expect(await planned(project, database)).toEqual([]);
      await runAll(database, down);
      expect(await planned(project, database)).toEqual(before);
    });
  });
});

it('writes what policy withholds, and says what is lost', async () => {
  await withDatabase('sqlite', async (database) => {
    const project = createProject(oneTable('a: p.string(), b: p.string()'));
    await project.migrate(database, ['--ci']);
    project.writeModels(oneTable('a: p.string()'));
    const { stdout } = await project.migrate(database, ['generate', 'less']);
    expect(stdout).toContain('drop column item.b');
    const text = read(project, filesOf(project)[0] ?? '');
    expect(text).toContain('// Loses every value of item.b.');
    expect(text).toContain("kind: 'dropColumn'");
  });
});

it('writes a declared rename as one', async () => {
  await withDatabase('sqlite', async (database) => {
    const project = createProject(oneTable('a: p.string()'));
    await project.migrate(database, ['--ci']);
    const options = '{ tables: { item: { columns: { b: { renamedFrom: "a" } } } } }';
    const renamed = createProject(oneTable('b: p.string()'), options);
    await renamed.migrate(database, ['generate', 'renamed']);
    expect(read(renamed, filesOf(renamed)[0] ?? '')).toContain(
      "operations: [{ kind: 'renameColumn', table: 'item', from: 'a', to: 'b' }],",
    );
  });
});

it('writes nothing for a plan that needs an answer', async () => {
  await withDatabase('sqlite', async (database) => {
    const project = createProject(oneTable('a: p.string()'));
    await project.migrate(database, ['--ci']);
    project.writeModels(oneTable('b: p.string()'));
    const { exit, stderr } = await project.migrate(database, ['generate', 'renamed']);
    expect(exit).toBe(3);
    expect(stderr).toContain('PLAN_BLOCKED');
    expect(filesOf(project)).toEqual([]);
  });
});

it('--empty writes a file to be filled by hand, without a connection', async () => {
  const project = createProject(library);
  const { exit } = await project.migrate(nowhere, ['generate', "it's mine", '--empty']);
  expect(exit).toBe(0);
  const [name = '', lock] = filesOf(project);
  expect(name).toMatch(/^\d{14}_it_s_mine\.ts$/u);
  expect(lock).toBe('schema.lock.json');
  expect(read(project, name)).toContain(`description: "it's mine"`);
  expect(existsSync(join(project.folder, 'never-made.sqlite'))).toBe(false);
});

it('--json says what was written', async () => {
  await withDatabase('sqlite', async (database) => {
    const project = createProject(library);
    const [result] = jsonOf(await project.migrate(database, ['generate', 'all', '--json']));
    const [name] = filesOf(project);
    expect(result).toMatchObject({ kind: 'written', file: `migrations/${name}`, release: { changed: true } });
    expect(result?.['changes']).toEqual(expect.arrayContaining([expect.stringContaining('create table author')]));
    const [again] = jsonOf(await project.migrate(database, ['generate', 'all', '--json']));
    expect(again).toEqual({ kind: 'same', file: `migrations/${name}` });
  });
});

it('refuses a name of which nothing is left', async () => {
  const project = createProject(library);
  const { exit, stderr } = await project.migrate(nowhere, ['generate', '../¿?', '--empty']);
  expect(exit).toBe(64);
  expect(stderr).toContain('USAGE');
  expect(filesOf(project)).toEqual([]);
});

it('comes after the last file, and never writes over one', async () => {
  const project = createProject(library);
  mkdirSync(join(project.folder, 'migrations'));
  const now = Date.now();
  const names = Array.from({ length: 30 }, (_, at) => `${stampedName('mine', new Date(now + at * 1000))}.ts`);
  for (const name of names) writeFileSync(join(project.folder, 'migrations', name), 'mine');
  const { exit, stderr } = await project.migrate(nowhere, ['generate', 'mine', '--empty']);
  expect(exit, stderr).toBe(0);
  const made = readdirSync(join(project.folder, 'migrations')).filter((name) => name.endsWith('_mine.ts'));
  expect(made.toSorted().slice(0, -1)).toEqual(names.toSorted());
  expect(names.map((name) => read(project, name))).toEqual(names.map(() => 'mine'));
});

async function withDatabase(kind: DatabaseKind, work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await createDatabase(kind);
  try {
    await work(database);
  } finally {
    await database.drop();
  }
}

async function planned(project: Project, database: TestDatabase): Promise<readonly string[]> {
  const { stdout } = await project.migrate(database, ['plan', '--json']);
  const plan = JSON.parse(stdout) as { steps: { summary: string }[] };
  return plan.steps.map(({ summary }) => summary);
}

/** The statements of these tests hold no semicolon at the end of a line of their own. */
async function runAll(database: TestDatabase, section: string): Promise<void> {
  const text = section.replaceAll(/^--.*$/gmu, '');
  const statements = text.split(/;\n/u).map((statement) => statement.trim());
  await database.run(statements.filter((statement) => statement !== ''));
}
