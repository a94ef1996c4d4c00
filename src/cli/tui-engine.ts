import { dirname, join, relative, sep } from 'node:path';
import { saveAnswersFile, withAnswers } from '../config/answers-file.ts';
import { findEntityFiles, notingModules, type LoadedModules } from '../config/entity-files.ts';
import { findConfig } from '../config/find-config.ts';
import { redactData } from '../config/secret.ts';
import { readPayload } from '../history/state.ts';
import { migrate, overview, type Job, type OverviewReport } from '../pipeline.ts';
import { rollback } from '../stages/rollback/rollback.ts';
import { reviewHash } from '../plan/plan-file.ts';
import { notBroughtBack } from '../plan/rollback-plan.ts';
import { schemaLines } from '../report/schema-text.ts';
import type { Decisions } from '../review/decisions.ts';
import { entryOf } from '../schema/entry-of.ts';
import { isDrifted } from '../stages/is-drifted.ts';
import type { Schema } from '../schema/schema.ts';
import { differenceBetween, readEvent, readSummaries, schemaAt } from '../stages/read-history.ts';
import { sampleValues } from '../stages/sample-values.ts';
import type { Engine, Listener, Origin, Overview, Place, RunResult } from '../tui/engine.ts';
import type { Verification } from '../verify/queries.ts';
import type { CommandContext } from './context.ts';
import { withJob, withJobOfLog } from './open-job.ts';

/** What the terminal interface asks of the rest, for one command line: each call opens a connection and closes it. */
export function createEngine(context: CommandContext): Engine {
  const modules: LoadedModules = new Map();
  return {
    survey: (decisions, listener) => {
      const notices: string[] = [];
      const emit: Listener['emit'] = (fact) => {
        if (fact.kind === 'noticed') notices.push(fact.text);
        listener.emit(fact);
      };
      return notingModules(modules, () =>
        withListener(context, { ...listener, emit }, withJob, async (job) => ({
          ...(await describeOverview(await overview(decided(job, decisions)), job, modules)),
          notices,
        })),
      );
    },
    migrate: ({ hash, redo, ...decisions }, listener) =>
      withListener(context, listener, withJob, async (job) => {
        const { options, flags } = decided(job, decisions);
        const report = await migrate({ ...job, options, flags: { ...flags, redo, reviewed: { hash } } });
        const { status, applied, head, runId, verification } = report;
        return {
          status,
          applied,
          log: job.log.tables.versions,
          ...(head && { head }),
          ...(runId !== undefined && { runId }),
          ...(verification && { verification: summaryOf(verification) }),
        };
      }),
    sampleValues: (table, column) => quietly(context, withJob, (job) => sampleValues(job, table, column)),
    saveAnswers: async (answers) => {
      const { cwd, env, options } = context;
      const file = join(dirname(findConfig({ cwd, file: options.config, env })), 'mikrate.answers.json');
      saveAnswersFile(file, answers);
      return file;
    },
    readHistory: (listener) =>
      withListener(context, listener, withJobOfLog, async (job) => ({
        place: placeOf(job.connection.describe, job.options.environment),
        events: await readSummaries(job),
      })),
    readEvent: (version) =>
      quietly(context, withJobOfLog, async (job) => {
        const row = await readEvent(job, version);
        return { row, payload: readPayload(row) };
      }),
    readSchema: (version) => quietly(context, withJobOfLog, async (job) => schemaLines(await schemaAt(job, version))),
    readDifference: (from, to) => quietly(context, withJobOfLog, (job) => differenceBetween(job, from, to)),
    planRollback: (selection, listener) =>
      withListener(context, listener, withJobOfLog, async (job) => ({
        place: placeOf(job.connection.describe, job.options.environment),
        plan: (await rollback(job, { selection, yes: false })).plan,
      })),
    rollBack: ({ selection, hash }, listener) =>
      withListener(context, listener, withJobOfLog, async (job) => {
        const attended = { ...job, flags: { ...job.flags, isAttended: true } };
        const report = await rollback(attended, { selection, yes: true, reviewed: hash });
        const { takenBack, head, runId, plan } = report;
        return {
          status: 'rolledBack',
          applied: takenBack,
          notBroughtBack: notBroughtBack(plan),
          log: job.log.tables.versions,
          ...(head && { head }),
          ...(runId !== undefined && { runId }),
        };
      }),
  };
}

function summaryOf({ verdict, passed, total }: Verification): NonNullable<RunResult['verification']> {
  return { verdict, passed, total };
}

/** A call that tells nobody. */
function quietly<Result>(
  context: CommandContext,
  open: typeof withJob,
  work: (job: Job) => Promise<Result>,
): Promise<Result> {
  return open(context, () => {}, work);
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
  return {
    ...job,
    options: withAnswers(job.options, answers),
    flags: { ...job.flags, isAttended: true, leftOut, included },
  };
}

async function describeOverview(
  { survey, origin, holders }: OverviewReport,
  { connection, options, project }: Job,
  modules: LoadedModules,
): Promise<Overview> {
  const { plan, log, standing, rows } = survey;
  const last = rows.at(-1);
  const { environment } = options;
  return {
    place: placeOf(connection.describe, environment),
    ...(last && { head: { version: last.version, hash: last.hash, at: last.finishedAt ?? last.startedAt } }),
    release: { mine: standing.release.id, database: log.release?.id ?? null, standing: standing.kind },
    plan,
    reviewHash: reviewHash(plan),
    interrupted: log.open.map(({ summary }) => summary),
    drift: isDrifted(survey),
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
