import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MigrateError } from '../errors.ts';

export interface FindOptions {
  readonly cwd: string;
  /** `--config`. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The MikroORM config file, in the order in which MikroORM looks for it. Throws CONFIG_NOT_FOUND with all places. */
export function findConfig({ cwd, file, env }: FindOptions): string {
  const candidates = file === undefined ? [...fromEnvironment(env), ...fromManifest(cwd), ...usual] : [file];
  const found = candidates.map((candidate) => resolve(cwd, candidate)).find((path) => existsSync(path));
  if (found === undefined) throw new MigrateError('CONFIG_NOT_FOUND', { looked: [...new Set(candidates)] });
  return found;
}

/** What the nearest package.json says about MikroORM. */
export function readManifest(cwd: string): { readonly configPaths?: readonly string[]; readonly tsLoader?: string } {
  const path = nearest('package.json', cwd);
  if (path === undefined) return {};
  try {
    return (
      (JSON.parse(readFileSync(path, 'utf8')) as { 'mikro-orm'?: { configPaths?: string[]; tsLoader?: string } })[
        'mikro-orm'
      ] ?? {}
    );
  } catch {
    return {};
  }
}

/** The file of that name in the folder or the nearest one above. */
export function nearest(name: string, folder: string): string | undefined {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearest(name, parent);
}

const usual = [
  './src/mikro-orm.config.ts',
  './mikro-orm.config.ts',
  './dist/mikro-orm.config.js',
  './build/mikro-orm.config.js',
  './src/mikro-orm.config.js',
  './mikro-orm.config.js',
];

function fromEnvironment(env: FindOptions['env']): readonly string[] {
  const named = env['MIKRO_ORM_CLI_CONFIG'];
  return named ? [named] : [];
}

/** Relative to that package.json, like every path in it. */
function fromManifest(cwd: string): readonly string[] {
  const folder = dirname(nearest('package.json', cwd) ?? join(cwd, 'package.json'));
  return (readManifest(cwd).configPaths ?? []).map((path) => resolve(folder, path));
}
