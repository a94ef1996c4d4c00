import { sha256 } from '../../schema/sha256.ts';
import { bareName } from './bare-name.ts';

/**
 * The name under which an entry without a file goes into our log: its own, where it is one that a file may have; else that
 * with other characters replaced and a few digits of its hash, so that different names stay different.
 */
export function migrationId(name: string): string {
  const bare = bareName(name);
  return allowed.test(bare) ? bare : hashedId(name);
}

/** The same for a name that another entry has taken. */
export function hashedId(name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9_.-]+/gu, '_').slice(0, 100);
  return `${safe}-${sha256(name).slice(0, 12)}`;
}

const allowed = /^[A-Za-z0-9_.-]{1,120}$/u;
