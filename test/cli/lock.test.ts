import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { LockFile } from '../../src/config/lock-file.ts';
import { createProject, library, oneTable, type Project } from './support/project.ts';

const nowhere = { url: 'sqlite:never-made.sqlite' };
const lockFileOf = (project: Project): string => join(project.folder, 'migrations/schema.lock.json');
const read = (project: Project): LockFile => JSON.parse(readFileSync(lockFileOf(project), 'utf8')) as LockFile;

it('writes the release of the models for every database, without a connection', async () => {
  const project = createProject(library);
  const { exit, stdout, stderr } = await project.migrate(nowhere, ['lock']);
  expect(stderr).toBe('');
  expect(exit).toBe(0);
  const lock = read(project);
  expect(stdout).toContain(lock.id);
  expect(lock).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{64}$/u), parents: [], ancestors: [] });
  expect(Object.keys(lock.fingerprints).toSorted()).toEqual(['mariadb', 'mysql', 'postgresql', 'sqlite']);
  expect(existsSync(join(project.folder, 'never-made.sqlite'))).toBe(false);
});

it('leaves the file alone while the models are the same', async () => {
  const project = createProject(library);
  await project.migrate(nowhere, ['lock']);
  const before = readFileSync(lockFileOf(project), 'utf8');
  const { stdout } = await project.migrate(nowhere, ['lock']);
  expect(stdout).toContain('nothing to write');
  expect(readFileSync(lockFileOf(project), 'utf8')).toBe(before);
});

it('makes a child of the release before, with all its ancestors', async () => {
  const project = createProject(oneTable('a: p.string()'));
  const ids: string[] = [];
  for (const columns of [
    'a: p.string()',
    'a: p.string(), b: p.string()',
    'a: p.string(), b: p.string(), c: p.string()',
  ]) {
    project.writeModels(oneTable(columns));
    await project.migrate(nowhere, ['lock']);
    ids.push(read(project).id);
  }
  const { parents, ancestors } = read(project);
  expect(new Set(ids).size).toBe(3);
  expect(parents).toEqual([ids[1]]);
  expect(new Set(ancestors)).toEqual(new Set([ids[0], ids[1]]));
});

it('gives equal models of two branches different releases', async () => {
  const [left, right] = [createProject(library), createProject(library)];
  await left.migrate(nowhere, ['lock']);
  await right.migrate(nowhere, ['lock']);
  expect(read(left).fingerprints).toEqual(read(right).fingerprints);
  expect(read(left).id).not.toBe(read(right).id);
});

it('makes a git conflict in the file a child of both sides', async () => {
  const project = createProject(library);
  await project.migrate(nowhere, ['lock']);
  const base = readFileSync(lockFileOf(project), 'utf8');
  const branch = async (columns: string): Promise<string> => {
    writeFileSync(lockFileOf(project), base);
    project.writeModels(oneTable(columns));
    await project.migrate(nowhere, ['lock']);
    return readFileSync(lockFileOf(project), 'utf8');
  };
  const [ours, theirs] = [await branch('a: p.string()'), await branch('b: p.string()')];
  writeFileSync(lockFileOf(project), conflict(ours, theirs));
  project.writeModels(oneTable('a: p.string(), b: p.string()'));
  const plan = await project.migrate(nowhere, ['plan']);
  expect(plan.stderr).toContain('LOCK_FILE_INVALID');
  expect(plan.exit).toBe(64);
  expect((await project.migrate(nowhere, ['lock'])).exit).toBe(0);
  const ids = [ours, theirs].map((text) => (JSON.parse(text) as LockFile).id);
  const root = (JSON.parse(base) as LockFile).id;
  expect(read(project).parents).toEqual(ids.toSorted());
  expect(read(project).ancestors).toEqual([...ids, root].toSorted());
});

it('--json says what was done', async () => {
  const project = createProject(library);
  const { stdout } = await project.migrate(nowhere, ['lock', '--json']);
  expect(JSON.parse(stdout)).toEqual({ id: read(project).id, parents: [], changed: true });
});

it('of the reference application is committed and current', async () => {
  const committed = JSON.parse(readFileSync('migrations/schema.lock.json', 'utf8')) as LockFile;
  const { readFingerprints } = await import('../../src/inspect/fingerprints.ts');
  const { loadConfig } = await import('../../src/config/load-config.ts');
  const config = await loadConfig({ cwd: process.cwd(), file: undefined, context: undefined, env: {} });
  expect(await readFingerprints(config)).toEqual(committed.fingerprints);
});

/** What git leaves where two branches wrote the same lines: the equal beginning and end once, the rest twice. */
function conflict(ours: string, theirs: string): string {
  const [left, right] = [ours.split('\n'), theirs.split('\n')];
  const start = left.findIndex((line, at) => line !== right[at]);
  const end = left.toReversed().findIndex((line, at) => line !== right.toReversed()[at]);
  const middle = (lines: readonly string[]): readonly string[] => lines.slice(start, lines.length - end);
  return [
    ...left.slice(0, start),
    '<<<<<<< HEAD',
    ...middle(left),
    '=======',
    ...middle(right),
    '>>>>>>> theirs',
    ...left.slice(left.length - end),
  ].join('\n');
}
