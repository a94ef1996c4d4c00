import type { MigrationFile } from '../migration-file.ts';
import { bareName } from './bare-name.ts';

/** The one file with the name; `undefined` where there is none. */
export function matchByName(name: string, files: readonly MigrationFile[]): MigrationFile | undefined {
  const bare = bareName(name);
  return files.find((file) => file.name === bare);
}

/** The one file whose name begins with the version as a number: `0012` is `12`. */
export function matchByVersion(version: string, files: readonly MigrationFile[]): MigrationFile | undefined {
  const wanted = withoutZeros(version);
  return only(files.filter(({ name }) => versionOf(name) === wanted));
}

/** The digits that a name begins with, without leading zeros. */
export function versionOf(name: string): string | undefined {
  const digits = /^\d+/u.exec(name)?.[0];
  return digits === undefined ? undefined : withoutZeros(digits);
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

const withoutZeros = (digits: string): string => digits.replace(/^0+(?=\d)/u, '');
