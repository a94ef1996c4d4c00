import type { FileRecord, EventPayload } from '../../history/event.ts';
import type { LiveChange } from '../../history/live-changes.ts';
import type { FoundCode } from '../../history/way-back.ts';
import { MigrateError } from '../../errors.ts';
import { checksumOf, compareChecksums } from '../../sequence/checksum.ts';
import type { LoadedScript, MigrationFile } from '../../sequence/migration-file.ts';
import type { CallStep } from '../../sequence/script.ts';
import type { Run } from '../run.ts';

/** The code that takes a file back, in the file that the log has. */
export interface CodeBack {
  readonly file: MigrationFile;
  readonly script: LoadedScript;
  readonly calls: readonly CallStep['run'][];
}

/** What was found of the code that takes a change back. */
export type Sought = FoundCode & { readonly code?: CodeBack };

/**
 * Looks for the code that takes changes back, by the version of the event: it runs where its file is there and does what the
 * log says that it did. Nothing is read where no change has such code.
 */
export async function findCode(
  run: Run,
  changes: readonly LiveChange[],
  payloads: readonly EventPayload[],
): Promise<ReadonlyMap<number, Sought>> {
  const found = new Map<number, Sought>();
  for (const { kind, event } of changes) {
    if (kind !== 'file' || !event.file?.undoIsCode) continue;
    found.set(event.version, await seek(run, lastRecord(event, payloads)));
  }
  return found;
}

interface Recorded {
  readonly version: number;
  readonly migration: string;
  readonly file?: FileRecord;
}

/** The file as it ran, or as a person accepted it since, perhaps under another name. */
function lastRecord({ version, migration, file }: EventPayload, payloads: readonly EventPayload[]): Recorded {
  return payloads.reduce<Recorded>(
    (known, next) => {
      if (next.event !== 'repaired' || !next.file || next.version < version) return known;
      const isSame = next.ref === undefined ? next.migration === known.migration : next.ref === known.version;
      return isSame ? next : known;
    },
    { version, migration, ...(file && { file }) },
  );
}

async function seek(run: Run, { migration, file: record }: Recorded): Promise<Sought> {
  const path = record?.path ?? migration;
  try {
    const file = (await run.files()).find(({ name }) => name === migration);
    if (!file) return { runs: false, because: `${path} is not there` };
    if ((await compareChecksums(record?.checksum ?? '', file)) === 'edited')
      return { runs: false, because: `${file.path} is another than the log has` };
    const script = await file.load();
    const calls = script.steps.flatMap((step) => (step.kind === 'call' && step.undo ? [step.undo] : []));
    if (calls.length === 0) return { runs: false, because: `${file.path} has no way back` };
    return { runs: true, path: file.path, checksum: await checksumOf(file), code: { file, script, calls } };
  } catch (error) {
    if (!(error instanceof MigrateError)) throw error;
    return { runs: false, because: error.message };
  }
}
