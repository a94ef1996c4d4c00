import { compareWithLog, type SequenceState } from '../../sequence/compare-with-log.ts';
import { readMigrationFiles } from '../../sequence/read-files.ts';
import type { MigrationFile } from '../../sequence/migration-file.ts';
import type { LogState } from '../../history/state.ts';
import type { Job } from '../run.ts';

/** The project's migration files for this database, read once however often they are asked for. */
export function openFiles({
  dialect,
  connection,
  options,
  project,
  emit,
}: Pick<Job, 'dialect' | 'connection' | 'options' | 'project' | 'emit'>): () => Promise<readonly MigrationFile[]> {
  let known: Promise<readonly MigrationFile[]> | undefined;
  const place = { root: project.root, globs: options.migrations.glob };
  const context = { dialect, importModule: project.importModule, orm: connection.orm };
  const read = (): Promise<readonly MigrationFile[]> =>
    readMigrationFiles(place, context, (paths) => {
      const text = `no migration, and not run, though in their folder: ${paths.join(', ')}`;
      emit({ kind: 'noticed', level: 'warning', text });
    });
  return () => (known ??= read());
}

/** How the files stand to the log. */
export async function readSequence(
  { files }: { readonly files: () => Promise<readonly MigrationFile[]> },
  log: Pick<LogState, 'migrations' | 'deferred'>,
): Promise<SequenceState> {
  return compareWithLog(await files(), log);
}
