import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MigrateError } from '../errors.ts';

/** A package as one file of the project would find it. */
export interface ProjectPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** Looks a package up from a file, by reading package.json files only; `undefined` where it is not installed. */
export function findPackage(name: string, from: string): ProjectPackage | undefined {
  const path = manifestOf(name, from);
  if (path === undefined) return undefined;
  const { version = '' } = JSON.parse(readFileSync(path, 'utf8')) as { version?: string };
  return { name, version, folder: dirname(path) };
}

/** Imports a package as a file of the project would, else as mikrate itself would. Throws DRIVER_MISSING. */
export async function importPackage(name: string, from: string, version: string): Promise<Record<string, unknown>> {
  const found = findPackage(name, from) ?? findPackage(name, import.meta.filename);
  if (!found) throw new MigrateError('DRIVER_MISSING', { package: name, version });
  return (await import(pathToFileURL(entryOf(found)).href)) as Record<string, unknown>;
}

function manifestOf(name: string, from: string): string | undefined {
  try {
    return findPackageJSON(name, pathToFileURL(from));
  } catch {
    return undefined;
  }
}

/** The packages we import this way have one entry, for ESM. */
function entryOf({ folder }: ProjectPackage): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    exports?: { '.'?: unknown };
    main?: string;
  };
  const entry = manifest.exports?.['.'];
  return join(folder, typeof entry === 'string' ? entry : (manifest.main ?? 'index.js'));
}
