import type { Journal, JournalEntry } from '../apply/journal.ts';
import { doneAs } from '../apply/settle.ts';
import { settledEffect, type Settling } from '../apply/settled-effect.ts';
import { MigrateError } from '../errors.ts';
import type { EventPayload } from '../history/event.ts';
import type { LogState } from '../history/state.ts';
import type { MigrationFile } from '../sequence/migration-file.ts';
import type { SequenceState } from '../sequence/compare-with-log.ts';
import { openContext } from './begin-run.ts';
import { schemaBeforeFrom } from './schema-before.ts';
import { recordOf } from './files/open-file.ts';
import { withRun } from './open-run.ts';
import type { Job, Run } from './run.ts';
import { survey } from './survey.ts';
import { withLock } from './take-lock.ts';

/** What a person decides: what became of statements that a crash left in doubt; files are accepted as they are. */
export interface RepairRequest {
  readonly inDoubt?: 'applied' | 'not applied';
}

/** What was accepted, in sentences; empty where there was nothing to repair. */
export interface RepairReport {
  readonly repaired: readonly string[];
}

/** Appends what a person decided to the log: edited, renamed and missing files, statements in doubt. Rewrites nothing. */
export function repair(job: Job, request: RepairRequest): Promise<RepairReport> {
  return withRun(job, (run) => repairLog(run, request));
}

function repairLog(run: Run, request: RepairRequest): Promise<RepairReport> {
  return withLock(run, async () => {
    const seen = await survey(run);
    const context = { ...(await openContext(run, seen)), schemaBefore: schemaBeforeFrom(seen.rows, run.events) };
    return {
      repaired: [
        ...(await closeOpen(seen.log, request, context)),
        ...(await acceptFiles(seen.sequence, context.journal)),
      ],
    };
  });
}

/** Typed operations are settled by looking; only SQL of the user's is for a person. */
async function closeOpen(
  { open }: Pick<LogState, 'open'>,
  { inDoubt }: RepairRequest,
  context: Settling,
): Promise<string[]> {
  const statements = open.filter(({ operation }) => operation?.kind === 'rawSql');
  const [first] = statements;
  if (first && inDoubt === undefined)
    throw new MigrateError('STATEMENT_IN_DOUBT', {
      path: first.migration,
      statement: first.sql[0]?.text ?? first.summary,
    });
  for (const started of statements) {
    const effect = inDoubt === 'applied' ? await settledEffect(started, context) : {};
    await context.journal.append({ ...closing(started, inDoubt, context.journal), ...effect });
  }
  return statements.map(({ migration, summary }) => `${migration}: ${summary} is ${inDoubt}`);
}

function closing(started: EventPayload, inDoubt: RepairRequest['inDoubt'], { clock }: Journal): JournalEntry {
  const { migration, step, source, operation, object, summary, class: changeClass, version } = started;
  const { parameters, code } = started;
  const isApplied = inDoubt === 'applied';
  return {
    migration,
    step,
    source: source === 'rollback' ? source : 'repair',
    ...(isApplied ? doneAs(started) : { event: 'failed', ref: version }),
    ...(operation && { operation }),
    ...(object !== undefined && { object }),
    ...(changeClass && { class: changeClass }),
    ...(parameters !== undefined && { parameters }),
    ...(code && { code }),
    summary,
    sql: [],
    finishedAt: clock.now(),
    ...(!isApplied && { error: { code: 'INTERRUPTED', message: 'a person says that it took no effect' } }),
  };
}

async function acceptFiles({ edited, missing, renamed }: SequenceState, journal: Journal): Promise<string[]> {
  const moved = renamed.map(({ to, from }) => ({
    file: to,
    says: `${to.path} is accepted as done under another name`,
    ref: from.version,
  }));
  const changed = edited.map(({ file }) => ({ file, says: `${file.path} is accepted as it is now` }));
  for (const accepted of [...changed, ...moved]) await accept(accepted, journal);
  for (const { name } of missing)
    await journal.append({ ...repaired(name, journal), summary: `${name} has no file any more` });
  return [...[...changed, ...moved].map(({ says }) => says), ...missing.map(({ name }) => `${name} may be missing`)];
}

interface Accepted {
  readonly file: MigrationFile;
  readonly says: string;
  /** The event that completed it under its old name. */
  readonly ref?: number;
}

async function accept({ file, says, ref }: Accepted, journal: Journal): Promise<void> {
  const script = await file.load();
  await journal.append({
    ...repaired(file.name, journal),
    summary: says,
    ...(ref !== undefined && { ref }),
    file: await recordOf(file, script),
  });
}

function repaired(migration: string, { clock }: Journal) {
  return {
    migration,
    step: 0,
    source: 'repair' as const,
    event: 'repaired' as const,
    sql: [],
    finishedAt: clock.now(),
  };
}
