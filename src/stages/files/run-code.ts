import { lookAround } from '../../apply/look-around.ts';
import { digestParameters, expectAfter, runStatement } from '../../apply/run-statement.ts';
import { isQuery } from '../../apply/statement-reach.ts';
import { refuseIfStopped } from '../../apply/refuse-if-stopped.ts';
import { messageOf, type StepContext } from '../../apply/run-step.ts';
import { inTransaction } from '../../apply/transaction.ts';
import { retryWhileLocked } from '../../dialects/retry-while-locked.ts';
import { MigrateError } from '../../errors.ts';
import type { EventPayload, FileRecord, PostCondition } from '../../history/event.ts';
import { undoOperation, type OperationOf } from '../../operations/index.ts';
import { fingerprint } from '../../schema/fingerprint.ts';
import type { MigrationContext } from '../../sequence/migration-context.ts';
import type { MigrationFile } from '../../sequence/migration-file.ts';
import type { CallStep } from '../../sequence/script.ts';
import { lockedWork, type ApplyRun } from '../apply-plan.ts';
import { explainStatement } from './explain-statement.ts';
import { journalWrites } from './journal-writes.ts';
import { openMigrationContext, type Executed } from './open-migration-context.ts';
import { summaryOf } from './run-statements.ts';

/** Code of an author's that is to run: what a file does, or its way back. */
export interface CodeToRun {
  /** As the log names it. */
  readonly migration: string;
  readonly file: Pick<MigrationFile, 'path' | 'text'>;
  readonly calls: readonly CallStep['run'][];
  /** All that it executes and its event are one transaction. */
  readonly isWhole: boolean;
  readonly summary: string;
  /** Place of the first thing that it executes, from 1. */
  readonly start: number;
  /** What earlier runs logged of it. */
  readonly done: readonly EventPayload[];
  /** What must hold once it has run; it also settles what a crash left in doubt. */
  readonly after?: PostCondition;
  /** In code that completes its file. */
  readonly record?: FileRecord;
  /** In a way back: version of the event that it takes back. */
  readonly undoes?: number;
}

/**
 * Runs code and gives its last event. Where it is no transaction as a whole each of its statements is a journal step, and one
 * that an earlier run logged as done is not sent again; all that it writes through the EntityManager is one step.
 */
export function runCode(code: CodeToRun, run: ApplyRun, context: StepContext): Promise<EventPayload> {
  if (!code.isWhole) return runJournalled(code, run, context);
  const work = (): Promise<EventPayload> => inTransaction(context, () => runWhole(code, run, context));
  return retryWhileLocked(work, lockedWork([], run)).catch((error: unknown) => explain(error, code, run));
}

/** One event for everything that the code executes. */
async function runWhole(code: CodeToRun, run: ApplyRun, context: StepContext): Promise<EventPayload> {
  const startedAt = context.journal.clock.now();
  const executed: Executed[] = [];
  const written: string[] = [];
  const gate = openGate(run.signal);
  const execute = async (sql: string, parameters?: readonly unknown[]) => {
    await gate.pass();
    const start = performance.now();
    const rows = await context.session.query(sql, parameters);
    executed.push({ text: sql, ms: Math.round((performance.now() - start) * 1000) / 1000 });
    return rows;
  };
  const watch = { before: gate.pass, ran: (sql: string) => void written.push(sql), committing: () => {} };
  await callAll({ ...code, gate }, openMigrationContext(run, context, { execute, watch }), context);
  return logEnd(code, { step: code.start, executed, written, startedAt }, context);
}

async function runJournalled(code: CodeToRun, run: ApplyRun, context: StepContext): Promise<EventPayload> {
  let step = code.start - 1;
  const next = (): number => (step += 1);
  const writes = journalWrites(code, next, context);
  const gate = openGate(run.signal);
  // Of what is written through the EntityManager nobody knows how far it came: once it has begun, it goes on to its end.
  const pass = async (): Promise<void> => ((await writes.started()) ? undefined : gate.pass());
  const before = async (sql?: string): Promise<void> => {
    await pass();
    await writes.before(sql);
  };
  const execute = async (sql: string, parameters?: readonly unknown[]) => {
    if (isQuery(sql, run.dialect.lexis)) return context.session.query(sql, parameters);
    const statement = { ...statementOf(code, sql), step: next(), ...(parameters && { parameters }) };
    const before = code.done.find((event) => event.step === statement.step);
    if (before && isSameRun(before, sql, parameters)) return [];
    // The rows are others than they were: nobody knows which of them the run before has done.
    if (before) throw new MigrateError('STATEMENT_IN_DOUBT', { path: code.file.path, statement: sql });
    await pass();
    await retryWhileLocked(() => runStatement(statement, context), lockedWork([], run));
    return [];
  };
  try {
    const watch = { ...writes, before };
    await callAll({ ...code, gate }, openMigrationContext(run, context, { execute, watch }), context);
    const started = await writes.started();
    const { written } = writes;
    const ended = { step: next(), executed: [], written, startedAt: context.journal.clock.now() };
    return await logEnd(code, { ...ended, ...(started && { started }) }, context);
  } catch (error) {
    const isInDoubt = await writes.giveUp(error);
    return explain(error, code, run, isInDoubt);
  }
}

function statementOf({ migration, undoes }: CodeToRun, sql: string) {
  const summary = summaryOf(sql);
  const operation: OperationOf<'rawSql'> = { kind: 'rawSql', summary, up: sql, declared: 'dataDependent' };
  return { migration, operation, text: sql, looksFor: [sql], ...(undoes !== undefined && { undoes }) };
}

/** What statements of code pass one by one, until somebody asks to stop. */
interface Gate {
  pass(): Promise<void>;
  /** Throws what stopped the code, whatever the code made of it: what it was not let do is not done. */
  close(): void;
}

function openGate(signal: AbortSignal): Gate {
  let refusal: { readonly error: unknown } | undefined;
  return {
    pass: () =>
      refuseIfStopped(signal).catch((error: unknown) => {
        refusal = { error };
        throw error;
      }),
    close: () => {
      if (refusal) throw refusal.error;
    },
  };
}

/** What is no answer of the database's is a fault of the code, which its author mends. Throws MIGRATION_FAILED. */
async function callAll(
  { calls, file, after, gate }: CodeToRun & { readonly gate: Gate },
  opened: MigrationContext,
  context: StepContext,
): Promise<void> {
  try {
    for (const call of calls) await call(opened);
    gate.close();
  } catch (error) {
    gate.close();
    if (error instanceof MigrateError || context.dialect.classifyError(error)) throw error;
    throw new MigrateError('MIGRATION_FAILED', { path: file.path, message: messageOf(error) }, { cause: error });
  }
  await expectAfter({ text: file.path, ...(after && { after }) }, context);
}

/** Throws it, with the state that it leaves. */
async function explain(error: unknown, code: CodeToRun, run: ApplyRun, isInDoubt = false): Promise<never> {
  const { file, isWhole, start, undoes } = code;
  const isBack = undoes !== undefined;
  throw await explainStatement(error, { file, run, isWhole, isBehind: start > 1, isBack, isInDoubt });
}

interface Ended {
  readonly step: number;
  readonly executed: readonly Executed[];
  /** What it sent through the EntityManager, with its values: it is looked for, and not logged. */
  readonly written: readonly string[];
  readonly startedAt: string;
  /** The event that this one closes. */
  readonly started?: EventPayload;
}

async function logEnd(code: CodeToRun, ended: Ended, context: StepContext): Promise<EventPayload> {
  const { journal, source } = context;
  const { executed, written, startedAt, step, started } = ended;
  const operation: OperationOf<'rawSql'> = {
    kind: 'rawSql',
    summary: code.summary,
    up: executed.map(({ text }) => text).join(';\n'),
    declared: 'dataDependent',
  };
  const schemaBefore = fingerprint(context.schema);
  const { schema, derived } = await lookAround([...executed.map(({ text }) => text), ...written], context);
  const event = await journal.append({
    migration: code.migration,
    step,
    source,
    ...endOf(code, started),
    class: 'data-dependent',
    operation,
    object: operation.summary,
    summary: operation.summary,
    sql: executed,
    undo: { ...undoOperation(operation), sql: [] },
    ...(derived.length > 0 && { derived }),
    ...(code.record && { file: code.record }),
    schemaBefore,
    schemaAfter: fingerprint(schema),
    startedAt,
    finishedAt: journal.clock.now(),
  });
  context.schema = schema;
  return event;
}

/** `ref` names what is taken back, else the event that is closed. */
function endOf({ undoes }: CodeToRun, started: EventPayload | undefined) {
  if (undoes === undefined) return { event: 'applied' as const, ...(started && { ref: started.version }) };
  return { event: 'rolled_back' as const, ref: undoes, ...(started && { closes: started.version }) };
}

function isSameRun(before: EventPayload, sql: string, parameters: readonly unknown[] | undefined): boolean {
  const { operation } = before;
  const text = operation?.kind === 'rawSql' && typeof operation.up === 'string' ? operation.up : undefined;
  return text === sql && before.parameters === (parameters && digestParameters(parameters));
}
