import { lookAround } from '../../apply/look-around.ts';
import { digestParameters, runStatement } from '../../apply/run-statement.ts';
import { isQuery } from '../../apply/statement-reach.ts';
import { messageOf, type StepContext } from '../../apply/run-step.ts';
import { inTransaction } from '../../apply/transaction.ts';
import { retryWhileLocked } from '../../dialects/retry-while-locked.ts';
import { MigrateError } from '../../errors.ts';
import type { EventPayload } from '../../history/event.ts';
import { undoOperation, type OperationOf } from '../../operations/index.ts';
import { fingerprint } from '../../schema/fingerprint.ts';
import type { MigrationContext } from '../../sequence/migration-context.ts';
import type { CallStep } from '../../sequence/script.ts';
import { lockedWork } from '../apply-plan.ts';
import type { OpenedFile, Segment, SegmentDone } from './apply-file.ts';
import { explainStatement } from './explain-statement.ts';
import { openMigrationContext, type Executed } from './open-migration-context.ts';
import { summaryOf } from './run-statements.ts';

/**
 * Runs code of the author's. Where the database can, all that it executes and its event are one transaction; elsewhere
 * each of its statements is a journal step, and one that an earlier run logged as done is not sent again.
 */
export async function runCall(
  segment: Segment<CallStep>,
  input: OpenedFile,
  context: StepContext,
): Promise<SegmentDone> {
  const { script, run, file } = input;
  const isWhole = script.transaction && run.dialect.traits.transactionalDdl;
  const work = { step: segment.start, total: 0, operation: operationOf(input, []), summary: describe(input) };
  const start = performance.now();
  run.emit({ kind: 'operationStarted', ...work });
  try {
    await (isWhole
      ? retryWhileLocked(() => inTransaction(context, () => runWhole(segment, input, context)), lockedWork([], run))
      : runJournalled(segment, input, context));
  } catch (error) {
    throw await explainStatement(error, { file, run, isWhole, isBehind: segment.start > 1 });
  }
  run.emit({ kind: 'operationApplied', ...work, ms: performance.now() - start });
  return { applied: 1, isComplete: segment.record !== undefined };
}

/** One event for everything that the code executes. */
async function runWhole(segment: Segment<CallStep>, input: OpenedFile, context: StepContext): Promise<void> {
  const startedAt = context.journal.clock.now();
  const executed: Executed[] = [];
  const opened = openMigrationContext(input.run, context, async (sql, parameters) => {
    const start = performance.now();
    const rows = await context.session.query(sql, parameters);
    executed.push({ text: sql, ms: Math.round((performance.now() - start) * 1000) / 1000 });
    return rows;
  });
  for (const call of segment.steps) await runCode(call, { input, opened });
  await logWhole(segment, { ...input, executed, startedAt }, context);
}

async function runJournalled(segment: Segment<CallStep>, input: OpenedFile, context: StepContext): Promise<void> {
  const { file, seen, run } = input;
  const done = seen.log.begun.get(file.name) ?? [];
  let step = segment.start - 1;
  const opened = openMigrationContext(run, context, async (sql, parameters) => {
    if (isQuery(sql, run.dialect.lexis)) return context.session.query(sql, parameters);
    step += 1;
    const before = done.find((event) => event.step === step);
    if (before && isSameRun(before, sql, parameters)) return [];
    // The rows are others than they were: nobody knows which of them the run before has done.
    if (before) throw new MigrateError('STATEMENT_IN_DOUBT', { path: file.path, statement: sql });
    const operation: OperationOf<'rawSql'> = {
      kind: 'rawSql',
      summary: summaryOf(sql),
      up: sql,
      declared: 'dataDependent',
    };
    const statement = { migration: file.name, step, operation, text: sql, looksFor: [sql] };
    await retryWhileLocked(
      () => runStatement({ ...statement, ...(parameters && { parameters }) }, context),
      lockedWork([], run),
    );
    return [];
  });
  for (const call of segment.steps) await runCode(call, { input, opened });
  const startedAt = context.journal.clock.now();
  await logWhole({ ...segment, start: step + 1 }, { ...input, executed: [], startedAt }, context);
}

interface Running {
  readonly input: OpenedFile;
  readonly opened: MigrationContext;
}

/** What is no answer of the database's is a fault of the code, which its author mends. Throws MIGRATION_FAILED. */
async function runCode({ run: code }: CallStep, { input: { file, run }, opened }: Running): Promise<void> {
  try {
    await code(opened);
  } catch (error) {
    if (error instanceof MigrateError || run.dialect.classifyError(error)) throw error;
    throw new MigrateError('MIGRATION_FAILED', { path: file.path, message: messageOf(error) }, { cause: error });
  }
}

interface Ran extends OpenedFile {
  readonly executed: readonly Executed[];
  readonly startedAt: string;
}

async function logWhole({ start, record }: Segment<CallStep>, input: Ran, context: StepContext): Promise<EventPayload> {
  const { journal, source } = context;
  const operation = operationOf(input, input.executed);
  const schemaBefore = fingerprint(context.schema);
  const { schema, derived } = await lookAround(
    input.executed.map(({ text }) => text),
    context,
  );
  const event = await journal.append({
    migration: input.file.name,
    step: start,
    source,
    event: 'applied',
    class: 'data-dependent',
    operation,
    object: operation.summary,
    summary: operation.summary,
    sql: input.executed,
    undo: { ...undoOperation(operation), sql: [] },
    ...(derived.length > 0 && { derived }),
    ...(record && { file: record }),
    schemaBefore,
    schemaAfter: fingerprint(schema),
    startedAt: input.startedAt,
    finishedAt: journal.clock.now(),
  });
  context.schema = schema;
  return event;
}

function operationOf(input: OpenedFile, executed: readonly Executed[]): OperationOf<'rawSql'> {
  const up = executed.map(({ text }) => text).join(';\n');
  return { kind: 'rawSql', summary: describe(input), up, declared: 'dataDependent' };
}

function describe({ script, file }: OpenedFile): string {
  return script.description ?? file.path;
}

function isSameRun(before: EventPayload, sql: string, parameters: readonly unknown[] | undefined): boolean {
  return textOf(before) === sql && before.parameters === (parameters && digestParameters(parameters));
}

function textOf({ operation }: EventPayload): string | undefined {
  return operation?.kind === 'rawSql' && typeof operation.up === 'string' ? operation.up : undefined;
}
