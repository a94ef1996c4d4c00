import { MigrateError } from '../../errors.ts';

/** A migration's name as part of a file's: only a to z, digits and underscores. Throws USAGE where nothing is left. */
export function sanitizeName(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/u);
  const sanitized = words
    .filter((word) => word !== '')
    .join('_')
    .slice(0, longestName)
    .replace(/_$/u, '');
  if (sanitized === '')
    throw new MigrateError('USAGE', { message: `the name "${name}" has no letter from a to z and no digit` });
  return sanitized;
}

/** The file name without its ending: `20250131235959_name`, the time in UTC, or just after the last of `names`: it runs last. */
export function stampedName(name: string, now: Date, names: readonly string[] = []): string {
  const stamps = names.flatMap((other) => /(?<!\d)20\d{12}(?!\d)/u.exec(other)?.[0] ?? []);
  const last = stamps.toSorted().at(-1);
  const stamp = stampOf(now);
  return `${last === undefined || last < stamp ? stamp : String(BigInt(last) + 1n)}_${name}`;
}

function stampOf(time: Date): string {
  return time.toISOString().replaceAll(/\D/gu, '').slice(0, 14);
}

/** Names of migrations have at most 120 characters, with stamp and database. */
const longestName = 90;
