import type { Spelling } from '../diff/expressions.ts';
import { redact } from '../config/secret.ts';
import { writeOperation, type Dialect, type Statement } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import { MigrateError } from '../errors.ts';
import type { Emit } from '../events/emitter.ts';
import { countGoing } from '../check/rollback-losses.ts';
import { failpoint } from '../events/failpoint.ts';
import type { EventPayload, FileRecord, Source } from '../history/event.ts';
import type { EventLog } from '../history/log.ts';
import { asFound } from '../operations/as-found.ts';
import { applyOperation, objectOf, tablesOf, undoOperation, type Operation } from '../operations/index.ts';
import type { PlanStep } from '../plan/plan-file.ts';
import { canonicalJson } from '../schema/canonical.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import type { Schema } from '../schema/schema.ts';
import type { OpenDraft } from './draft.ts';
import type { Journal } from './journal.ts';
import { probe, touchedSlice } from './probe.ts';
import { runBackfill } from './run-backfill.ts';
import { lookAgain } from './look-again.ts';
import { inTransaction } from './transaction.ts';
import { writeUndo } from './write-undo.ts';

/** What running steps share. `schema` is the live one and goes on with each step. */
export interface StepContext {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly log: EventLog;
  readonly journal: Journal;
  readonly emit: Emit;
  /** Aborted when somebody asks to stop. */
  readonly signal: AbortSignal;
  source: Source;
  /** A person's leave to destructive changes. */
  readonly approval?: NonNullable<EventPayload['approval']>;
  /** The whole live schema, without the log's own tables: what SQL of the user's did is found out by looking. */
  inspectAll(): Promise<Schema>;
  schema: Schema;
  spellings: readonly Spelling[];
  /** True while a transaction is open that several steps share. */
  isInTransaction?: boolean;
  /** Present while work is only drafted: nothing is sent. */
  readonly draft?: OpenDraft;
}

/** A step, and what makes it the last of its migration file. */
export interface RunnableStep extends PlanStep {
  /** In the step that completes a migration file. */
  readonly file?: FileRecord;
}

type Ran = { text: string; ms: number; rows?: number };

/** Runs one step and logs it. On databases with transactional DDL both commit together; elsewhere the intent is logged first. */
export async function runStep(planned: RunnableStep, at: number, context: StepContext): Promise<EventPayload> {
  const operation = asFound(planned.operation, context.schema);
  // Counted before a transaction begins, and before the intent is logged: the log must know it whatever happens.
  const losses = await countGoing(operation, context);
  const step: RunnableStep = { ...planned, operation, undo: undoOperation(operation), ...(losses && { losses }) };
  if (step.operation.kind === 'backfill')
    return finish(step, at, context, {
      startedAt: context.journal.clock.now(),
      ran: await runBackfill(step.operation, context),
    });
  if (context.draft) return draftStep(step, at, context, context.draft);
  return context.dialect.traits.transactionalDdl
    ? runInTransaction(step, at, context)
    : runJournalled(step, at, context);
}

function draftStep(
  step: RunnableStep,
  at: number,
  context: StepContext,
  { statements }: OpenDraft,
): Promise<EventPayload> {
  const { dialect, schema, journal } = context;
  const texts = writeOperation(dialect, step.operation, schema).map(({ text }) => text);
  statements.push(...texts);
  return finish(step, at, context, {
    startedAt: journal.clock.now(),
    ran: texts.map((text) => ({ text, ms: 0 })),
  });
}

async function runInTransaction(step: RunnableStep, at: number, context: StepContext): Promise<EventPayload> {
  const { dialect, journal } = context;
  const before = await countViolations(step.operation, context);
  const startedAt = journal.clock.now();
  return inTransaction(context, async () => {
    await failpoint('before-ddl');
    const ran = await runStatements(writeOperation(dialect, step.operation, context.schema), context);
    await failpoint('after-ddl');
    if ((await countViolations(step.operation, context)) > before)
      throw new Error('rows without a parent would be left behind');
    return finish(step, at, context, { startedAt, ran });
  });
}

async function runJournalled(step: RunnableStep, at: number, context: StepContext): Promise<EventPayload> {
  const { session, dialect, journal } = context;
  const after = touchedSlice(applyOperation(context.schema, step.operation), step.operation);
  const before = touchedSlice(context.schema, step.operation);
  const statements = writeOperation(dialect, step.operation, context.schema);
  const started = await journal.append({
    ...describe(step, at, context),
    event: 'started',
    sql: statements.map(({ text }) => ({ text, ms: 0 })),
    before: canonicalJson(before),
    expected: canonicalJson(after),
    // What SQL of an author's touches is not known beforehand.
    ...(step.operation.kind === 'rawSql' && { schemaBefore: fingerprint(context.schema) }),
  });
  let isDone = false;
  try {
    await failpoint('before-ddl');
    const ran = await runStatements(statements, context);
    isDone = true;
    await failpoint('after-ddl');
    return await finish(step, at, context, { startedAt: started.startedAt, ran, ref: started.version });
  } catch (error) {
    if (!dialect.classifyError(error)?.answered) throw error;
    const verdict = await probe({
      session,
      dialect,
      operation: step.operation,
      before,
      after,
      spellings: context.spellings,
    });
    // One statement that the server refused has done nothing, whatever others did to the table meanwhile.
    const isRefused = !isDone && statements.length === 1;
    if (verdict.state === 'neither' && !isRefused)
      throw new MigrateError(
        'OUTCOME_UNKNOWN',
        { operation: step.summary, before: verdict.expected, live: verdict.live },
        { cause: error },
      );
    if (verdict.state === 'after')
      return finish(step, at, context, { startedAt: started.startedAt, ran: [], ref: started.version });
    const { losses: _, ...undone } = step;
    await journal.append({
      ...describe(undone, at, context),
      event: 'failed',
      ref: started.version,
      sql: [],
      finishedAt: journal.clock.now(),
      error: { code: dialect.classifyError(error)?.code ?? 'FAILED', message: redact(messageOf(error)) },
    });
    throw error;
  }
}

async function finish(
  step: RunnableStep,
  at: number,
  context: StepContext,
  done: { startedAt: string; ran: readonly Ran[]; ref?: number },
): Promise<EventPayload> {
  const { dialect, journal, schema: before, draft } = context;
  const expected = applyOperation(before, step.operation);
  const { schema, learned, derived } = await lookAgain(step.operation, expected, context);
  const event = await journal.append({
    ...describe(step, at, context),
    ...endOf(step, done.ref),
    sql: done.ran,
    undo: { ...step.undo, sql: writeUndo(step.undo, expected, dialect) ?? [] },
    ...(learned.length > 0 && { expressions: learned }),
    ...(derived && derived.length > 0 && { derived }),
    ...(!draft && { schemaBefore: fingerprint(before), schemaAfter: fingerprint(schema) }),
    ...(step.file && { file: step.file }),
    startedAt: done.startedAt,
    finishedAt: journal.clock.now(),
  });
  context.schema = schema;
  context.spellings = [...context.spellings, ...learned];
  return event;
}

async function runStatements(
  statements: readonly Statement[],
  { session }: Pick<StepContext, 'session'>,
): Promise<Ran[]> {
  const ran: Ran[] = [];
  for (const statement of statements) {
    const start = performance.now();
    const rows = await runStatement(statement, session);
    ran.push({
      text: statement.text,
      ms: Math.round((performance.now() - start) * 1000) / 1000,
      ...(rows !== undefined && { rows }),
    });
  }
  return ran;
}

async function runStatement({ text, parameters, expect }: Statement, session: Session): Promise<number | undefined> {
  if (expect !== 'no rows') return (await session.run(text, parameters)).rows;
  const found = await session.query(text, parameters);
  if (found.length > 0) throw new Error('the number of rows changed while the table was rebuilt');
  return 0;
}

/** Rows without a parent, asked only where the operation runs with foreign keys off and could leave some. */
async function countViolations(operation: Operation, { dialect, session }: StepContext): Promise<number> {
  if (operation.kind !== 'dropTable' && operation.kind !== 'alterTable' && !dialect.traits.rebuilds.has(operation.kind))
    return 0;
  let found = 0;
  for (const table of tablesOf(operation)) {
    const statement = dialect.queries.foreignKeyViolations(table);
    if (statement) found += (await session.query(statement.text, statement.parameters)).length;
  }
  return found;
}

function describe(step: RunnableStep, at: number, { source, approval }: StepContext) {
  const { operation, summary, migration, undoes, part, losses } = step;
  return {
    migration,
    step: at,
    source,
    class: step.class,
    operation,
    object: objectOf(operation),
    summary,
    ...(undoes !== undefined && { ref: undoes }),
    ...(part && { part }),
    ...(losses && { losses }),
    ...(approval && step.class === 'destructive' && { approval }),
  };
}

/** How the log says that a step is done: `ref` names what it takes back, else its own `started` event. */
function endOf({ undoes, part }: PlanStep, started: number | undefined) {
  if (undoes === undefined) return { event: 'applied' as const, ...(started !== undefined && { ref: started }) };
  const event = part ? ('applied' as const) : ('rolled_back' as const);
  return { event, ref: undoes, ...(started !== undefined && { closes: started }) };
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
