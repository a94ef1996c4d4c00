import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearest, readManifest } from './find-config.ts';
import { findPackage } from './project-package.ts';

/** Imports a file and whatever it imports. */
export type Import = (file: string) => Promise<Record<string, unknown>>;

export interface Imported {
  readonly exports: Record<string, unknown>;
  /** How its entities must be imported, where Node.js cannot do it alone. */
  readonly importer?: Import;
}

/**
 * Imports a config file: Node.js strips types by itself. A project that Node.js alone cannot run (decorators, enums,
 * imports without extension) is imported through a loader that it has installed, as MikroORM does.
 */
export async function importConfig(file: string, env: Readonly<Record<string, string | undefined>>): Promise<Imported> {
  const wanted = env['MIKRO_ORM_CLI_TS_LOADER'] ?? readManifest(dirname(file)).tsLoader;
  if (wanted !== undefined && wanted !== 'native' && wanted !== 'auto') return throughLoader(file, [wanted]);
  if (usesLegacyDecorators(file)) return throughLoader(file, Object.keys(loaders));
  try {
    return { exports: await importNatively(file) };
  } catch (error) {
    const importer = isForLoader(error) ? await firstLoader(file, reloading) : undefined;
    if (!importer) throw error;
    return { exports: await importer(file), importer };
  }
}

/** Imports a file that Node.js can run as it is; types are stripped. */
export const importNatively: Import = async (file) =>
  (await import(pathToFileURL(file).href)) as Record<string, unknown>;

async function throughLoader(file: string, names: readonly string[]): Promise<Imported> {
  const importer = await firstLoader(file, names);
  return importer ? { exports: await importer(file), importer } : { exports: await importNatively(file) };
}

async function firstLoader(file: string, names: readonly string[]): Promise<Import | undefined> {
  for (const name of names) {
    const loader = loaders[name];
    const found = loader && findPackage(loader.package, file);
    if (found) return loader.start(found.folder, file);
  }
  return undefined;
}

interface Loader {
  readonly package: string;
  start(folder: string, file: string): Promise<Import>;
}

/** In MikroORM's order. */
const loaders: Readonly<Record<string, Loader>> = {
  oxc: { package: '@oxc-node/core', start: (folder) => registered(folder, ['register.mjs']) },
  swc: {
    package: '@swc-node/register',
    start: (folder) => registered(folder, ['esm/esm-register.mjs', 'esm-register.mjs']),
  },
  tsx: { package: 'tsx', start: startTsx },
  jiti: { package: 'jiti', start: startJiti },
};

/** A module that failed stays failed in Node.js; these two import it under another name. */
const reloading = ['tsx', 'jiti'];

/** Hooks itself into Node.js for all later imports. */
async function registered(folder: string, entries: readonly string[]): Promise<Import> {
  const entry = entries.map((path) => join(folder, path)).find((path) => existsSync(path));
  if (entry !== undefined) await import(pathToFileURL(entry).href);
  return importNatively;
}

async function startTsx(folder: string): Promise<Import> {
  const { tsImport } = (await import(pathToFileURL(join(folder, 'dist/esm/api/index.mjs')).href)) as {
    tsImport(specifier: string, parent: string): Promise<Record<string, unknown>>;
  };
  return (file) => tsImport(toUrl(file), import.meta.url);
}

async function startJiti(folder: string, config: string): Promise<Import> {
  const { createJiti } = (await import(pathToFileURL(join(folder, 'lib/jiti.mjs')).href)) as {
    createJiti(parent: string, options: object): { import(file: string): Promise<Record<string, unknown>> };
  };
  const jiti = createJiti(config, { interopDefault: false, moduleCache: true });
  return (file) => jiti.import(file);
}

function toUrl(file: string): string {
  return file.startsWith('file:') ? file : pathToFileURL(file).href;
}

/** Types are stripped, not compiled: what needs compiling is a syntax error, and imports must name the file. */
function isForLoader(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && unrunnable.includes(code);
}

const unrunnable = [
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_MODULE_NOT_FOUND',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
];

function usesLegacyDecorators(file: string): boolean {
  const tsconfig = nearest('tsconfig.json', dirname(file));
  return tsconfig !== undefined && /"experimentalDecorators"\s*:\s*true/u.test(readFileSync(tsconfig, 'utf8'));
}
