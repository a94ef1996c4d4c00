import { buildOrm } from '../config/build-orm.ts';
import { checkVersions } from '../config/check-versions.ts';
import { importDriver } from '../config/driver.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { dialectNames, loadDialect } from '../dialects/index.ts';
import { MigrateError } from '../errors.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import { readDesired } from './desired.ts';

/** The desired fingerprint for every database whose driver is installed; nothing is connected. */
export async function readFingerprints(config: LoadedConfig): Promise<Readonly<Record<string, string>>> {
  const version = checkVersions(config.file);
  const found: Record<string, string> = {};
  for (const dialect of dialectNames) {
    const driver = await importDriver(dialect, config.file, version).catch(ignoreMissing);
    if (!driver) continue;
    const { clientUrl: _url, driverOptions: _options, ...rest } = config.options;
    const orm = await buildOrm({ ...rest, dbName: 'fingerprint', driver: driver as never, connect: false } as never, {
      file: config.file,
      version,
    });
    found[dialect] = fingerprint(readDesired(orm, await loadDialect(dialect), config.migrate).schema);
    await orm.close(true);
  }
  return found;
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof MigrateError && error.code === 'DRIVER_MISSING') return undefined;
  throw error;
}
