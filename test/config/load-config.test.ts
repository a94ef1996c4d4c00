import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeProject } from './support/project.ts';

const named = (dbName: string): string => `export default { dbName: '${dbName}' }`;
const everywhere = {
  'src/mikro-orm.config.ts': named('src-ts'),
  'mikro-orm.config.ts': named('ts'),
  'dist/mikro-orm.config.js': named('dist'),
  'build/mikro-orm.config.js': named('build'),
  'src/mikro-orm.config.js': named('src-js'),
  'mikro-orm.config.js': named('js'),
};

describe('where the config is looked for', () => {
  test('in the order of MikroORM', async () => {
    const left: Record<string, string> = { ...everywhere };
    for (const [file, text] of Object.entries(everywhere)) {
      const project = makeProject(left);
      const loaded = await project.load();
      expect(loaded.file).toBe(join(project.folder, file));
      expect(text).toContain(`'${String(loaded.options['dbName'])}'`);
      delete left[file];
    }
  });

  test('the environment comes before package.json, that before the usual places, --config before all', async () => {
    const files = {
      ...everywhere,
      'package.json': '{ "type": "module", "mikro-orm": { "configPaths": ["./absent.ts", "./conf/a.ts"] } }',
      'conf/a.ts': named('manifest'),
      'conf/b.ts': named('environment'),
      'conf/c.ts': named('option'),
    };
    const project = makeProject(files);
    const database = async (request?: object, env?: Record<string, string>): Promise<unknown> =>
      (await project.load(request, env)).options['dbName'];
    expect(await database()).toBe('manifest');
    expect(await database({}, { MIKRO_ORM_CLI_CONFIG: './conf/b.ts' })).toBe('environment');
    expect(await database({ file: 'conf/c.ts' }, { MIKRO_ORM_CLI_CONFIG: './conf/b.ts' })).toBe('option');
  });

  test('without one, every place is named', async () => {
    const { code, message, exit } = await makeProject({}).load();
    expect({ code, exit }).toEqual({ code: 'CONFIG_NOT_FOUND', exit: 64 });
    for (const file of Object.keys(everywhere)) expect(message).toContain(`./${file}`);
    expect((await makeProject(everywhere).load({ file: 'nowhere.ts' })).message).toContain('looked for nowhere.ts');
  });
});

describe('what a config may be', () => {
  test('types, a factory, an asynchronous factory that is told the context', async () => {
    const typed = makeProject({
      'mikro-orm.config.ts':
        'interface A { dbName: string }\nconst a: A = { dbName: "typed" } satisfies A\nexport default a as A',
    });
    expect((await typed.load()).options).toEqual({ dbName: 'typed' });
    const factory = makeProject({
      'mikro-orm.config.ts': 'export default async (context: string) => ({ dbName: context })',
    });
    expect((await factory.load()).options).toEqual({ dbName: 'default' });
    expect((await factory.load({ context: 'reports' })).options).toEqual({ dbName: 'reports' });
  });

  test('several, told apart by contextName', async () => {
    const project = makeProject({
      'mikro-orm.config.ts':
        "export default [{ dbName: 'one' }, () => ({ contextName: 'two', dbName: 'two' }), async () => ({ contextName: 'three', dbName: 'three' })]",
    });
    expect((await project.load()).options['dbName']).toBe('one');
    expect((await project.load({}, { MIKRO_ORM_CONTEXT_NAME: 'two' })).options['dbName']).toBe('two');
    expect((await project.load({ context: 'three' }, { MIKRO_ORM_CONTEXT_NAME: 'two' })).options['dbName']).toBe(
      'three',
    );
    expect(await project.load({ context: 'four' })).toMatchObject({
      code: 'CONFIG_DOES_NOT_LOAD',
      message: expect.stringContaining('no context "four" (it has: default, two, three)'),
    });
  });

  test('CommonJS, compiled from ESM or not', async () => {
    const plain = makeProject({ 'package.json': '{}', 'mikro-orm.config.js': 'module.exports = { dbName: "cjs" }' });
    expect((await plain.load()).options['dbName']).toBe('cjs');
    const compiled = makeProject({
      'package.json': '{}',
      'mikro-orm.config.js':
        'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = { dbName: "cjs" }; exports.migrate = { environment: "e" }',
    });
    expect(await compiled.load()).toMatchObject({ options: { dbName: 'cjs' }, migrate: { environment: 'e' } });
  });

  test('the options of migrate come with their defaults', async () => {
    const project = makeProject({
      'mikro-orm.config.ts':
        "export default {}\nexport const migrate = { environment: 'production', lock: { wait: '2m' } }",
    });
    expect((await project.load()).migrate).toMatchObject({
      environment: 'production',
      models: 'apply',
      log: { table: 'schema_versions' },
      lock: { wait: 120_000 },
      rebuildBelow: 100 * 1024 * 1024,
    });
  });
});

describe('what does not load says where', () => {
  const cases: Record<string, { files: Record<string, string>; code: string; where: string; says: string }> = {
    'an error in the config': {
      files: { 'mikro-orm.config.ts': '\n\nthrow new Error("no luck")' },
      code: 'CONFIG_DOES_NOT_LOAD',
      where: 'mikro-orm.config.ts:3',
      says: 'no luck',
    },
    'an error in its factory': {
      files: { 'mikro-orm.config.ts': 'export default () => {\n  throw new Error("no luck")\n}' },
      code: 'CONFIG_DOES_NOT_LOAD',
      where: 'mikro-orm.config.ts:2',
      says: 'no luck',
    },
    'a syntax error': {
      files: { 'mikro-orm.config.ts': 'const a = 1\nconst b = = 2' },
      code: 'CONFIG_DOES_NOT_LOAD',
      where: 'mikro-orm.config.ts:2',
      says: 'xpression expected',
    },
    'TypeScript that is not only types': {
      files: { 'mikro-orm.config.ts': '\nenum A { B }\nexport default { dbName: A.B }' },
      code: 'CONFIG_DOES_NOT_LOAD',
      where: 'mikro-orm.config.ts:2',
      says: 'enum',
    },
    'a syntax error in JavaScript': {
      files: { 'mikro-orm.config.js': '\n\nconst b = = 2' },
      code: 'CONFIG_DOES_NOT_LOAD',
      where: 'mikro-orm.config.js:3',
      says: 'Unexpected token',
    },
    'decorators without a loader': {
      files: {
        'mikro-orm.config.ts': "export default async () => ({ entities: [(await import('./models/a.ts')).A] })",
        'models/a.ts': '\nfunction Entity() {}\n@Entity()\nexport class A {}',
      },
      code: 'MODELS_DO_NOT_LOAD',
      where: 'models/a.ts:3',
      says: 'nvalid or unexpected token',
    },
    'a default export that is nothing': {
      files: { 'mikro-orm.config.ts': 'export const a = 1' },
      code: 'CONFIG_DOES_NOT_LOAD',
      where: 'mikro-orm.config.ts',
      says: 'default export',
    },
    'an error in a model': {
      files: { 'mikro-orm.config.ts': "import './models/a.ts'", 'models/a.ts': '\nnull.x' },
      code: 'MODELS_DO_NOT_LOAD',
      where: 'models/a.ts:2',
      says: 'Cannot read properties of null',
    },
    'an error in a model that a factory imports': {
      files: {
        'mikro-orm.config.ts': "export default async () => (await import('./models/a.ts')).x",
        'models/a.ts': "import './b.ts'\nexport const x = {}",
        'models/b.ts': '\n\nthrow new TypeError("odd")',
      },
      code: 'MODELS_DO_NOT_LOAD',
      where: 'models/b.ts:3',
      says: 'odd',
    },
    'a syntax error in a model': {
      files: { 'mikro-orm.config.ts': "import './models/a.ts'", 'models/a.ts': '\n\n\nconst = 1' },
      code: 'MODELS_DO_NOT_LOAD',
      where: 'models/a.ts:4',
      says: 'xpected',
    },
    'a model that is not there': {
      files: { 'mikro-orm.config.ts': "import './models/a.ts'", 'models/a.ts': "import './absent.ts'" },
      code: 'MODELS_DO_NOT_LOAD',
      where: 'models/a.ts',
      says: 'absent.ts',
    },
    'a name that a model does not export': {
      files: {
        'mikro-orm.config.ts': "import './models/a.ts'",
        'models/a.ts': "\nimport { x } from './b.ts'\nx()",
        'models/b.ts': 'export const y = 1',
      },
      code: 'MODELS_DO_NOT_LOAD',
      where: 'models/a.ts:2',
      says: "does not provide an export named 'x'",
    },
    'a package that is not there': {
      files: { 'mikro-orm.config.ts': "import 'surely-not-installed'" },
      code: 'CONFIG_DOES_NOT_LOAD',
      where: 'mikro-orm.config.ts',
      says: 'surely-not-installed',
    },
  };
  test.each(Object.entries(cases))('%s', async (_, { files, code, where, says }) => {
    const loaded = await makeProject(files).load();
    expect(loaded).toMatchObject({ code, exit: 64 });
    expect(loaded.message).toContain(where);
    expect(loaded.message).toContain(says);
  });

  test('a password in an error is not shown', async () => {
    const { message } = await makeProject({
      'mikro-orm.config.ts': 'throw new Error("cannot use mysql://root:hunter2@db/x")',
    }).load();
    expect(message).toContain('mysql://root:***@db/x');
  });
});

test('a project that Node.js cannot run alone is imported through a loader that it has installed', async () => {
  const jiti = {
    'node_modules/jiti/package.json': '{ "name": "jiti", "version": "2.0.0", "type": "module" }',
    'node_modules/jiti/lib/jiti.mjs':
      "export const createJiti = () => ({ import: async (file) => ({ default: { dbName: 'through jiti ' + file.endsWith('mikro-orm.config.ts') } }) })",
  };
  const config = { 'mikro-orm.config.ts': 'enum A { B }\nexport default { dbName: A.B }' };
  expect((await makeProject({ ...config, ...jiti }).load()).options['dbName']).toBe('through jiti true');
  expect(await makeProject(config).load()).toMatchObject({ code: 'CONFIG_DOES_NOT_LOAD' });
});
