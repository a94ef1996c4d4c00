import type { FileRecord } from '../../history/event.ts';
import { sha256 } from '../../schema/sha256.ts';
import type { MigrationFile } from '../migration-file.ts';

/** A file as the log keeps it. */
export async function fileRecord(file: MigrationFile): Promise<FileRecord> {
  const { path, format, text } = file;
  return { path, format, text, checksum: `1:${sha256(text)}:${sha256(await file.semantics())}` };
}
