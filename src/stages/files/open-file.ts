import type { FileRecord } from '../../history/event.ts';
import { checksumOf } from '../../sequence/checksum.ts';
import type { LoadedScript, MigrationFile } from '../../sequence/migration-file.ts';
import type { FileInput } from './apply-file.ts';

/** The file with its script and what the log keeps of it. */
export async function openFile(
  file: MigrationFile,
  around: Pick<FileInput, 'run' | 'at' | 'total' | 'seen'>,
): Promise<FileInput> {
  const script = await file.load();
  return { ...around, file, script, record: await recordOf(file, script) };
}

/** The file as the log keeps it. */
export async function recordOf(file: MigrationFile, script: LoadedScript): Promise<FileRecord> {
  const isCode = script.steps.some((step) => step.kind === 'call' && step.undo !== undefined);
  return {
    path: file.path,
    format: file.format,
    checksum: await checksumOf(file),
    text: file.text,
    ...(script.down && { down: script.down.map(({ text }) => text) }),
    ...(isCode && { undoIsCode: true as const }),
  };
}
