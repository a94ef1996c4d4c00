import { realpathSync } from 'node:fs';
import { MigrateError } from '../errors.ts';
import { findPackage, type ProjectPackage } from './project-package.ts';

/**
 * The version of MikroORM that the project has. Throws VERSIONS_DIFFER when its packages have several versions, or when
 * the project and mikrate would load two copies of the core. Reads package.json files only.
 */
export function checkVersions(from: string): string {
  const found = packages.flatMap((name) => findPackage(name, from) ?? []);
  const core = findPackage('@mikro-orm/core', from);
  const version = core?.version ?? found[0]?.version ?? '';
  const copies = differentCores(core, findPackage('@mikro-orm/core', import.meta.filename));
  if (copies.length > 0) throw new MigrateError('VERSIONS_DIFFER', { versions: copies });
  if (found.some((other) => other.version !== version)) {
    throw new MigrateError('VERSIONS_DIFFER', { versions: found.map((other) => `${other.name}@${other.version}`) });
  }
  return version;
}

/** Those that must match the core exactly. */
const packages = [
  'core',
  'sql',
  'sqlite',
  'libsql',
  'postgresql',
  'mysql',
  'mariadb',
  'migrations',
  'decorators',
  'reflection',
  'entity-generator',
  'seeder',
  'cli',
].map((name) => `@mikro-orm/${name}`);

/** Two copies of one version would not know each other's classes. */
function differentCores(project: ProjectPackage | undefined, own: ProjectPackage | undefined): readonly string[] {
  if (!project || !own || realpathSync(project.folder) === realpathSync(own.folder)) return [];
  return [project, own].map(({ name, version, folder }) => `${name}@${version} in ${folder}`);
}
