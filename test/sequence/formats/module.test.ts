import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../../support/databases.ts';
import { withSession } from '../../support/open-session.ts';
import { contextOf, runDown, runUp } from '../support/execute-script.ts';
import { makeProject, readProject, type Project } from '../support/project.ts';
import type { MigrationFile } from '../../../src/sequence/migration-file.ts';
import type { CallStep } from '../../../src/sequence/script.ts';

const projects: Project[] = [];
afterEach(() => projects.splice(0).forEach((project) => project.remove()));

async function read(name: string, text: string): Promise<MigrationFile> {
  const project = makeProject({ [name]: text });
  projects.push(project);
  const [file] = await readProject(project, 'sqlite');
  if (!file) throw new Error('no format owns the file');
  return file;
}

const up = 'create table t (id int, name varchar(20))';
const insert = 'insert into t values (?, ?)';

/** The same migration as each of these tools would write it. */
const styles: Readonly<Record<string, readonly [name: string, text: string]>> = {
  'named functions': [
    '1.ts',
    `export async function up({ execute }: { execute(sql: string, p?: unknown[]): Promise<unknown[]> }): Promise<void> {
       await execute('${up}'); await execute('${insert}', [1, 'a?']);
     }
     export const down = (context) => context.execute('drop table t');`,
  ],
  umzug: [
    '1.mjs',
    `export const up = async ({ name, context }) => { await context.execute('${up}'); await context.execute('${insert}', [1, 'a?']); };
     export const down = async ({ context: { execute } }) => { await execute('drop table t'); };`,
  ],
  'CommonJS of knex': [
    '1.cjs',
    `exports.up = async function (knex) { await knex.schema.raw('${up}'); await knex.raw('${insert}', [1, 'a?']); };
     exports.down = function (knex) { return knex.raw('drop table t'); };`,
  ],
  'CommonJS of sequelize': [
    '1.cjs',
    `'use strict';
     module.exports = {
       async up(context) { await context.execute('${up}'); await this.fill(context); },
       fill: (context) => context.execute('${insert}', [1, 'a?']),
       async down(context) { await context.execute('drop table t'); },
     };`,
  ],
  'default export': [
    '1.js',
    `export default { up: async (c) => { await c.execute('${up}'); await c.execute('${insert}', [1, 'a?']); }, down: (c) => c.execute('drop table t') };`,
  ],
  'compiled to CommonJS': [
    '1.cjs',
    `"use strict"; Object.defineProperty(exports, "__esModule", { value: true });
     exports.default = { up: async (c) => { await c.execute('${up}'); await c.execute('${insert}', [1, 'a?']); }, down: (c) => c.execute('drop table t') };`,
  ],
};

describe.each(databaseKinds)('a module on %s', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(kind, { name: 'module' });
  });
  afterAll(() => database.drop());

  it.each(Object.entries(styles))('runs up and down: %s', async (_, [name, text]) => {
    const script = await (await read(name, text)).load();
    expect(script).toMatchObject({ source: 'legacy', transaction: true, steps: [{ kind: 'call' }] });
    await withSession(database, async (session, pinned) => {
      const executor = { dialect: kind, session, pinned };
      await runUp(script, executor);
      expect(await session.query('select * from t')).toEqual([{ id: 1, name: 'a?' }]);
      await runDown(script, executor);
      await expect(session.query('select * from t')).rejects.toThrow();
    });
  });

  it('has the dialect, and an EntityManager on the session of the run', async () => {
    const script = await (
      await read(
        '1.ts',
        `export async function up({ dialect, em, execute }) {
           await execute('create temporary table mine (dialect varchar(20))');
           await em.getConnection().execute('insert into mine values (?)', [dialect], 'run', em.getTransactionContext());
         }`,
      )
    ).load();
    await withSession(database, async (session, pinned) => {
      await runUp(script, { dialect: kind, session, pinned });
      expect(await session.query('select * from mine')).toEqual([{ dialect: kind }]);
    });
  });
});

describe('a module', () => {
  it('may say more of itself, in exports of its own or as knex does', async () => {
    const body = 'export const up = () => {};';
    expect(
      await (
        await read(
          '1.ts',
          `${body} export const description = 'd'; export const data = true; export const when = { missing: 'a.b' }; export const transaction = false;`,
        )
      ).load(),
    ).toMatchObject({ description: 'd', data: true, when: { missing: 'a.b' }, transaction: false });
    const knex = await read('1.cjs', 'exports.up = () => {}; exports.config = { transaction: false };');
    expect((await knex.load()).transaction).toBe(false);
  });

  it('has no way back without down', async () => {
    const script = await (await read('1.ts', 'export function up() {}')).load();
    expect(script.steps).toEqual([{ kind: 'call', run: expect.any(Function) as unknown }]);
  });

  it('is known by its name without the ending; declarations, tests and indexes are none', async () => {
    const text = 'export function up() {}';
    const names = [
      '1.a.ts',
      '2.js',
      '3.mts',
      '4.mjs',
      '5.cjs',
      '6.d.ts',
      '7.test.ts',
      '8.spec.js',
      'index.ts',
      '9.ts.map',
    ];
    const project = makeProject(Object.fromEntries(names.map((name) => [name, text])));
    projects.push(project);
    const files = await readProject(project, 'sqlite');
    expect(files.map(({ name }) => name)).toEqual(['1.a', '2', '3', '4', '5']);
  });

  it('is one with what it was compiled to: both in one place are refused', async () => {
    const project = makeProject({ '1.ts': 'export function up() {}', '1.js': 'export function up() {}' });
    projects.push(project);
    await expect(readProject(project, 'sqlite')).rejects.toMatchObject({ code: 'MIGRATION_NAMES' });
  });

  it('has the semantics of its code', async () => {
    const typed = await read(
      '1.ts',
      `// a\nexport const up = async (c: unknown): Promise<void> => { await c.execute("a") }`,
    );
    const plain = await read('1.js', `export const up = async c => {\n  await c.execute('a');\n};\n`);
    const other = await read('1.js', `export const up = async c => {\n  await c.execute('b');\n};\n`);
    expect(await plain.semantics()).toBe(await typed.semantics());
    expect(await other.semantics()).not.toBe(await typed.semantics());
  });

  it.each([
    ['export const down = () => {}; const up = 1;', 'exports no function up'],
    ['export class A { async up(runner) {} async down(runner) {} }', 'a class of another tool'],
    ['export const up = () => {}; export const data = "yes";', 'boolean'],
    ['export const up = () => {}; throw new Error("gone");', 'gone'],
    ['import "./nowhere.js"; export const up = () => {};', 'nowhere.js'],
  ])('does not load: %s', async (text, message) => {
    await expect((await read('1.ts', text)).load()).rejects.toMatchObject({
      code: 'MIGRATION_DOES_NOT_LOAD',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('what the context does not have', () => {
  it.each([
    ['(knex) => knex.schema.createTable("t", () => {})', 'it uses schema.createTable'],
    [
      '(queryInterface, Sequelize) => queryInterface.createTable("t", { id: Sequelize.INTEGER })',
      'it uses createTable',
    ],
    ['(knex) => knex("t").insert({ a: 1 })', 'calls the context as a function'],
    ['(knex) => knex.raw("select ??", ["t"])', 'binds a name'],
    ['(knex) => knex.raw("select :a", { a: 1 })', 'by name'],
    ['({ context: { db } }) => db', 'it uses db'],
  ])('is named, with its line: %s', async (code, message) => {
    const { steps } = await (await read('1.js', `\nexport const up = async (a, b) => (${code})(a, b);`)).load();
    await withSession({ kind: 'sqlite', url: 'sqlite::memory:' }, async (session, pinned) => {
      const run = (steps[0] as CallStep).run(contextOf({ dialect: 'sqlite', session, pinned }));
      await expect(run).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        message: expect.stringMatching(new RegExp(`${message}.*execute\\(sql, parameters\\)`, 'u')) as string,
        context: { path: 'migrations/1.js', where: '2' },
      });
    });
  });

  it('does not stop what is asked of any object', async () => {
    const body = `export const up = async (c) => {
      await c; const { context, ...rest } = c;
      return JSON.stringify([Object.keys(c).length, 'execute' in c, 'db' in c, context === c, String(rest.name)]);
    };`;
    const { steps } = await (await read('1.js', body)).load();
    await withSession({ kind: 'sqlite', url: 'sqlite::memory:' }, async (session, pinned) => {
      await expect(
        (steps[0] as CallStep).run(contextOf({ dialect: 'sqlite', session, pinned })),
      ).resolves.toBeUndefined();
    });
  });
});
