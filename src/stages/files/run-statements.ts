import { setsSession } from '../../apply/statement-reach.ts';
import { runStatement, type StatementToRun } from '../../apply/run-statement.ts';
import { refuseIfStopped } from '../../apply/refuse-if-stopped.ts';
import type { StepContext } from '../../apply/run-step.ts';
import { retryWhileLocked } from '../../dialects/retry-while-locked.ts';
import { MigrateError } from '../../errors.ts';
import type { EventPayload } from '../../history/event.ts';
import type { OperationOf } from '../../operations/index.ts';
import { isMadeAlready, onlyMakes } from '../../sequence/find-repairs.ts';
import type { StatementStep } from '../../sequence/script.ts';
import { textDifference } from '../../sequence/text-difference.ts';
import { lockedWork, refuseToGoOn, tellFailure } from '../apply-plan.ts';
import { letBeSeen } from '../let-be-seen.ts';
import type { OpenedFile, Segment, SegmentDone } from './apply-file.ts';
import { explainStatement } from './explain-statement.ts';
import { inFileTransaction } from './in-file-transaction.ts';

/**
 * Runs statements of a file in their order, one journal step each. Where the database can, all of them and their events
 * are one transaction; elsewhere those that an earlier run logged as done are not sent again.
 */
export async function runStatements(
  segment: Segment<StatementStep>,
  input: OpenedFile,
  context: StepContext,
): Promise<SegmentDone> {
  const { script, run } = input;
  const left = await withoutMade(statementsLeft(segment, input), input, context);
  const isWhole = script.transaction && run.dialect.traits.transactionalDdl;
  const isBehind = segment.start > 1 && !context.isInTransaction;
  const isAmidSettings = segment.steps.some(({ text }) => setsSession(text, run.dialect.lexis));
  const texts = left.map(({ text }) => text);
  const runAll = async (given: OpenedFile): Promise<void> => {
    for (const [at, statement] of left.entries()) {
      if (at === 0 || (isAmidSettings && !isWhole))
        await setAgain(segment, { before: statement.step, isNew: at === 0 }, given);
      await refuseToRun(statement, { input: given, context, isWhole, isBehind });
      const looksFor = isWhole ? (at === left.length - 1 ? texts : undefined) : [statement.text];
      await runOne(
        { ...statement, isAmidSettings, ...(looksFor && { looksFor }) },
        { input: given, context, isWhole, isBehind },
      );
    }
  };
  await (isWhole && left.length > 0 ? inFileTransaction(input, context, runAll) : runAll(input));
  return { applied: left.length, isComplete: left.at(-1)?.file !== undefined };
}

/** Throws where somebody asks to stop before a statement. What shares its transaction is rolled back. */
async function refuseToRun(
  { step }: Planned,
  { input: { file, script, run, at, total }, context, isWhole, isBehind }: Running,
): Promise<void> {
  if (context.draft) return;
  const files = `${at - 1} of ${total} migration files applied`;
  if (isWhole || context.isInTransaction) {
    const rest = isBehind ? `the parts of ${file.path} before this one are` : `nothing of ${file.path} is`;
    return refuseIfStopped(run.signal, `${files}; ${rest} applied: its transaction was rolled back`);
  }
  const within = step === 1 ? '' : `, and ${step - 1} of the ${script.steps.length} changes of ${file.path}`;
  return refuseToGoOn(run, `${files}${within}; nothing half-done`);
}

/** A session that goes on with a file, or has looked around amid it, must be set as its statements set it. Throws STATEMENT_IN_DOUBT for a value from rows. */
async function setAgain(
  { steps, start }: Segment<StatementStep>,
  { before, isNew }: { readonly before: number; readonly isNew: boolean },
  { run, file }: OpenedFile,
): Promise<void> {
  for (const { text } of steps.slice(0, before - start)) {
    if (!setsSession(text, run.dialect.lexis)) continue;
    const isFromRows = /\bselect\b(?!\s+(?:pg_catalog\.)?set_config\b)/iu.test(text);
    if (isFromRows && !isNew) continue;
    if (isFromRows) throw new MigrateError('STATEMENT_IN_DOUBT', { path: file.path, statement: text });
    await run.session.run(text);
  }
}

/** With `--force-sync` a statement is not sent where what it makes is there already. */
async function withoutMade(
  planned: readonly Planned[],
  { run, file }: OpenedFile,
  { schema, journal, source }: StepContext,
): Promise<readonly Planned[]> {
  if (!run.flags.forceSync) return planned;
  // What comes after a statement that takes something away, or may, finds another schema than this one.
  const { lexis } = run.dialect;
  const unsure = planned.findIndex(({ text }) => !onlyMakes(text, lexis));
  const sure = new Set(unsure < 0 ? planned : planned.slice(0, unsure));
  const isMade = (statement: Planned): boolean => sure.has(statement) && isMadeAlready(statement.text, schema, lexis);
  const because = 'what it makes is there already';
  for (const { operation, step } of planned.filter(isMade)) {
    const { summary } = operation;
    run.emit({ kind: 'operationSkipped', operation, summary, because });
    const event = { migration: file.name, step, source, event: 'skipped' as const, object: summary };
    await journal.append({ ...event, summary: `${summary}: ${because}`, sql: [], finishedAt: journal.clock.now() });
  }
  return planned.filter((statement) => !isMade(statement));
}

interface Running {
  readonly input: OpenedFile;
  readonly context: StepContext;
  readonly isWhole: boolean;
  readonly isBehind: boolean;
}

async function runOne(
  statement: Planned,
  { input: { file, script, run }, context, isWhole, isBehind }: Running,
): Promise<void> {
  const { operation, from } = statement;
  const work = { step: statement.step, total: script.steps.length, operation, summary: operation.summary };
  run.emit({ kind: 'operationStarted', ...work });
  if (!context.draft) await letBeSeen(run);
  const start = performance.now();
  try {
    await (isWhole
      ? runStatement(statement, context)
      : retryWhileLocked(() => runStatement(statement, context), lockedWork([], run)));
  } catch (error) {
    const failure = await explainStatement(error, { file, step: from, run, isWhole, isBehind });
    if (failure instanceof MigrateError) tellFailure(failure, { operation, summary: operation.summary }, run);
    throw failure;
  }
  run.emit({ kind: 'operationApplied', ...work, ms: performance.now() - start });
}

interface Planned extends StatementToRun {
  readonly from: StatementStep;
}

/** The statements that the log does not have yet. A file that was changed meanwhile cannot be gone on with. */
function statementsLeft(
  { steps, start, record }: Segment<StatementStep>,
  { file, seen }: OpenedFile,
): readonly Planned[] {
  const done = seen.log.begun.get(file.name) ?? [];
  const planned = steps.map((from, at): Planned => {
    const isLast = at === steps.length - 1;
    return {
      from,
      migration: file.name,
      step: start + at,
      text: from.text,
      operation: operationOf(from),
      ...(from.after && { after: from.after }),
      ...(isLast && record && { file: record }),
    };
  });
  return planned.filter(({ step, text }) => {
    const before = done.find((event) => event.step === step && event.operation?.kind === 'rawSql');
    if (!before) return true;
    refuseOther(before, { text, path: file.path });
    return false;
  });
}

function refuseOther(
  { operation }: EventPayload,
  { text, path }: { readonly text: string; readonly path: string },
): void {
  const ran = operation?.kind === 'rawSql' && typeof operation.up === 'string' ? operation.up : '';
  if (ran === text) return;
  throw new MigrateError('MIGRATION_EDITED', { name: path, difference: textDifference(ran, text) });
}

function operationOf({ text, declared, down = [], summary }: StatementStep): OperationOf<'rawSql'> {
  return {
    kind: 'rawSql',
    summary: summary ?? summaryOf(text),
    up: text,
    ...(down.length > 0 && { down: down.join(';\n') }),
    declared,
  };
}

/** The statement's beginning on one line. */
export function summaryOf(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : line;
}
