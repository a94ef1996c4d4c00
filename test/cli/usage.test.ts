import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { errorDefinitions } from '../../src/errors.ts';
import { createProject, library, oneTable } from './support/project.ts';

const nowhere = { url: 'sqlite:never-made.sqlite' };

it.each([
  { args: ['--cii'], says: 'Did you mean --ci?' },
  { args: ['plan', '--jsno'], says: 'Did you mean --json?' },
  { args: ['stauts'], says: 'Did you mean status?' },
  { args: ['--ci', '--wait', 'long'], says: '--wait takes a duration such as 30s or 10m, not "long"' },
  { args: ['--ci', '--lock-timeout', '-1s'], says: '--lock-timeout' },
  { args: ['history', 'show', 'one'], says: 'a version is a whole number' },
  { args: ['history', 'shwo'], says: 'history knows list, show N, diff A B and verify' },
  { args: ['--ci', '--config', 'absent.config.ts'], says: 'absent.config.ts' },
  { args: ['--ci', '--database-url', 'oracle://host/db'], says: 'oracle' },
])('$args exits with 64 and says "$says"', async ({ args, says }) => {
  const { exit, stdout, stderr } = await createProject(library).migrate(nowhere, args);
  expect(stderr).toContain(says);
  expect(stderr).toContain('what to do: ');
  expect(stderr).toContain('database: nothing was changed');
  expect(stdout).toBe('');
  expect(exit).toBe(64);
});

it('names a wrong option with the right spelling', async () => {
  const { exit, stderr } = await createProject(library, '{ criticalQuerys: {} }').migrate(nowhere, ['plan']);
  expect(stderr).toMatch(/criticalQuerys.*criticalQueries/su);
  expect(exit).toBe(64);
});

it('says file and line of models that do not load', async () => {
  const { exit, stderr } = await createProject(oneTable('name: p.string().lenght(5)')).migrate(nowhere, ['plan']);
  expect(stderr).toMatch(/mikro-orm\.config\.ts:\d+/u);
  expect(exit).toBe(64);
});

it('writes an error as JSON on stdout with --json, and for people on stderr', async () => {
  const { exit, stdout, stderr } = await createProject(library).migrate(nowhere, ['plan', '--json', '--wait', 'x']);
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'error',
    code: 'USAGE',
    exitCode: 64,
    state: 'nothing was changed',
  });
  expect(stderr).toMatch(/^❌ USAGE: /u);
  expect(exit).toBe(64);
});

it('answers --help and --version without a project', async () => {
  const project = createProject('');
  writeFileSync(join(project.folder, 'mikro-orm.config.ts'), 'throw new Error("loaded");');
  const help = await project.migrate(nowhere, ['--help']);
  expect(help).toMatchObject({ exit: 0, stderr: '' });
  for (const name of ['plan', 'status', 'history', 'verify', 'doctor', 'lock'])
    expect(help.stdout).toMatch(new RegExp(`^ {2}${name} `, 'mu'));
  expect((await project.migrate(nowhere, ['plan', '--help'])).stdout).toContain('--markdown');
  expect((await project.migrate(nowhere, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
});

it('every error has an exit code of the table in the README', () => {
  const known = [1, 2, 3, 4, 5, 64, 69, 75, 130];
  for (const [code, { exit }] of Object.entries(errorDefinitions)) expect(known, code).toContain(exit);
});

it('says which Node.js it needs where it runs on an older one', () => {
  const older = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.19.1' })`;
  const main = resolve(import.meta.dirname, '../../src/main.ts');
  const { status, stderr } = spawnSync(process.execPath, ['--import', older, main, '--version'], { encoding: 'utf8' });
  expect(stderr).toContain('❌ NODE_TOO_OLD: this is Node.js 20.19.1, mikrate needs 22.17 or later');
  expect(stderr).not.toMatch(/^\s+at /mu);
  expect(status).toBe(64);
});

it('says that a folder is no database file, and that a file is new', async () => {
  const project = createProject(library);
  const folder = await project.migrate({ url: 'sqlite:.' }, ['plan']);
  expect(folder.stderr).toContain('NOT_A_FILE: . is a folder, not a database file');
  expect(folder.exit).toBe(64);
  const fresh = { url: 'sqlite:mistyped.sqlite' };
  expect((await project.migrate(fresh, ['plan'])).stderr).toContain('there was no file mistyped.sqlite');
  await project.migrate(fresh, ['--ci']);
  expect((await project.migrate(fresh, ['plan'])).stderr).not.toContain('there was no file');
});

it('blames the URL, not the config that reads it', async () => {
  const reads = `\nif (process.env.DATABASE_URL?.startsWith('oracle')) throw new Error('no such scheme');\n`;
  const project = createProject(`${library}${reads}`);
  const { exit, stderr } = await project.migrate({ url: 'oracle://host/db' }, ['plan']);
  expect(stderr).toMatch(/CONFIG_DOES_NOT_LOAD.*what to do: correct DATABASE_URL: .*oracle/su);
  expect(exit).toBe(64);
});

it('names the section that a statement wants', async () => {
  const project = createProject(library);
  mkdirSync(join(project.folder, 'migrations'), { recursive: true });
  writeFileSync(join(project.folder, 'migrations/1.sql'), 'create table a (id int);\n-- migrate:down\ndrop table a;\n');
  const { stderr } = await project.migrate({ url: 'sqlite:sections.sqlite' }, ['plan']);
  expect(stderr).toContain('begin one with `-- migrate:up`');
});
