import { logFailure } from '../apply/log-failure.ts';
import { refuseIfStopped } from '../apply/refuse-if-stopped.ts';
import { runStep, messageOf, type RunnableStep, type StepContext } from '../apply/run-step.ts';
import type { HeldLock } from '../dialects/dialect.ts';
import { retryWhileLocked } from '../dialects/retry-while-locked.ts';
import { MigrateError } from '../errors.ts';
import { objectOf, tablesOf } from '../operations/index.ts';
import type { PlanFile, PlanStep } from '../plan/plan-file.ts';
import { displayTable } from '../schema/names.ts';
import { explainKnown } from './explain-failure.ts';
import { letBeSeen } from './let-be-seen.ts';
import type { Run } from './run.ts';

/** Runs the steps of a plan one after another; the number that were applied. Stops between steps when asked to. */
export async function applyPlan(
  { steps }: PlanFile,
  context: StepContext,
  run: ApplyRun & Partial<Within>,
): Promise<number> {
  const { within = { done: 0, total: steps.length } } = run;
  await applySteps(steps, context, { ...run, within: { ...within, first: 1 } });
  return steps.length;
}

/** How many changes of a run were done before, of all that it is to do as far as is known. */
interface Within {
  readonly within: { readonly done: number; readonly total: number };
}

/** Runs some steps of a longer row, of which `done` have run before; the log counts them from `first` on. */
export async function applySteps(
  steps: readonly PlanStep[],
  context: StepContext,
  run: ApplyRun & { readonly within: Within['within'] & { readonly first?: number } },
): Promise<void> {
  const { done, total, first = done + 1 } = run.within;
  const tell = progressTeller(context);
  for (const [index, step] of steps.entries()) {
    const at = done + index;
    const state = `${at} of ${total} changes applied; nothing half-done`;
    await refuseToGoOn(run, state);
    await tell(`change ${at + 1} of ${total}: ${step.summary}`);
    await applyStep(step, { at: at + 1, step: first + index, total }, context, run);
  }
}

/** Throws where the lock is lost, or somebody asks to stop: between two changes, when nothing is half-done. */
export async function refuseToGoOn({ lock, signal }: Pick<ApplyRun, 'lock' | 'signal'>, state: string): Promise<void> {
  if (!(await lock.isHeld()))
    throw new MigrateError('LOCK_LOST', { message: 'the session that held it does not hold it any more' }, { state });
  await refuseIfStopped(signal, state);
}

/** What applying needs of a run, with the lock that it holds. */
export type ApplyRun = Run & {
  readonly lock: Pick<HeldLock, 'isHeld'>;
};

interface Position {
  readonly at: number;
  readonly total: number;
  /** Its number in the log, where it is another than its place. */
  readonly step?: number;
}

/** Runs one step, tells of it, and says in what state a failure leaves the database. */
export async function applyStep(
  step: RunnableStep,
  { at, total, step: number = at }: Position,
  context: StepContext,
  run: ApplyRun,
): Promise<void> {
  const { operation, summary } = step;
  run.emit({ kind: 'operationStarted', step: at, total, operation, summary });
  if (context.draft) {
    await runStep(step, number, context);
    run.emit({ kind: 'operationApplied', step: at, total, operation, summary, ms: 0 });
    return;
  }
  await letBeSeen(run);
  const start = performance.now();
  const clock = setInterval(
    () => run.emit({ kind: 'operationContinues', operation, summary, ms: performance.now() - start }),
    patience,
  );
  try {
    await retryWhileLocked(() => runStep(step, number, context), lockedWork(tablesOf(operation), run));
  } catch (error) {
    const failure = await failureOf(error, step, { at, total }, run);
    tellFailure(failure, step, run);
    const { migration, class: changeClass } = step;
    const change = { migration, step: number, class: changeClass, operation, object: objectOf(operation), summary };
    await logFailure(failure, change, context);
    throw failure;
  } finally {
    clearInterval(clock);
  }
  run.emit({ kind: 'operationApplied', step: at, total, operation, summary, ms: performance.now() - start });
}

/** Tells that an operation failed; one that was stopped has not. */
export function tellFailure(
  { code, message }: MigrateError,
  { operation, summary }: Pick<PlanStep, 'operation' | 'summary'>,
  { emit }: Pick<Run, 'emit'>,
): void {
  if (code !== 'INTERRUPTED') emit({ kind: 'operationFailed', operation, summary, code, message });
}

/** How to wait for others who use the tables. */
export function lockedWork(tables: readonly string[], { session, dialect, emit, signal, options }: Run) {
  const target = tables.length === 0 ? 'the database' : `the table ${tables.map(displayTable).join(' and ')}`;
  return { session, dialect, emit, signal, budget: options.lock.statementWait, tables, target };
}

/** Milliseconds after which a person wants to hear that an operation is still under way. */
const patience = 5_000;

/** Tells replicas that wait how far a run is: at most one write a second, so that quick runs cost nothing. */
function progressTeller({ log, journal }: StepContext): (progress: string) => Promise<void> {
  let told = performance.now();
  return async (progress) => {
    if (performance.now() - told < 1_000) return;
    told = performance.now();
    await log.writeLock({ progress, updatedAt: journal.clock.now() });
  };
}

/** The error of a step, which says in what state it leaves the database. */
async function failureOf(
  error: unknown,
  step: PlanStep,
  { at, total }: Position,
  run: ApplyRun,
): Promise<MigrateError> {
  const known = run.dialect.classifyError(error);
  const state = stateAfter(error, step, { applied: at - 1, total, lost: known?.answered === false });
  if (error instanceof MigrateError) return Object.assign(error, { state });
  const message = known?.message ?? messageOf(error);
  const failure = known && (await explainKnown(known, run, { cause: error, state }));
  return (
    failure ??
    new MigrateError(
      'OPERATION_FAILED',
      { operation: step.summary, message, applied: at - 1, total },
      { cause: error, state },
    )
  );
}

function stateAfter(
  error: unknown,
  { operation, summary }: PlanStep,
  { applied, total, lost }: { readonly applied: number; readonly total: number; readonly lost: boolean },
): string {
  const done = `${applied} of ${total} changes applied`;
  if (lost) return `${done}; the outcome of "${summary}" is unknown until the next run settles it`;
  if (error instanceof MigrateError && error.code === 'OUTCOME_UNKNOWN')
    return `${done}; "${summary}" left the database in neither of its two states`;
  if (operation.kind === 'backfill')
    return `${done}; the rows that "${summary}" has filled so far stay filled, the next run fills the rest`;
  return `${done}; nothing half-done`;
}
