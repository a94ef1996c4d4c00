import { sha256 } from '../schema/sha256.ts';
import type { MigrationFile } from './migration-file.ts';

/** `1:` and the SHA-256 of a file's text and of what it says; the number names this way of making them. */
export async function checksumOf(file: MigrationFile): Promise<string> {
  return `1:${sha256(file.text)}:${sha256(await file.semantics())}`;
}

/** Whether a file is what was recorded, but for what says nothing. Its semantics are asked for only where the text differs. */
export async function compareChecksums(
  recorded: string,
  file: MigrationFile,
): Promise<'same' | 'comments only' | 'edited'> {
  const [, raw, semantic] = recorded.split(':');
  if (raw === sha256(file.text)) return 'same';
  return recorded.startsWith('1:') && semantic === sha256(await file.semantics()) ? 'comments only' : 'edited';
}
