import { setTimeout as sleep } from 'node:timers/promises';
import { runStep, messageOf, type StepContext } from '../apply/run-step.ts';
import type { HeldLock } from '../dialects/dialect.ts';
import { MigrateError } from '../errors.ts';
import type { PlanFile, PlanStep } from '../plan/plan-file.ts';
import type { Run } from './run.ts';

/** Runs the steps of a plan one after another; the number that were applied. Stops between steps when asked to. */
export async function applyPlan(plan: PlanFile, context: StepContext, run: ApplyRun): Promise<number> {
  const total = plan.steps.length;
  const tell = progressTeller(context);
  for (const [at, step] of plan.steps.entries()) {
    const state = `${at} of ${total} changes applied; nothing half-done`;
    if (!(await run.lock.isHeld())) throw new MigrateError('LOCK_LOST', { message: 'the session that held it does not hold it any more' }, { state });
    if (run.signal.aborted) throw new MigrateError('INTERRUPTED', { signal: String(run.signal.reason) }, { state });
    await tell(`change ${at + 1} of ${total}: ${step.summary}`);
    await applyStep(step, { at: at + 1, total, state }, context, run);
  }
  return total;
}

type ApplyRun = Pick<Run, 'signal' | 'emit' | 'dialect' | 'options' | 'connection'> & { readonly lock: Pick<HeldLock, 'isHeld'> };

interface Position {
  readonly at: number;
  readonly total: number;
  readonly state: string;
}

async function applyStep(step: PlanStep, { at, total, state }: Position, context: StepContext, run: ApplyRun): Promise<void> {
  const { operation, summary } = step;
  run.emit({ kind: 'operationStarted', step: at, total, operation, summary });
  const start = performance.now();
  const clock = setInterval(() => run.emit({ kind: 'operationContinues', operation, summary, ms: performance.now() - start }), patience);
  try {
    await withRetries(() => runStep(step, at, context), run, start);
  } catch (error) {
    const failure = failureOf(error, step, { applied: at - 1, total, state }, run);
    run.emit({ kind: 'operationFailed', operation, summary, code: failure.code, message: failure.message });
    throw failure;
  } finally {
    clearInterval(clock);
  }
  run.emit({ kind: 'operationApplied', step: at, total, operation, summary, ms: performance.now() - start });
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

/** Tries again, with jitter, only what the server refused because of a lock: then nothing was applied. */
async function withRetries<T>(work: () => Promise<T>, { dialect, emit, options }: Pick<Run, 'dialect' | 'emit' | 'options'>, start: number): Promise<T> {
  const budget = options.lock.statementWait ?? 60_000;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const code = dialect.classifyError(error)?.code;
      const ms = performance.now() - start;
      if ((code !== 'ALREADY_LOCKED' && code !== 'DEADLOCK') || ms > budget) throw error;
      emit({ kind: 'waited', for: 'lock', target: 'a table that others use', ms });
      await sleep(Math.min(50 * 2 ** attempt, 1000) * (0.5 + Math.random()));
    }
  }
}

function failureOf(error: unknown, step: PlanStep, position: { applied: number; total: number; state: string }, { dialect, connection }: Pick<Run, 'dialect' | 'connection'>): MigrateError {
  if (error instanceof MigrateError) {
    error.state = position.state;
    return error;
  }
  const known = dialect.classifyError(error);
  const message = known?.message ?? messageOf(error);
  const state = known?.code === 'CONNECTION_LOST' ? `${position.applied} of ${position.total} changes applied; the outcome of "${step.summary}" is unknown until the next run settles it` : position.state;
  if (known?.code === 'RIGHT_MISSING') return new MigrateError('RIGHT_MISSING', { right: step.summary, grant: 'see `migrate doctor` for the GRANT', message }, { cause: error, state });
  if (known?.code === 'DISK_FULL') return new MigrateError('DISK_FULL', { message }, { cause: error, state });
  if (known?.code === 'READ_ONLY') return new MigrateError('READ_ONLY', { target: connection.describe.database, message }, { cause: error, state });
  return new MigrateError('OPERATION_FAILED', { operation: step.summary, message, applied: position.applied, total: position.total }, { cause: error, state });
}
