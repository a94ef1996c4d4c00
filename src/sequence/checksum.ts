import { sha256 } from '../schema/sha256.ts';
import type { MigrationFile } from './migration-file.ts';

/** What became of a file since its checksum was recorded. `comments only`: its layout too, nothing that it does. */
export type ChecksumComparison = 'same' | 'comments only' | 'edited';

/** The way checksums are made here; the first part of each. */
const algorithm = '1';

/** `1:SHA-256 of the text:SHA-256 of its semantics`. */
export async function checksumOf(file: MigrationFile): Promise<string> {
  return [algorithm, sha256(file.text), sha256(await file.semantics())].join(':');
}

/** Compares by the text, and asks for the semantics only where that differs and was recorded in a way known here. */
export async function compareChecksums(recorded: string, file: MigrationFile): Promise<ChecksumComparison> {
  const [made, raw, semantic] = recorded.split(':');
  if (raw === sha256(file.text)) return 'same';
  if (made !== algorithm) return 'edited';
  return semantic === sha256(await file.semantics()) ? 'comments only' : 'edited';
}
