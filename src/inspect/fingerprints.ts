import type { LoadedConfig } from '../config/load-config.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import { readDesiredEverywhere, type DesiredOn } from './desired-everywhere.ts';

/** The desired fingerprint for every database whose driver is installed; nothing is connected. */
export async function readFingerprints(config: LoadedConfig): Promise<Readonly<Record<string, string>>> {
  return fingerprintsOf(await readDesiredEverywhere(config));
}

/** The fingerprints of what the models want, by database. */
export function fingerprintsOf(everywhere: readonly DesiredOn[]): Readonly<Record<string, string>> {
  return Object.fromEntries(everywhere.map(({ dialect, desired }) => [dialect.name, fingerprint(desired.schema)]));
}
