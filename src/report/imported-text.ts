import type { Fact } from '../events/facts.ts';

type Imported = Pick<Extract<Fact, { kind: 'migrationImported' }>, 'tool' | 'name' | 'path' | 'verified'>;

/** A migration of another tool, whose it is, its file, and what its checksum says of that. */
export function importedText({ tool, name, path, verified }: Imported): string {
  if (path === undefined) return `${name} of ${tool}: no file is here, only the log will know it`;
  return `${name} of ${tool} (${path})${verdicts[`${verified ?? 'unknown'}`]}`;
}

const verdicts = {
  true: ', checksum verified',
  false: '; the file is not what was applied: its checksum differs',
  unknown: ', checksum not verified',
} as const;
