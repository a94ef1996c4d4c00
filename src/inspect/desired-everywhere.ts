import { buildOrm } from '../config/build-orm.ts';
import { checkVersions } from '../config/check-versions.ts';
import { importDriver } from '../config/driver.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { dialectNames, loadDialect } from '../dialects/index.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { MigrateError } from '../errors.ts';
import type { DialectName } from '../schema/sql-by-dialect.ts';
import { readDesired, type DesiredSchema } from './desired.ts';

/** What the models want of one database. */
export interface DesiredOn {
  readonly dialect: Dialect;
  readonly desired: DesiredSchema;
}

/** What the models want of every database whose driver is installed; nothing is connected. */
export async function readDesiredEverywhere(config: LoadedConfig): Promise<readonly DesiredOn[]> {
  const found: DesiredOn[] = [];
  for (const name of dialectNames) found.push(...(await readDesiredOn(name, config)));
  return found;
}

async function readDesiredOn(name: DialectName, config: LoadedConfig): Promise<readonly DesiredOn[]> {
  const version = checkVersions(config.file);
  const driver = await importDriver(name, config.file, version).catch(ignoreMissing);
  if (!driver) return [];
  const { clientUrl: _url, driverOptions: _options, ...rest } = config.options;
  const options = { ...rest, dbName: 'desired', driver: driver as never, connect: false };
  const orm = await buildOrm(options as never, { file: config.file, version });
  const dialect = await loadDialect(name);
  const desired = readDesired(orm, dialect, config.migrate);
  await orm.close(true);
  return [{ dialect, desired }];
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof MigrateError && error.code === 'DRIVER_MISSING') return undefined;
  throw error;
}
