import { dirname } from 'node:path';
import { MigrateError } from '../errors.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { displayPlace, placeOf } from './error-place.ts';
import { findConfig, type FindOptions } from './find-config.ts';
import { importConfig, importNatively, type Import } from './import-typescript.ts';
import type { ResolvedOptions } from './options.ts';
import { redact } from './secret.ts';
import { placeOfSyntaxError } from './syntax-error-place.ts';
import type { OrmOptions } from './target.ts';

export interface LoadOptions {
  readonly cwd?: string;
  /** `--config`. */
  readonly file?: string | undefined;
  /** `--context`. */
  readonly context?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface LoadedConfig {
  /** Absolute. */
  readonly file: string;
  readonly options: OrmOptions;
  readonly migrate: ResolvedOptions;
  /** Imports a file of the project as the config itself was imported. */
  readonly importModule: Import;
}

/**
 * Finds, imports and validates the project's MikroORM config.
 * Throws CONFIG_NOT_FOUND, CONFIG_DOES_NOT_LOAD, MODELS_DO_NOT_LOAD (each with file and line), OPTIONS_INVALID.
 */
export async function loadConfig({
  cwd = process.cwd(),
  file: given,
  context,
  env = process.env,
}: LoadOptions = {}): Promise<LoadedConfig> {
  const search: FindOptions = { cwd, file: given, env };
  const file = findConfig(search);
  const blame = (error: unknown): never => throwBlamingUrl(error, env['DATABASE_URL']);
  const { exports, importer } = await importConfig(file, env)
    .catch((error: unknown) => throwAsDoesNotLoad(error, file))
    .catch(blame);
  const named = context ?? env['MIKRO_ORM_CONTEXT_NAME'] ?? 'default';
  const options = await chooseContext(defaultOf(exports), named, file).catch(blame);
  const { readOptions } = await import('./options.ts');
  return {
    file,
    options: importer ? withImporter(options, importer) : options,
    migrate: readOptions(exports['migrate'], file),
    importModule: importer ?? importNatively,
  };
}

/** A CommonJS file that was compiled from ESM nests its default export. */
function defaultOf(exports: Record<string, unknown>): unknown {
  const found = exports['default'];
  return isRecord(found) && found['__esModule'] === true && 'default' in found ? found['default'] : found;
}

/** One config, or several told apart by `contextName`; each an object or a factory, possibly asynchronous. */
async function chooseContext(exported: unknown, context: string, file: string): Promise<OrmOptions> {
  const candidates = Array.isArray(exported) ? exported : [exported];
  const configs = await Promise.all(candidates.map((candidate: unknown) => evaluate(candidate, context, file)));
  if (!Array.isArray(exported) && configs[0]) return configs[0];
  const chosen = configs.find((config) => (config.contextName ?? 'default') === context);
  if (chosen) return chosen;
  const names = configs.map((config) => config.contextName ?? 'default').join(', ');
  throw new MigrateError('CONFIG_DOES_NOT_LOAD', {
    file,
    message: `it has no context "${context}" (it has: ${names || 'none'})`,
  });
}

async function evaluate(candidate: unknown, context: string, file: string): Promise<OrmOptions> {
  const config: unknown = await call(candidate, context).catch((error: unknown) => throwAsDoesNotLoad(error, file));
  if (isRecord(config)) return config as OrmOptions;
  throw new MigrateError('CONFIG_DOES_NOT_LOAD', {
    file,
    message: 'its default export is neither MikroORM options nor a function that returns them',
  });
}

async function call(candidate: unknown, context: string): Promise<unknown> {
  return typeof candidate === 'function' ? (candidate as (context: string) => unknown)(context) : candidate;
}

function withImporter(options: OrmOptions, importer: Import): OrmOptions {
  return { dynamicImportProvider: importer, ...options };
}

/** Where the error came from decides whose it is: the config's, or that of a model which the config imports. */
async function throwAsDoesNotLoad(error: unknown, file: string): Promise<never> {
  if (error instanceof MigrateError) throw error;
  const place = placeOf(error) ?? (error instanceof SyntaxError ? await placeOfSyntaxError(file) : undefined);
  const message = redact(error instanceof Error ? error.message : String(error));
  const where = place && displayPlace(place, dirname(file));
  if (place && where !== undefined && place.file !== file)
    throw new MigrateError('MODELS_DO_NOT_LOAD', { where, message }, { cause: error });
  throw new MigrateError(
    'CONFIG_DOES_NOT_LOAD',
    { file, message, ...(where !== undefined && { where }) },
    { cause: error },
  );
}

/** A config that reads DATABASE_URL fails where that is wrong: then it is not the file that must be mended. */
function throwBlamingUrl(error: unknown, url: string | undefined): never {
  if (!(error instanceof MigrateError) || error.code !== 'CONFIG_DOES_NOT_LOAD' || !url) throw error;
  try {
    parseDatabaseUrl(url);
  } catch (wrong) {
    const { file, where, message } = error.context as MigrateError<'CONFIG_DOES_NOT_LOAD'>['context'];
    throw new MigrateError(
      'CONFIG_DOES_NOT_LOAD',
      { file, message, url: messageOf(wrong), ...(where !== undefined && { where }) },
      { cause: error.cause },
    );
  }
  throw error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
