import type { StepContext } from '../../apply/run-step.ts';
import { logFailure } from '../../apply/log-failure.ts';
import type { Fact } from '../../events/facts.ts';
import type { FileRecord } from '../../history/event.ts';
import { objectOf } from '../../operations/index.ts';
import type { LoadedScript, MigrationFile } from '../../sequence/migration-file.ts';
import type { ScriptStep } from '../../sequence/script.ts';
import { isMeantFor } from '../../sequence/when.ts';
import type { ApplyRun } from '../apply-plan.ts';
import type { Survey } from '../survey.ts';
import { withState } from '../explain-failure.ts';
import { inFileTransaction } from './in-file-transaction.ts';
import { runCall } from './run-call.ts';
import { runExpectation } from './run-expectation.ts';
import { runOperations } from './run-operations.ts';
import { runStatements } from './run-statements.ts';

/** A file to run, with its place among those of a run. */
export interface FileInput extends OpenedFile {
  readonly record: FileRecord;
}

/** One file, opened. */
export interface OpenedFile {
  readonly file: MigrationFile;
  readonly script: LoadedScript;
  readonly run: ApplyRun;
  readonly seen: Pick<Survey, 'desired' | 'log'>;
  /** Its place among the files of the run, from 1. */
  readonly at: number;
  readonly total: number;
}

/** Neighbouring steps of one kind, which run together. */
export interface Segment<Step extends ScriptStep = ScriptStep> {
  readonly steps: readonly Step[];
  /** Place of its first step in the file, from 1. */
  readonly start: number;
  /** Present in the last segment: the event that completes the file carries it. */
  readonly record?: FileRecord;
}

/** Runs one file segment by segment and writes the event that completes it; how many changes it made. */
export async function applyFile(input: FileInput, context: StepContext): Promise<number> {
  const { file, script, run, at, total } = input;
  context.source = script.source;
  const start = performance.now();
  run.emit({ kind: 'fileStarted', name: file.name, path: file.path, place: at, total });
  if (!isMeantFor(script, context.schema)) {
    await completeWithout(input, context, 'what it is for is not there');
    run.emit({ kind: 'fileSkipped', path: file.path, because: 'what it is for is not there' });
    return 0;
  }
  const applied = await noteFailure(input, context, (watched) =>
    withState(run, stateBefore(input, 0), () => inOwnSettings(watched, context)),
  );
  run.emit({ kind: 'fileApplied', path: file.path, applied, ms: performance.now() - start });
  return applied;
}

/** Logs what failed of a file, with the operation that did. */
async function noteFailure<Result>(
  input: FileInput,
  context: StepContext,
  work: (input: FileInput) => Promise<Result>,
): Promise<Result> {
  const { file, run } = input;
  let step = 0;
  let failed: Extract<Fact, { kind: 'operationFailed' }> | undefined;
  const emit = (fact: Fact): void => {
    if (fact.kind === 'operationStarted') step = fact.step;
    if (fact.kind === 'operationFailed') failed = fact;
    run.emit(fact);
  };
  try {
    return await work({ ...input, run: { ...run, emit } });
  } catch (error) {
    const { operation, summary } = failed ?? { summary: file.path };
    const change = {
      migration: file.name,
      step,
      summary,
      ...(operation && { operation, object: objectOf(operation) }),
    };
    await logFailure(error, change, context);
    throw error;
  }
}

/** What SQL or code sets of the session ends with its file: a table is copied safely only in the settings of a run. */
async function inOwnSettings(input: FileInput, context: StepContext): Promise<number> {
  const { session, dialect } = context;
  const isOurs = input.script.steps.every(({ kind }) => kind === 'operation' || kind === 'expect');
  const applied = await runTogether(input, context);
  if (isOurs || context.isInTransaction) return applied;
  await dialect.restoreSession(session);
  await dialect.prepareSession(session);
  return applied;
}

/** SQL, and the queries that are asked within it, is one transaction where the database can. */
function runTogether(input: FileInput, context: StepContext): Promise<number> {
  const { script, run } = input;
  const isSql = script.steps.every(({ kind }) => kind === 'statement' || kind === 'expect');
  const isWhole = isSql && script.transaction && run.dialect.traits.transactionalDdl;
  const work = (given: FileInput): Promise<number> => runSegments(given, context);
  return isWhole ? inFileTransaction(input, context, work) : work(input);
}

async function runSegments(input: FileInput, context: StepContext): Promise<number> {
  const { script, run, record } = input;
  let applied = 0;
  let isComplete = false;
  for (const segment of segmentsOf(script.steps, record)) {
    const work = (): Promise<SegmentDone> => runSegment(segment, input, context);
    const done = await (context.isInTransaction ? work() : withState(run, stateBefore(input, applied), work));
    applied += done.applied;
    isComplete = done.isComplete;
  }
  if (!isComplete) await completeWithout(input, context, applied === 0 ? 'nothing in it is left to do' : 'it is done');
  return applied;
}

/** Makes again what is missing of a file that is done; how many changes that took. */
export async function applyRepair(
  steps: readonly ScriptStep[],
  input: OpenedFile,
  context: StepContext,
): Promise<number> {
  let applied = 0;
  for (const segment of neighbours(steps)) applied += (await runSegment(segment, input, context)).applied;
  return applied;
}

function stateBefore({ file, at, total }: FileInput, applied: number): string {
  const within = applied === 0 ? '' : `, and ${applied} of the changes of ${file.path}`;
  return `${at - 1} of ${total} migration files applied${within}; nothing half-done`;
}

/** What a segment did; `isComplete` where one of its events completed the file. */
export interface SegmentDone {
  readonly applied: number;
  readonly isComplete: boolean;
}

function runSegment(segment: Segment, input: OpenedFile, context: StepContext): Promise<SegmentDone> {
  const [first] = segment.steps;
  switch (first?.kind) {
    case 'operation':
      return runOperations(segment as Segment<typeof first>, input, context);
    case 'statement':
      return runStatements(segment as Segment<typeof first>, input, context);
    case 'call':
      return runCall(segment as Segment<typeof first>, input, context);
    default:
      return runExpectation(segment as Segment<Extract<ScriptStep, { kind: 'expect' }>>, input, context);
  }
}

function segmentsOf(steps: readonly ScriptStep[], record: FileRecord): readonly Segment[] {
  const segments = neighbours(steps);
  const last = segments.at(-1);
  return last ? [...segments.slice(0, -1), { ...last, record }] : [];
}

function neighbours(steps: readonly ScriptStep[]): readonly Segment[] {
  const segments: { readonly steps: ScriptStep[]; readonly start: number }[] = [];
  for (const [at, step] of steps.entries()) {
    const last = segments.at(-1);
    const joins = last?.steps[0]?.kind === step.kind && (step.kind === 'operation' || step.kind === 'statement');
    if (last && joins) last.steps.push(step);
    else segments.push({ steps: [step], start: at + 1 });
  }
  return segments;
}

/** The event of a file of which nothing is left to run. */
async function completeWithout(
  { file, record }: FileInput,
  { journal, source }: StepContext,
  because: string,
): Promise<void> {
  await journal.append({
    migration: file.name,
    step: 0,
    source,
    event: 'skipped',
    summary: `${file.path}: ${because}`,
    sql: [],
    file: record,
    finishedAt: journal.clock.now(),
  });
}
