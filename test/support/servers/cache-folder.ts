import { resolve } from 'node:path';

/** Where unpacked servers stay between runs: `MIKRATE_CACHE`, or `.cache` in the repository (ignored by git). */
export function cacheFolder(): string {
  const root = process.env['MIKRATE_CACHE'] ?? resolve(import.meta.dirname, '../../../.cache');
  return resolve(root, 'servers');
}
