import { loadUmzug } from './load-umzug.ts';
import type { MigrationFile } from './migration-file.ts';

export interface OrderedRun {
  readonly files: readonly MigrationFile[];
  /** Names of what the log says is done; asked before the first file and after each. */
  done(): ReadonlySet<string>;
  /** Runs one file and writes its events. */
  run(file: MigrationFile): Promise<void>;
}

/**
 * Has umzug run the files that are not done, one after another in the order given. Events are written by `run`, within its
 * transaction; umzug's own note of success only checks that the log has them.
 */
export async function runInOrder({ files, done, run }: OrderedRun): Promise<void> {
  const { Umzug } = await loadUmzug();
  const umzug = new Umzug({
    migrations: files.map((file) => ({ name: file.name, up: () => run(file) })),
    logger: undefined,
    storage: {
      executed: async () => files.map(({ name }) => name).filter((name) => done().has(name)),
      logMigration: async ({ name }) => {
        if (!done().has(name)) throw new Error(`the log has no event that completes ${name}`);
      },
      unlogMigration: () => Promise.reject(new Error('what is done is taken back from the log')),
    },
  });
  try {
    await umzug.up();
  } catch (error) {
    // Umzug wraps what a file threw; the cause says everything.
    throw error instanceof Error && error.cause !== undefined ? error.cause : error;
  }
}
