import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const lockFile = 'migrations/schema.lock.json';

/** A project with the reference application's config, models and lock file, and none of its migration files. */
export interface ModelsAlone {
  readonly folder: string;
  remove(): void;
}

/** Makes such a project in the scratch folder of this repository, where its packages are found. */
export function makeModelsAlone(): ModelsAlone {
  mkdirSync(join(repository, '.scratch'), { recursive: true });
  const folder = mkdtempSync(join(repository, '.scratch/models-'));
  mkdirSync(join(folder, 'migrations'));
  copyFileSync(join(repository, lockFile), join(folder, lockFile));
  writeFileSync(join(folder, 'mikro-orm.config.ts'), "export { default, migrate } from '../../mikro-orm.config.ts';\n");
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
