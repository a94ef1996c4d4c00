import type { LogState } from '../../history/state.ts';
import type { PlannedFile } from '../../plan/plan-file.ts';
import type { Schema } from '../../schema/schema.ts';
import type { SequenceState } from '../../sequence/compare-with-log.ts';
import type { MigrationFile } from '../../sequence/migration-file.ts';
import type { Run } from '../run.ts';
import { planFiles, unseenChanges, type FilesPlan } from './plan-files.ts';

export interface PendingInput {
  readonly actual: Schema;
  readonly desired: Schema;
  readonly log: Pick<LogState, 'deferred' | 'spellings' | 'begun'>;
  readonly sequence: SequenceState;
  readonly isFresh: boolean;
}

/** Pending files by when they run. */
export interface PendingFiles {
  /** The models build what these would make. */
  readonly built: readonly MigrationFile[];
  readonly before: readonly MigrationFile[];
  readonly after: readonly MigrationFile[];
}

/** Sorts pending files: an empty database is built from the models, and files that fill tables run after them. */
export async function sortPending({
  sequence,
  isFresh,
  log,
}: Pick<PendingInput, 'sequence' | 'isFresh' | 'log'>): Promise<PendingFiles> {
  const { pending, repeating } = sequence;
  if (!isFresh) {
    const waits = ({ name }: MigrationFile): boolean => log.deferred.has(name);
    return {
      built: [],
      before: pending.filter((file) => !waits(file)),
      after: [...pending.filter(waits), ...repeating],
    };
  }
  const built: MigrationFile[] = [];
  const after: MigrationFile[] = [];
  for (const file of pending) ((await file.load()).data ? after : built).push(file);
  return { built, before: [], after: [...after, ...repeating] };
}

/** What the pending files come to, and what the models then see. Writes nothing. */
export async function planPending(run: Run, input: PendingInput): Promise<FilesPlan> {
  const { built, before, after } = await sortPending(input);
  const { actual, desired, log } = input;
  const plan = await planFiles(run, { files: before, actual, desired, log });
  return {
    ...plan,
    files: [
      ...built.map((file) => ({ ...named(file), skipped: 'the models build the database' })),
      ...plan.files,
      ...(await Promise.all(after.map(waiting))),
    ],
  };
}

/** Its operations meet tables that nobody has made yet: they are counted, not planned. */
async function waiting(file: MigrationFile): Promise<PlannedFile> {
  const { steps } = await file.load();
  const { unplanned = 0, ...seen } = unseenChanges({ steps });
  const later = unplanned + steps.filter(({ kind }) => kind === 'operation').length;
  return { ...named(file), ...seen, ...(later > 0 && { unplanned: later }), afterModels: true };
}

function named({ name, path, format }: MigrationFile): PlannedFile {
  return { name, path, format, steps: [] };
}
