import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MigrationFile } from '../../sequence/migration-file.ts';

/** Loads files between the answers of the server, so that they are there when they are needed. One that does not load tells so then. */
export async function loadAhead(files: readonly MigrationFile[]): Promise<void> {
  for (const file of files) {
    await file.load().catch(() => undefined);
    await nextTurn();
  }
}
