import type { Fact } from '../events/facts.ts';

type Imported = Pick<Extract<Fact, { kind: 'migrationImported' }>, 'name' | 'path' | 'checksum' | 'verified'>;

/** A migration of another tool with its file, and what its checksum says of that. */
export function importedText({ name, path, checksum, verified }: Imported): string {
  if (path === undefined) return name;
  const isKnown = checksum !== undefined && checksum !== '';
  return `${name} (${path})${verified === undefined ? (isKnown ? ', checksum not verified' : '') : verdicts[`${verified}`]}`;
}

const verdicts = {
  true: ', checksum verified',
  false: '; the file is not what was applied: its checksum differs',
} as const;
