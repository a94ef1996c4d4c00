import { dirname, join, relative, sep } from 'node:path';
import { saveAnswersFile, withAnswers } from '../config/answers-file.ts';
import { findEntityFiles, notingModules, type LoadedModules } from '../config/entity-files.ts';
import { findConfig } from '../config/find-config.ts';
import { redactData } from '../config/secret.ts';
import { migrate, overview, type Job, type OverviewReport } from '../pipeline.ts';
import { reviewHash } from '../plan/plan-file.ts';
import type { Decisions } from '../review/decisions.ts';
import { entryOf } from '../schema/entry-of.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import type { Schema } from '../schema/schema.ts';
import type { Engine, Listener, Origin, Overview, Place } from '../tui/engine.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';

/** What the terminal interface asks of the rest, for one command line: each call opens a connection and closes it. */
export function createEngine(context: CommandContext): Pick<Engine, 'survey' | 'migrate' | 'saveAnswers'> {
  const modules: LoadedModules = new Map();
  return {
    survey: (decisions, listener) =>
      notingModules(modules, () =>
        withListener(context, listener, withJob, async (job) =>
          describeOverview(await overview(decided(job, decisions)), job, modules),
        ),
      ),
    migrate: ({ hash, redo, ...decisions }, listener) =>
      withListener(context, listener, withJob, async (job) => {
        const { options, flags } = decided(job, decisions);
        const { status, applied, head, runId } = await migrate({
          ...job,
          options,
          flags: { ...flags, redo, reviewed: { hash } },
        });
        return { status, applied, ...(head && { head }), ...(runId !== undefined && { runId }) };
      }),
    saveAnswers: async (answers) => {
      const { cwd, env, options } = context;
      const file = join(dirname(findConfig({ cwd, file: options.config, env })), 'mikrate.answers.json');
      saveAnswersFile(file, answers);
      return file;
    },
  };
}

/** A call that tells a listener what happens, without secrets, and stops when either it or the process is asked to. */
function withListener<Result>(
  context: CommandContext,
  { emit, signal }: Listener,
  open: typeof withJob,
  work: (job: Job) => Promise<Result>,
): Promise<Result> {
  const listening = { ...context, signal: AbortSignal.any([context.signal, signal]) };
  return open(listening, (fact) => emit(redactData(fact)), work);
}

/** The job as a person has decided. */
function decided(job: Job, { answers, leftOut, included }: Decisions): Job {
  return { ...job, options: withAnswers(job.options, answers), flags: { ...job.flags, leftOut, included } };
}

async function describeOverview(
  { survey, origin, holders }: OverviewReport,
  { connection, options, project }: Job,
  modules: LoadedModules,
): Promise<Overview> {
  const { plan, log, standing, actual, rows } = survey;
  const last = rows.at(-1);
  const { environment } = options;
  return {
    place: placeOf(connection.describe, environment),
    ...(last && { head: { version: last.version, hash: last.hash, at: last.finishedAt ?? last.startedAt } }),
    release: { mine: standing.release.id, database: log.release?.id ?? null, standing: standing.kind },
    plan,
    reviewHash: reviewHash(plan),
    interrupted: log.open.map(({ summary }) => summary),
    drift: log.lastSchema !== undefined && log.lastSchema !== fingerprint(actual),
    ...(holders && { lockHolders: holders }),
    origins: await originsOf(ofTables(origin, survey.desired.rest), { connection, root: project.root, modules }),
  };
}

function placeOf({ server, database, host, user }: Job['connection']['describe'], environment?: string): Place {
  return {
    server,
    database,
    ...(host !== undefined && { host }),
    ...(user !== undefined && { user }),
    ...(environment !== undefined && { environment }),
  };
}

/** Without the log's own tables. */
function ofTables(origin: OverviewReport['origin'], { tables }: Schema): OverviewReport['origin'] {
  return Object.fromEntries(Object.entries(origin).filter(([table]) => entryOf(tables, table) !== undefined));
}

/** Where each table comes from, with the entity's file from the config's folder where it can be found. */
async function originsOf(
  origin: OverviewReport['origin'],
  {
    connection,
    root,
    modules,
  }: { readonly connection: Job['connection']; readonly root: string; readonly modules: LoadedModules },
): Promise<Overview['origins']> {
  const entities = [...connection.orm.getMetadata().getAll().values()];
  const files = await findEntityFiles(entities, modules);
  const shown = (file: string): string => relative(root, file).split(sep).join('/');
  return Object.fromEntries(
    Object.entries(origin).map(([table, { entity, file = files.get(entity), columns }]): [string, Origin] => [
      table,
      { entity, columns, ...(file !== undefined && { file: shown(file) }) },
    ]),
  );
}
