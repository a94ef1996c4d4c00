import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LoadedScript } from '../../../src/sequence/migration-file.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../../support/databases.ts';
import { withSession } from '../../support/open-session.ts';
import { runDown, runUp, type Executor } from '../support/execute-script.ts';
import { makeProject, readProject, type Project } from '../support/project.ts';

const projects: Project[] = [];
afterEach(() => projects.splice(0).forEach((project) => project.remove()));

const name = 'Migration20240102030405_monitors';

async function load(
  text: string,
  executor: Pick<Executor, 'dialect' | 'pinned'>,
  file = `${name}.ts`,
): Promise<LoadedScript> {
  const project = makeProject({ [file]: text });
  projects.push(project);
  // A function here, a value elsewhere: a context may have either.
  const orm = file.endsWith('.ts') ? () => executor.pinned.orm : executor.pinned.orm;
  const [found] = await readProject(project, executor.dialect, { orm });
  expect(found).toMatchObject({ name, format: 'mikro-orm' });
  if (!found) throw new Error('no format owns the file');
  return found.load();
}

const head = `import { Migration } from '@mikro-orm/migrations';\nimport { raw } from '@mikro-orm/core';\n`;
const ts = (body: string): string => `${head}export class ${name} extends Migration {\n${body}\n}`;

const create = 'create table m (id int primary key, note varchar(50));';

/** One migration as MikroORM's generators and people have written it. */
const statementStyles: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'TypeScript of version 5 and 6': [
    `${name}.ts`,
    ts(`  async up(): Promise<void> {
      this.addSql('${create}');
      this.addSql("insert into m values (1, 'it''s; 100%?')");
    }
    async down(): Promise<void> { this.addSql('drop table m;'); }`),
  ],
  'TypeScript of version 7': [
    `${name}.ts`,
    ts(`  override up(): void | Promise<void> {
      this.addSql(\`${create}\`);
      this.addSql(raw('insert into m values (?, ?)', [1, "it's; 100%?"]));
    }
    override down(): void | Promise<void> { this.addSql(\`drop table m;\`); }`),
  ],
  'JavaScript as generated': [
    `${name}.cjs`,
    `'use strict'; Object.defineProperty(exports, '__esModule', { value: true });
     const { Migration } = require('@mikro-orm/migrations');
     class ${name} extends Migration {
       async up() { this.addSql('${create}'); this.addSql("insert into m values (1, 'it''s; 100%?');"); }
       async down() { this.addSql('drop table m;'); }
     }
     exports.${name} = ${name};`,
  ],
  'CommonJS as compiled': [
    `${name}.cjs`,
    `'use strict'; Object.defineProperty(exports, '__esModule', { value: true });
     const migrations_1 = require('@mikro-orm/migrations');
     class Base extends migrations_1.Migration { async down() { this.addSql('drop table m'); } }
     class M extends Base { async up() { this.addSql('${create} insert into m values (1, \\'it\\'\\'s; 100%?\\')'); } }
     exports.default = M;`,
  ],
  'a base class of the project': [
    `${name}.ts`,
    `${head}abstract class AppMigration extends Migration { protected make(): void { this.addSql('${create}'); } }
     export default class extends AppMigration {
       async up() { this.make(); this.addSql(this.driver.getPlatform().formatQuery("insert into m values (?, ?)", [1, "it's; 100%?"])); }
       async down() { this.addSql('drop table m'); }
     }`,
  ],
};

/** Code that asks the database while it runs. */
const callStyles: Readonly<Record<string, string>> = {
  'execute()': `async up() {
      await this.execute('${create.slice(0, -1)}');
      await this.execute('insert into m values (?, ?)', [1, "it's; 100%?"]);
      const rows = await this.execute('select id from m');
      this.addSql(raw('update m set id = ? where id = ?', [rows[0].id + 1, 1]));
      this.addSql('update m set id = 1');
    }
    async down() { await this.execute('drop table m'); }`,
  'execute() within try': `async up() {
      try { await this.execute('select * from nowhere where 1 = 0'); } catch { /* the table is not there yet */ }
      this.addSql('${create}'); this.addSql("insert into m values (1, 'it''s; 100%?')");
    }
    async down() { this.addSql('drop table m'); }`,
  'the EntityManager': `async up() {
      await this.execute('${create.slice(0, -1)}');
      await this.getEntityManager().execute('insert into m values (?, ?)', [1, "it's; 100%?"]);
    }
    async down() { this.addSql('drop table m'); }`,
  'the driver': `async up() {
      await this.driver.execute('${create.slice(0, -1)}');
      await this.driver.execute("insert into m values (1, 'it''s; 100%?')", [], 'run', this.ctx);
    }
    async down() { await this.config.getDriver().execute('drop table m', [], 'run', this.ctx); }`,
};

const content = [{ id: 1, note: "it's; 100%?" }];

describe.each(databaseKinds)("MikroORM's classes on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(kind, { name: 'mikro' });
  });
  afterAll(() => database.drop());

  const withExecutor = (work: (executor: Executor) => Promise<void>): Promise<void> =>
    withSession(database, (session, pinned) => work({ dialect: kind, session, pinned }));

  it.each(Object.entries(statementStyles))('give their statements, up and down: %s', (_, [file, text]) =>
    withExecutor(async (executor) => {
      const script = await load(text, executor, file);
      expect(script).toMatchObject({ source: 'legacy', transaction: true, down: [{ text: 'drop table m' }] });
      expect(script.steps.map((step) => step.kind)).toEqual(['statement', 'statement']);
      await checkThereAndBack(script, executor);
    }),
  );

  it.each(Object.entries(callStyles))('run as code where they ask at once, up and down: %s', (_, body) =>
    withExecutor(async (executor) => {
      const script = await load(ts(`  override ${body}`.replace('override async down', 'async down')), executor);
      expect(script.steps.map((step) => step.kind)).toEqual(['call']);
      // Nothing reached the database while it was read.
      await expect(executor.session.query('select * from m')).rejects.toThrow();
      await checkThereAndBack(script, executor);
    }),
  );

  it('work within a transaction that is undone', () =>
    withExecutor(async (executor) => {
      const { session } = executor;
      await session.run('create table kept (id int)');
      const script = await load(
        ts(`async up() {
          await this.execute('insert into kept values (1)');
          await this.getEntityManager().execute('insert into kept values (2)');
        }`),
        executor,
      );
      await session.run('begin');
      await runUp(script, executor);
      expect(await session.query('select * from kept')).toHaveLength(2);
      await session.run('rollback');
      expect(await session.query('select * from kept')).toEqual([]);
      await session.run('drop table kept');
    }));
});

async function checkThereAndBack(script: LoadedScript, executor: Executor): Promise<void> {
  for (const _ of [1, 2]) {
    await runUp(script, executor);
    expect(await executor.session.query('select * from m')).toEqual(content);
    await runDown(script, executor);
    await expect(executor.session.query('select * from m')).rejects.toThrow();
  }
}

describe("a class of MikroORM's", () => {
  const inMemory = (work: (executor: Executor) => Promise<void>, kind: DatabaseKind = 'sqlite'): Promise<void> =>
    withSession({ kind, url: 'sqlite::memory:' }, (session, pinned) => work({ dialect: kind, session, pinned }));

  it('says whether it shares a transaction', () =>
    inMemory(async (executor) => {
      const script = await load(ts(`async up() { this.addSql('a'); }\nisTransactional() { return false; }`), executor);
      expect(script.transaction).toBe(false);
    }));

  it.each(['', 'async down() {}', "async down() { throw new Error('never'); }"])('has no way back: %s', (down) =>
    inMemory(async (executor) => {
      const script = await load(ts(`async up() { this.addSql('a'); }\n${down}`), executor);
      expect(script).toEqual({
        source: 'legacy',
        transaction: true,
        steps: [{ kind: 'statement', text: 'a', declared: 'additive' }],
      });
      const code = await load(ts(`async up() { await this.execute('a'); }\n${down}`), executor);
      expect(code.steps[0]).not.toHaveProperty('undo');
    }),
  );

  it('runs as code where it does not even wait for what it asks', () =>
    inMemory(async (executor) => {
      const script = await load(ts(`up() { void this.execute('a'); this.addSql('b'); }`), executor);
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(script.steps.map(({ kind }) => kind)).toEqual(['call']);
    }));

  it('takes queries of other builders', () =>
    inMemory(async (executor) => {
      const body = `up() {
        this.addSql({ compile: () => ({ sql: 'insert into m values (?)', params: ['a'] }) });
        this.addSql({ toQuery: () => 'delete from m' });
      }`;
      const texts = (await load(ts(body), executor)).steps.map((step) => step.kind === 'statement' && step.text);
      expect(texts).toEqual(["insert into m values ('a')", 'delete from m']);
    }));

  it.each([
    [ts(`async up() { this.addSql(this.getKnex().raw('a')); }`), 'getKnex'],
    [ts(`async up() { throw new Error('gone'); }`), 'gone'],
    [ts(`async up() { this.addSql(7); }`), 'neither SQL nor a query'],
    [`${head}class A extends Migration { up() {} }`, 'exports no class'],
  ])('does not load: %s', (text, message) =>
    inMemory(async (executor) => {
      await expect(load(text, executor)).rejects.toMatchObject({
        code: 'MIGRATION_DOES_NOT_LOAD',
        message: expect.stringContaining(message) as string,
      });
    }),
  );
});
