import { MigrateError } from '../errors.ts';
import { failpoint } from '../events/failpoint.ts';
import type { EventPayload, FileRecord, PostCondition } from '../history/event.ts';
import { undoOperation, type OperationOf } from '../operations/index.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import { sha256 } from '../schema/sha256.ts';
import { classify } from '../plan/classify.ts';
import { redact } from '../config/secret.ts';
import { lookAround, type Seen } from './look-around.ts';
import { messageOf, type StepContext } from './run-step.ts';
import { isRowStatement, namesIn } from './statement-reach.ts';
import { inTransaction } from './transaction.ts';

/** One statement of a migration file, with its place in it. */
export interface StatementToRun {
  readonly migration: string;
  /** From 1. */
  readonly step: number;
  readonly operation: OperationOf<'rawSql'>;
  readonly text: string;
  readonly parameters?: readonly unknown[];
  /** What must hold afterwards; it also settles the statement after a crash. */
  readonly after?: PostCondition;
  /** In the statement that completes its file. */
  readonly file?: FileRecord;
  /** Its file sets something of the session, in which a look might mislead. */
  readonly isAmidSettings?: boolean;
  /** All statements whose effect is to be looked for now; absent where a later one of the transaction looks. */
  readonly looksFor?: readonly string[];
  /** In a statement of code that takes a file back: version of the event that it takes back a part of. */
  readonly undoes?: number;
}

/**
 * Runs a statement as its author wrote it, and logs it with what it did to the schema. Where DDL is transactional, and for
 * statements that change rows alone, both commit together; elsewhere the intent is logged first.
 */
export function runStatement(statement: StatementToRun, context: StepContext): Promise<EventPayload> {
  const { dialect, isInTransaction } = context;
  const isAtomic = isInTransaction === true || isRowStatement(statement.text, dialect.lexis);
  return isAtomic ? inTransaction(context, () => runAndLog(statement, context)) : runJournalled(statement, context);
}

async function runAndLog(
  statement: StatementToRun,
  context: StepContext,
  { started, onRun }: { readonly started?: EventPayload; readonly onRun?: () => void } = {},
): Promise<EventPayload> {
  const { session, journal, draft } = context;
  const startedAt = started?.startedAt ?? journal.clock.now();
  if (draft) {
    draft.statements.push(statement.text);
    return logStatement(statement, context, { startedAt, sql: [{ text: statement.text, ms: 0 }] });
  }
  const start = performance.now();
  await failpoint('before-ddl');
  const { rows } = await session.run(statement.text, statement.parameters);
  const ms = Math.round((performance.now() - start) * 1000) / 1000;
  onRun?.();
  await failpoint('after-ddl');
  await expectAfter(statement, context);
  return logStatement(statement, context, {
    startedAt,
    sql: [{ text: statement.text, ms, ...(rows !== undefined && { rows }) }],
    ...closing(statement, started),
  });
}

function closing({ undoes }: StatementToRun, started: EventPayload | undefined): Pick<EventPayload, 'ref' | 'closes'> {
  if (!started) return {};
  return undoes === undefined ? { ref: started.version } : { closes: started.version };
}

async function runJournalled(statement: StatementToRun, context: StepContext): Promise<EventPayload> {
  const { journal, dialect } = context;
  // A condition that holds beforehand would tell nothing after a crash.
  const tells = statement.after && !(await holdsAlready(statement.after, context));
  const started = await journal.append({
    ...describe(statement, context),
    event: 'started',
    sql: [{ text: statement.text, ms: 0 }],
    schemaBefore: fingerprint(context.schema),
    ...(tells && statement.after && { after: statement.after }),
  });
  let hasRun = false;
  const onRun = (): void => {
    hasRun = true;
  };
  try {
    return await runAndLog(statement, context, { started, onRun });
  } catch (error) {
    const known = dialect.classifyError(error);
    if (known?.answered !== true) throw error;
    // It took effect; only what comes after it failed. To send it again would do it twice.
    if (hasRun)
      throw new MigrateError(
        'STATEMENT_IN_DOUBT',
        { path: statement.migration, statement: statement.text },
        { cause: new Error(messageOf(error)) },
      );
    await journal.append({
      ...describe(statement, context),
      event: 'failed',
      ref: started.version,
      sql: [],
      finishedAt: journal.clock.now(),
      error: { code: known.code, message: redact(messageOf(error)) },
    });
    throw error;
  }
}

/** The event of a statement that has run, with what a look around tells. */
async function logStatement(
  statement: StatementToRun,
  context: StepContext,
  done: Pick<EventPayload, 'startedAt' | 'sql' | 'ref' | 'closes'>,
): Promise<EventPayload> {
  const { journal, draft, dialect } = context;
  // What drafts name is looked at once, when they have run.
  for (const name of draft ? namesIn(statement.text, dialect.lexis) : []) draft?.touched.add(name);
  const { schema: before } = context;
  if (statement.looksFor && statement.isAmidSettings) {
    await dialect.restoreSession(context.session);
    await dialect.prepareSession(context.session);
  }
  const seen: Seen =
    statement.looksFor && !draft
      ? await lookAround(statement.looksFor, context)
      : { schema: context.schema, derived: [] };
  const event = await journal.append({
    ...describe(statement, context),
    event: 'applied',
    ...done,
    undo: { ...undoOperation(statement.operation), sql: [] },
    ...(seen.derived.length > 0 && { derived: seen.derived }),
    ...(statement.file && { file: statement.file }),
    ...(!draft && { schemaBefore: fingerprint(before), schemaAfter: fingerprint(seen.schema) }),
    finishedAt: journal.clock.now(),
  });
  context.schema = seen.schema;
  return event;
}

/** Throws EXPECTATION_FAILED where what must hold afterwards does not. */
export async function expectAfter(
  { after, text }: Pick<StatementToRun, 'after' | 'text'>,
  { session }: Pick<StepContext, 'session'>,
): Promise<void> {
  if (!after || (await holds(after, session))) return;
  throw new MigrateError('EXPECTATION_FAILED', {
    path: text.slice(0, 80),
    message: after.message ?? `afterwards ${after.sql} finds ${after.rows === 'some' ? 'no rows' : 'rows'}`,
  });
}

/** True where the query of a condition finds what it says. */
export async function holds(
  { sql, rows }: Pick<PostCondition, 'sql' | 'rows'>,
  session: StepContext['session'],
): Promise<boolean> {
  return (await session.query(sql)).length > 0 === (rows === 'some');
}

/** The same; also false where the query cannot be answered, because what it asks for is not there. */
export async function holdsAlready(
  condition: PostCondition,
  { session, dialect }: Pick<StepContext, 'session' | 'dialect'>,
): Promise<boolean> {
  try {
    return await holds(condition, session);
  } catch (error) {
    if (dialect.classifyError(error)?.answered) return false;
    throw error;
  }
}

/** What tells two runs of one statement apart, without its values. */
export function digestParameters(parameters: readonly unknown[]): string {
  return sha256(JSON.stringify(parameters, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)));
}

function describe(
  { migration, step, operation, parameters, undoes }: StatementToRun,
  { source, schema, dialect }: StepContext,
) {
  const { summary } = operation;
  const digest = parameters && digestParameters(parameters);
  return {
    ...(digest !== undefined && { parameters: digest }),
    ...(undoes !== undefined && { ref: undoes, part: true as const, code: 'statement' as const }),
    migration,
    step,
    source,
    class: classify(operation, schema, dialect),
    operation,
    object: summary,
    summary,
  };
}
