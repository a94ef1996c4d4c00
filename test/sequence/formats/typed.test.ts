import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { dialectNames } from '../../../src/dialects/index.ts';
import type { DialectName } from '../../../src/schema/sql-by-dialect.ts';
import type { LoadedScript } from '../../../src/sequence/migration-file.ts';
import { makeProject, mikrate, readProject, type Project } from '../support/project.ts';

const projects: Project[] = [];
afterEach(() => projects.splice(0).forEach((project) => project.remove()));

const head = `import { backfill, byDialect, defineMigration, expectNoRows, expectRows, sql } from '${mikrate}';\n`;

function project(files: Readonly<Record<string, string>>): Project {
  const made = makeProject(files);
  projects.push(made);
  return made;
}

async function load(body: string, dialect: DialectName = 'sqlite', name = '1_x.ts'): Promise<LoadedScript> {
  const [file] = await readProject(project({ [name]: `${head}${body}` }), dialect);
  if (!file) throw new Error('no format owns the file');
  expect(file).toMatchObject({ format: 'typed', name: '1_x', path: `migrations/${name}` });
  return file.load();
}

const define = (operations: string, rest = ''): string =>
  `export default defineMigration({ description: 'd', operations: [${operations}]${rest} });`;

const text = `{ type: { type: 'text' }, nullable: true, name: 'a' }`;

describe('a typed migration', () => {
  it.each(dialectNames)('does the same on %s', async (dialect) => {
    const script = await load(
      define(
        `{ kind: 'addColumn', table: 't', column: ${text}, renamedFrom: 'b' }, backfill('t', 'a', { value: 'x' }),
         expectRows('select 1', 'one'), expectNoRows({ mysql: 'my', postgresql: 'pg', sqlite: 'lite' })`,
        `, when: { exists: 't' }, data: true, generated: true, from: { tables: {} }, to: { tables: {} }`,
      ),
      dialect,
    );
    const other = { mysql: 'my', mariadb: 'my', postgresql: 'pg', sqlite: 'lite' }[dialect];
    expect(script).toEqual({
      source: 'generated',
      description: 'd',
      data: true,
      when: { exists: 't' },
      transaction: true,
      from: { tables: {}, views: {}, enums: {} },
      to: { tables: {}, views: {}, enums: {} },
      steps: [
        {
          kind: 'operation',
          operation: { kind: 'addColumn', table: 't', column: { type: { type: 'text' }, nullable: true, name: 'a' } },
          renamedFrom: 'b',
        },
        { kind: 'operation', operation: { kind: 'backfill', table: 't', column: 'a', set: { value: 'x' } } },
        { kind: 'expect', expectation: { sql: 'select 1', rows: 'some', message: 'one' } },
        { kind: 'expect', expectation: { sql: other, rows: 'none' } },
      ],
    });
  });

  it.each(dialectNames)('has its SQL statement by statement on %s, and the way back as a whole', async (dialect) => {
    const script = await load(
      define(
        `sql('create table t (a int)', { down: 'drop table t', summary: 's' }),
         sql({ mysql: "update t set a = ';'; select 2;", postgresql: 'p', sqlite: 'l' }, { down: '', declared: 'dataDependent', after: expectRows('select 3') })`,
        ', transaction: false',
      ),
      dialect,
    );
    const declared = 'dataDependent';
    const after = { sql: 'select 3', rows: 'some' };
    const one = (sql: string) => [{ kind: 'statement', text: sql, declared, down: [], after }];
    const two = [{ kind: 'statement', text: "update t set a = ';'", declared, down: [] }, ...one('select 2')];
    const second = { mysql: two, mariadb: two, postgresql: one('p'), sqlite: one('l') }[dialect];
    expect(script).toEqual({
      source: 'legacy',
      description: 'd',
      transaction: false,
      steps: [
        {
          kind: 'statement',
          text: 'create table t (a int)',
          declared: 'additive',
          summary: 's',
          down: ['drop table t'],
        },
        ...second,
      ],
      down: [{ kind: 'statement', text: 'drop table t', declared: 'destructive' }],
    });
  });

  it('has no way back as statements where operations know theirs, or an author gave none', async () => {
    const mixed = await load(define(`sql('a', { down: 'b' }), backfill('t', 'a', { value: 1 })`));
    expect(mixed.down).toBeUndefined();
    expect(mixed.steps[0]).toMatchObject({ down: ['b'] });
    expect((await load(define(`sql('a')`))).down).toBeUndefined();
  });

  it('has items for some databases only; mariadb falls back to mysql', async () => {
    const body = define(
      `byDialect({ mysql: [sql('m')], postgresql: [byDialect({ postgresql: [sql('p'), sql('q')] })] })`,
    );
    const texts = async (dialect: DialectName) =>
      (await load(body, dialect)).steps.map((step) => (step.kind === 'statement' ? step.text : step.kind));
    expect(await texts('mysql')).toEqual(['m']);
    expect(await texts('mariadb')).toEqual(['m']);
    expect(await texts('postgresql')).toEqual(['p', 'q']);
    expect(await texts('sqlite')).toEqual([]);
  });

  it.each(dialectNames)('is what the example of the documentation shows, on %s', async (dialect) => {
    const source = readFileSync(new URL('../../../src/sequence/define-migration.ts', import.meta.url), 'utf8');
    const example = /```ts\n(.*?)```/su.exec(source)?.[1]?.replaceAll(/^ \* ?/gmu, '') ?? '';
    expect(example).toContain("from 'mikrate'");
    const [file] = await readProject(project({ '1.ts': example.replace("'mikrate'", `'${mikrate}'`) }), dialect);
    expect((await file?.load())?.steps.map(({ kind }) => kind)).toEqual([
      'operation',
      'operation',
      'expect',
      'statement',
    ]);
  });

  it.each(['1_x.ts', '1_x.js', '1_x.mts', '1_x.mjs'])('may be %s', async (name) => {
    expect((await load(define(`sql('a')`), 'sqlite', name)).steps).toHaveLength(1);
  });

  it('is not code that only speaks of it', async () => {
    const files = { '1.ts': '// defineMigration\nexport const a = 1;', '2.ts': `export const a = 'defineMigration';` };
    expect(await readProject(project(files), 'sqlite')).toEqual([]);
  });
});

describe('what does not load says where', () => {
  it.each([
    [`{ kind: 'addColum', table: 't' }`, 'operations[0]', 'did you mean "addColumn"'],
    [`sql('a'), { kind: 'addColumn', table: 't' }`, 'operations[1]', 'the addColumn is not complete'],
    [`{ kind: 'dropTable' }`, 'operations[0]', 'not complete'],
    [`{ kind: 'renameTable', from: 'a' }`, 'operations[0]', 'not complete'],
    [`{ kind: 'createTable', table: { name: 't', columns: {} } }`, 'operations[0]', 'indexes, foreignKeys'],
    [`backfill('t', 'a', { value: new Date(0) })`, 'operations[0]', 'plain data'],
    [`backfill('t', 'a', { value: 1n })`, 'operations[0]', 'plain data'],
    [`'drop table t'`, 'operations[0]', 'no operation'],
    [`null`, 'operations[0]', 'no operation'],
    [`sql(1)`, 'operations[0]', 'SQL must be'],
    [`sql({ oracle: 'a' })`, 'operations[0]', 'SQL must be'],
    [`sql('a', { declared: 'harmless' })`, 'operations[0]', 'declared must be one of'],
    [`sql('a', { after: 'select 1' })`, 'operations[0]', 'after must be'],
    [`sql({ mysql: 'a' })`, 'operations[0]', 'no SQL for sqlite'],
    [`byDialect({ sqlite: [sql('a'), expectRows({ mysql: 'a' })] })`, 'operations[0].sqlite[1]', 'no SQL for sqlite'],
    [`byDialect({ sqlite: [{ kind: 'x' }] })`, 'operations[0].sqlite[0]', 'no kind "x"'],
    [`byDialect({ oracle: [] })`, 'operations[0]', 'lists of operations'],
  ])('%s', async (operations, where, message) => {
    await expect(load(define(operations))).rejects.toMatchObject({
      code: 'MIGRATION_DOES_NOT_LOAD',
      message: expect.stringContaining(message) as string,
      context: { path: 'migrations/1_x.ts', where },
    });
  });

  it.each([
    [`export default defineMigration({ description: 'd', operation: [] });`, undefined, 'list of operations'],
    [`export default defineMigration({ operations: [], dat: true });`, 'dat', 'did you mean data'],
    [`export default defineMigration({ operations: [], when: 'monitors' });`, 'when', 'exists'],
    [`export default defineMigration({ operations: [], data: 1 });`, 'data', 'boolean'],
    [`export default defineMigration({ operations: [], from: [] });`, 'from', 'schema'],
    [`defineMigration({ operations: [] });`, undefined, 'default export'],
    [`defineMigration;\nthrow new Error('gone');`, '1_x.ts:3', 'gone'],
    [`defineMigration({`, '1_x.ts:2', ''],
  ])('%s', async (body, where, message) => {
    await expect(load(body)).rejects.toMatchObject({
      code: 'MIGRATION_DOES_NOT_LOAD',
      message: expect.stringContaining(message) as string,
      context: { path: 'migrations/1_x.ts', ...(where !== undefined && { where }) },
    });
  });

  it('takes a name that is the word undefined', async () => {
    expect((await load(define(`{ kind: 'renameTable', from: 'undefined', to: 'a' }`))).steps).toHaveLength(1);
  });
});

describe('the semantics of a typed migration', () => {
  const semantics = async (name: string, body: string): Promise<string> => {
    const [file] = await readProject(project({ [name]: head + body }), 'sqlite');
    return file?.semantics() ?? '';
  };

  it('are those of its data, whatever the text', async () => {
    const written = await semantics('1.ts', define(`{ kind: 'renameTable', from: 'a', to: 'b' }`));
    const other = `const n: string = 'a';\n// c\nexport default defineMigration({ operations: [{ to: "b", from: n, kind: 'renameTable' }], description: 'other' })`;
    expect(await semantics('1.ts', other)).toBe(written);
    expect(await semantics('1.js', other.replace(': string', ''))).toBe(written);
    expect(await semantics('1.ts', other.replace('"b"', '"c"'))).not.toBe(written);
  });
});
