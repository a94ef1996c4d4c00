import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess } from '../harness/run-process.ts';

const bench = join(import.meta.dirname, '..');
const root = join(bench, '..');

/**
 * Two copies of the reference application, each below the `node_modules` with the MikroORM that its tool loads: two copies
 * of MikroORM must not meet in one process.
 */
export const referenceApps = {
  ours: join(root, '.scratch/bench-app'),
  mikroOrm: join(bench, '.work/app'),
} as const;

/** Copies the reference application for mikrate and for MikroORM; mikrate's gets its lock file, as in a real project. */
export async function prepareReferenceApps(work: string): Promise<void> {
  copyApp(referenceApps.ours, {});
  const lock = await runProcess({ args: [join(root, 'dist/main.js'), 'lock'], cwd: referenceApps.ours }, work);
  if (lock.code !== 0) throw new Error(`migrate lock: ${lock.output}`);
  copyApp(referenceApps.mikroOrm, {
    'mikro-orm': { configPaths: ['./mikro-orm.config.ts'] },
    dependencies: cliDependency(),
  });
  writeFileSync(join(referenceApps.mikroOrm, 'update.ts'), updateScript);
  usePlainHash(join(referenceApps.mikroOrm, 'models/inmate.ts'));
}

function copyApp(folder: string, more: object): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['models', 'mikro-orm.config.ts', 'tsconfig.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  // Without the migration files: the other tools have the models' tables to make, and no history.
  const lockFile = 'migrations/schema.lock.json';
  if (folder === referenceApps.ours) cpSync(join(root, lockFile), join(folder, lockFile));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'app', private: true, type: 'module', ...more }, null, 2),
  );
}

/** MikroORM's CLI insists on being named by the project. */
function cliDependency(): object {
  const { dependencies } = JSON.parse(readFileSync(join(bench, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return { '@mikro-orm/cli': dependencies['@mikro-orm/cli'], '@mikro-orm/core': dependencies['@mikro-orm/core'] };
}

/** MikroORM drops and adds the generated column at each run, and fails on MariaDB: there a plain column stands in for it. */
function usePlainHash(file: string): void {
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(/\n\s*\.generated\(.*\)\n/u, '\n.nullable()\n');
  if (changed === text) throw new Error('models/inmate.ts has no generated column any more: the benchmark must follow');
  writeFileSync(file, changed);
}

const updateScript = `import { MikroORM } from '@mikro-orm/core';
import config from './mikro-orm.config.ts';

const orm = await MikroORM.init(await config());
await orm.schema.update();
await orm.close();
`;
