import type { PlanFile } from '../plan/plan-file.ts';
import { entryOf } from '../schema/entry-of.ts';

/** Rows and size of a table by the catalog's estimate, for people; empty where it is not known. */
export function tableSize(table: string, { estimates }: Pick<PlanFile, 'estimates'>): string {
  const { rows, bytes } = entryOf(estimates, table) ?? {};
  return [rows === undefined ? '' : `~${rows.toLocaleString('en')} rows`, bytes === undefined ? '' : sizeText(bytes)]
    .filter(Boolean)
    .join(', ');
}

function sizeText(bytes: number): string {
  const megabytes = bytes / 1024 ** 2;
  return megabytes < 0.95 ? `${Math.ceil(bytes / 1024)} kB` : `${megabytes.toFixed(1)} MB`;
}
