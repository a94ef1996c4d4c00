import type { DoneMigration, LogState } from '../history/state.ts';
import { compareChecksums } from './checksum.ts';
import type { MigrationFile } from './migration-file.ts';
import { compareNames } from './order.ts';

/** How the migration files stand to what the log says of them. */
export interface SequenceState {
  readonly files: readonly MigrationFile[];
  /** Not done yet, in their order. */
  readonly pending: readonly MigrationFile[];
  /** Repeatable ones that are new or changed. */
  readonly repeating: readonly MigrationFile[];
  /** Pending ones that come before one that is done. */
  readonly outOfOrder: readonly MigrationFile[];
  /** The last one that is done, in the order of names. */
  readonly last: string | undefined;
  readonly edited: readonly Changed[];
  /** Only comments, white space or the like differ. */
  readonly touchedUp: readonly Changed[];
  /** Done, and without a file. */
  readonly missing: readonly DoneMigration[];
  /** Missing ones whose text a pending file has under another name. */
  readonly renamed: readonly { readonly from: DoneMigration; readonly to: MigrationFile }[];
}

interface Changed {
  readonly file: MigrationFile;
  readonly done: DoneMigration;
}

/** A project without migration files. */
export const noFiles: SequenceState = {
  files: [],
  pending: [],
  repeating: [],
  outOfOrder: [],
  last: undefined,
  edited: [],
  touchedUp: [],
  missing: [],
  renamed: [],
};

/**
 * Tells pending, out-of-order, edited, renamed and missing files apart. `files` are in their order; those that wait for the
 * models to have built the database are out of none.
 */
export async function compareWithLog(
  files: readonly MigrationFile[],
  { migrations: done, deferred }: Pick<LogState, 'migrations' | 'deferred'>,
): Promise<SequenceState> {
  const named = new Map(files.map((file) => [file.name, file]));
  const ordered = files.filter(({ repeatable }) => repeatable !== true);
  const changed = await changedFiles(files, done);
  const ofKind = (kind: Comparison): Changed[] =>
    changed.filter(({ comparison, file }) => comparison === kind && file.repeatable !== true);
  const pending = ordered.filter(({ name }) => !done.has(name));
  const missing = [...done.values()].filter(
    ({ name, file, event }) => file && event !== 'imported' && !named.has(name),
  );
  // What another tool did is no measure for the order of files that it never knew.
  const counted = [...done.keys()].filter((name) => named.get(name)?.repeatable !== true && named.has(name));
  const last = counted.toSorted(compareNames).at(-1);
  return {
    files,
    pending,
    repeating: files.filter(
      ({ name, repeatable }) =>
        repeatable === true &&
        (!done.get(name)?.file ||
          changed.some(({ file, comparison }) => file.name === name && comparison === 'edited')),
    ),
    outOfOrder:
      last === undefined ? [] : pending.filter(({ name }) => compareNames(name, last) < 0 && !deferred.has(name)),
    last,
    edited: ofKind('edited'),
    touchedUp: ofKind('comments only'),
    missing,
    renamed: await renamedFiles(missing, pending),
  };
}

type Comparison = Awaited<ReturnType<typeof compareChecksums>>;

async function changedFiles(
  files: readonly MigrationFile[],
  done: ReadonlyMap<string, DoneMigration>,
): Promise<(Changed & { readonly comparison: Comparison })[]> {
  const changed: (Changed & { readonly comparison: Comparison })[] = [];
  for (const file of files) {
    const known = done.get(file.name);
    if (!known?.file) continue;
    const comparison = await compareChecksums(known.file.checksum, file);
    if (comparison !== 'same') changed.push({ file, done: known, comparison });
  }
  return changed;
}

async function renamedFiles(
  missing: readonly DoneMigration[],
  pending: readonly MigrationFile[],
): Promise<SequenceState['renamed']> {
  const renamed: { from: DoneMigration; to: MigrationFile }[] = [];
  for (const from of missing) {
    for (const to of pending) {
      if ((await compareChecksums(from.file?.checksum ?? '', to)) !== 'edited') renamed.push({ from, to });
    }
  }
  return renamed;
}
