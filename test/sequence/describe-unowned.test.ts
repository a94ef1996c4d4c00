import { afterEach, expect, it } from 'vitest';
import { makeProject, readProject, type Project } from './support/project.ts';

const projects: Project[] = [];
afterEach(() => projects.splice(0).forEach((project) => project.remove()));

it('names what looks like a migration and is none, directly in the folder', async () => {
  const project = makeProject({
    '1_up.ts': 'export const up = () => {};',
    '2_nothing.ts': 'export const columns = [];',
    '3_typeorm.js': '// up\nmodule.exports = {};',
    'index.ts': '',
    '1_up.test.ts': '',
    'types.d.ts': '',
    'README.md': '',
    'schema.lock.json': '{}',
    'lib/columns.ts': 'export const columns = [];',
    '2024/4_up.ts': 'export const up = () => {};',
  });
  projects.push(project);
  expect(await unownedOf(project)).toEqual(['migrations/2_nothing.ts', 'migrations/3_typeorm.js']);
});

it('says nothing of a folder of migrations', async () => {
  const project = makeProject({ 'a/1.ts': 'export const up = 1;', 'b/2.cjs': 'exports.up = 1;' });
  projects.push(project);
  expect(await unownedOf(project)).toEqual([]);
});

async function unownedOf(project: Project): Promise<readonly string[]> {
  const told: string[] = [];
  await readProject(project, 'sqlite', { onUnowned: (paths) => void told.push(...paths) });
  return told;
}
