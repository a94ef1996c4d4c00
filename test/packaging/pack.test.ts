import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { proof } from '../support/proof.ts';
import { outsideEnvironment } from './support/outside-environment.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

const env = outsideEnvironment();

describe('the package', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mikrate-pack-'));
  const project = join(folder, 'project');
  let files: readonly string[] = [];

  beforeAll(async () => {
    const tarball = await pack(join(folder, 'source'));
    files = tarball.files;
    writeProject(project);
    const version = manifest.peerDependencies['@mikro-orm/core'];
    const packages = [tarball.path, `@mikro-orm/core@${version}`, `@mikro-orm/sqlite@${version}`];
    await run('npm', ['install', '--save-exact', '--no-audit', '--no-fund', '--prefer-offline', ...packages], {
      cwd: project,
      env,
    });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the built files and nothing of the tests, the models or the sources', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'CHANGELOG.md',
        'package.json',
        'dist/main.js',
        'dist/index.js',
        'dist/index.d.ts',
      ]),
    );
    expect(
      files.filter(
        (file) => !/^(?:LICENSE|README\.md|CHANGELOG\.md|package\.json|dist\/.+\.(?:js|d\.ts))$/u.test(file),
      ),
    ).toEqual([]);
  });

  it('installs in an empty folder, and its commands bring a new database to the models', async () => {
    const first = await run('npx', ['mikrate', '--ci'], { cwd: project, env });
    expect(first.stdout).toContain('🎉 Complete migration SUCCEEDED!');
    expect(existsSync(join(project, 'app.sqlite'))).toBe(true);
    const second = await run('npx', ['migrate', '--ci'], { cwd: project, env });
    expect(second.stdout).toContain('🎉 Nothing to do');
    await run('npx', ['mikrate', 'plan', '--exit-code'], { cwd: project, env });
    proof('packaging: fresh clone and packed package', 'sqlite');
  });

  it('exports its programmatic interface with types', async () => {
    const script = "import('mikrate').then((api) => console.log(Object.keys(api).sort().join()))";
    const { stdout } = await run(process.execPath, ['-e', script], { cwd: project, env });
    expect(stdout.trim()).toBe(
      'MigrateError,SchemaVersion,backfill,byDialect,defineMigration,expectNoRows,expectRows,sql',
    );
    writeFileSync(
      join(project, 'use.ts'),
      "import { MigrateError, type MigrateOptions, type PlanFile } from 'mikrate';\nexport const options: MigrateOptions = { environment: 'production' };\nexport const hash = (plan: PlanFile): string => plan.hash;\nexport const isOurs = (error: unknown): boolean => error instanceof MigrateError;\n",
    );
    const settings = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024', 'use.ts'];
    await run(join(root, 'node_modules/.bin/tsc'), settings, { cwd: project, env });
  });
});

/** Packs a copy of the sources, so that the build of this folder is left alone. */
async function pack(folder: string): Promise<{ readonly path: string; readonly files: readonly string[] }> {
  mkdirSync(folder);
  for (const name of [
    'package.json',
    'src',
    'scripts',
    'tsconfig.json',
    'tsconfig.build.json',
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
  ])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  await run('npm', ['run', 'build'], { cwd: folder, env });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts'], { cwd: folder, env });
  const listed = JSON.parse(stdout) as unknown;
  const [packed] = (Array.isArray(listed) ? listed : Object.values(listed as object)) as {
    filename: string;
    files: { path: string }[];
  }[];
  if (!packed) throw new Error(`npm pack said ${stdout}`);
  return { path: join(folder, packed.filename), files: packed.files.map(({ path }) => path) };
}

function writeProject(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  writeFileSync(
    join(folder, 'mikro-orm.config.ts'),
    [
      "import { defineEntity, p } from '@mikro-orm/core';",
      "import { SqliteDriver } from '@mikro-orm/sqlite';",
      "const Book = defineEntity({ name: 'Book', properties: { id: p.integer().primary(), title: p.string() } });",
      "export default { driver: SqliteDriver, dbName: 'app.sqlite', entities: [Book] };",
    ].join('\n'),
  );
}
