import { MigrateError } from '../errors.ts';
import { chooseTools, type HistoryPlace } from '../sequence/adopt/choose-tools.ts';
import { importedBefore } from '../sequence/adopt/imported-before.ts';
import { planImport, type ImportedMigration } from '../sequence/adopt/plan-import.ts';
import type { Project } from '../sequence/adopt/project.ts';
import { readHistories } from '../sequence/adopt/read-histories.ts';
import { refuseHistories } from '../sequence/adopt/refuse-histories.ts';
import { planBaseline, type Baseline, type Own } from './plan-baseline.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** What is to be taken over. */
export interface AdoptRequest {
  /** The part of the database that is ours. Where nothing is said: what matches the models, on a database without a log. */
  readonly own?: Own;
  /** The tool whose history is imported, or `auto`. */
  readonly from?: string;
  /** Where its history is, if not where the tool has it by default. */
  readonly place?: HistoryPlace;
  readonly dryRun: boolean;
  /** The project that a history is matched to; asked for with `from` only. */
  project(run: Run): Promise<Project>;
}

/** What is new to the log. */
export interface Adoption {
  readonly baseline?: Baseline;
  readonly imports: readonly ImportedMigration[];
  /** Migrations of the history that the log has already. */
  readonly known: number;
}

/** Finds out what is new to the log. Writes nothing. Throws FOREIGN_HISTORY_UNKNOWN and FOREIGN_HISTORY_UNFINISHED. */
export async function planAdoption(run: Run, seen: Survey, request: AdoptRequest): Promise<Adoption> {
  const migrations = request.from === undefined ? [] : await readMigrations(run, request.from, request);
  const wasImported = importedBefore(seen.rows);
  const imports = migrations.filter(
    ({ name, provenance }) => !seen.log.migrations.has(name) && !wasImported(provenance),
  );
  const baseline = await planBaseline(run, seen, request.own);
  return { imports, known: migrations.length - imports.length, ...(baseline && { baseline }) };
}

async function readMigrations(
  run: Run,
  from: string,
  { project: open, place = {} }: AdoptRequest,
): Promise<readonly ImportedMigration[]> {
  const tools = chooseTools(from, place);
  if (place.schema !== undefined && run.dialect.traits.defaultNamespace === undefined)
    throw new MigrateError('USAGE', {
      message: `${run.dialect.name} has no schemas within a database: leave out --schema`,
    });
  const project = await open(run);
  const histories = await readHistories(tools, { session: run.session, dialect: run.dialect, project });
  refuseHistories(histories, tools);
  return planImport(histories, project.files);
}
