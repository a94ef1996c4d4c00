import { holdsAlready } from '../../apply/run-statement.ts';
import { messageOf, type StepContext } from '../../apply/run-step.ts';
import { isQuery, isRowStatement } from '../../apply/statement-reach.ts';
import { redact } from '../../config/secret.ts';
import type { WriteWatch } from '../../dialects/watch-writes.ts';
import type { EventPayload } from '../../history/event.ts';
import type { JournalEntry } from '../../apply/journal.ts';
import { fingerprint } from '../../schema/fingerprint.ts';
import type { CodeToRun } from './run-code.ts';

/** What code writes through the EntityManager outside a transaction of the run's: one journal step. */
export interface JournalledWrites extends WriteWatch {
  /** What has run. */
  readonly written: readonly string[];
  /** Its `started` event, which the end of the code closes; none where the code has written nothing. */
  started(): Promise<EventPayload | undefined>;
  /** The code failed. Where what it wrote is there, the step stays open: true, for nobody knows how far the code came. */
  giveUp(error: unknown): Promise<boolean>;
}

/** Begins the step, in the log, before the first thing is written. */
export function journalWrites(code: CodeToRun, next: () => number, context: StepContext): JournalledWrites {
  const { journal, dialect } = context;
  const written: string[] = [];
  let begun: Promise<EventPayload> | undefined;
  let isThere = false;
  const begin = async (): Promise<void> => {
    begun ??= startedEntry(code, next(), context).then((entry) => journal.append(entry));
    await begun;
  };
  return {
    written,
    before: async (sql) => {
      if (sql === undefined || !isQuery(sql, dialect.lexis)) await begin();
    },
    ran: (sql, within) => {
      if (isQuery(sql, dialect.lexis)) return;
      written.push(sql);
      // What is not of rows commits a transaction where the database can do no better.
      if (!within || !isRowStatement(sql, dialect.lexis)) isThere = true;
    },
    committing: () => {
      isThere = true;
    },
    started: async () => begun,
    giveUp: async (error) => {
      const started = await begun;
      if (!started || isThere || dialect.classifyError(error)?.answered === false) return started !== undefined;
      await journal.append(failedEntry(started, error, context));
      return false;
    },
  };
}

async function startedEntry(code: CodeToRun, step: number, context: StepContext): Promise<JournalEntry> {
  const { migration, undoes, after, summary: whole } = code;
  const summary = `${whole}: from its first write through the EntityManager on`;
  // A condition that holds beforehand would tell nothing after a crash.
  const tells = after && !(await holdsAlready(after, context));
  return {
    migration,
    step,
    source: context.source,
    event: 'started',
    class: 'data-dependent',
    operation: { kind: 'rawSql', summary, up: '', declared: 'dataDependent' },
    object: summary,
    summary,
    sql: [],
    code: 'rest',
    ...(undoes !== undefined && { ref: undoes }),
    ...(tells && after && { after }),
    schemaBefore: fingerprint(context.schema),
  };
}

function failedEntry(started: EventPayload, error: unknown, { journal, dialect }: StepContext): JournalEntry {
  const { migration, step, source, operation, object = '', summary, code } = started;
  return {
    migration,
    step,
    source,
    event: 'failed',
    ref: started.version,
    class: 'data-dependent',
    ...(operation && { operation }),
    object,
    summary,
    sql: [],
    ...(code && { code }),
    finishedAt: journal.clock.now(),
    error: { code: dialect.classifyError(error)?.code ?? 'FAILED', message: redact(messageOf(error)) },
  };
}
