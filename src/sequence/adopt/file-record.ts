import type { FileRecord } from '../../history/event.ts';
import { checksumOf } from '../checksum.ts';
import type { MigrationFile } from '../migration-file.ts';

/** A file as the log keeps it. */
export async function fileRecord(file: MigrationFile): Promise<FileRecord> {
  const { path, format, text } = file;
  return { path, format, text, checksum: await checksumOf(file) };
}
