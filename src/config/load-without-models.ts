import { resolve } from 'node:path';
import { MigrateError, type ErrorCode } from '../errors.ts';
import { findConfig } from './find-config.ts';
import { importConfig, importNatively } from './import-typescript.ts';
import { loadConfig, type LoadedConfig, type LoadOptions } from './load-config.ts';
import { readOptions } from './options.ts';

export interface LoadWithoutModelsOptions extends LoadOptions {
  /** `--database-url`. */
  readonly databaseUrl?: string | undefined;
  /** Told when the config could not be evaluated. */
  readonly onNotice: (text: string) => void;
}

/**
 * The config for work that needs no models: its entities are left out. Where it does not load, as when the models that it
 * imports are gone, the URL alone says where the database is. Throws as `loadConfig` where there is no URL either.
 */
export async function loadWithoutModels(options: LoadWithoutModelsOptions): Promise<LoadedConfig> {
  try {
    const config = await loadConfig(options);
    return { ...config, options: { ...config.options, entities: [], entitiesTs: [] } };
  } catch (error) {
    const hasUrl = Boolean(options.databaseUrl ?? options.env?.['DATABASE_URL']);
    if (!hasUrl || !(error instanceof MigrateError) || !mayBeMissing.has(error.code)) throw error;
    options.onNotice(`${error.message}; going on without it, by the database URL and the log alone`);
    return byUrlAlone(options);
  }
}

const mayBeMissing: ReadonlySet<ErrorCode> = new Set([
  'CONFIG_NOT_FOUND',
  'CONFIG_DOES_NOT_LOAD',
  'MODELS_DO_NOT_LOAD',
]);

/** `export const migrate` may be readable though the default export is not: it says how the log's table is called. */
async function byUrlAlone({ cwd = process.cwd(), file: named, env = {} }: LoadOptions): Promise<LoadedConfig> {
  const file = findFile({ cwd, file: named, env }) ?? resolve(cwd, 'mikro-orm.config.ts');
  const exported = await importConfig(file, env).then(
    ({ exports }) => exports['migrate'],
    () => undefined,
  );
  return { file, options: {}, migrate: readOptions(exported, file), importModule: importNatively };
}

function findFile(search: Parameters<typeof findConfig>[0]): string | undefined {
  try {
    return findConfig(search);
  } catch {
    return undefined;
  }
}
