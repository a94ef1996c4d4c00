import type { Journal } from '../apply/journal.ts';
import type { Head } from '../history/chain.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Verification } from '../verify/queries.ts';
import { matchingModels } from './begin-run.ts';
import { noteSettled } from './note-settled.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** What a run did and left. */
export interface RunReport {
  readonly status: 'done' | 'nothing' | 'older' | 'ahead';
  readonly applied: number;
  readonly plan: PlanFile;
  readonly verification?: Verification;
  /** The last link of the log's chain: kept elsewhere, it shows a cut-off tail. */
  readonly head?: Head;
  /** What it can be taken back by; absent where it wrote nothing to the log. */
  readonly runId?: string;
}

/**
 * The last event of a run that changed something: what was verified, with the schema as it is now. What files made and the
 * models have is ours from then on.
 */
export async function logVerified(
  run: Run,
  after: Survey,
  verification: Verification,
  journal: Journal,
): Promise<Head | undefined> {
  const { verdict, passed, total } = verification;
  const { learned } = after.comparison;
  await journal.append({
    migration: 'verification',
    step: 0,
    source: 'models',
    event: 'verified',
    summary: `${verdict}: ${passed} of ${total} critical queries passed`,
    sql: [],
    ...(after.log.hasUnclaimed && { expected: await run.events.saveSnapshot(matchingModels(run, after)) }),
    schemaAfter: await run.events.saveSnapshot(after.actual),
    finishedAt: journal.clock.now(),
    ...(learned.length > 0 && { expressions: learned }),
  });
  await run.events.writeLock({ holder: null, progress: null, updatedAt: journal.clock.now() });
  return journal.head();
}

/** Somebody asked to stop when there was nothing left to stop before. */
export function tellLateStop({ emit, signal }: Pick<Run, 'emit' | 'signal'>): void {
  if (!signal.aborted) return;
  emit({ kind: 'noticed', level: 'info', text: `${signal.reason} came too late to stop anything: all of it is done` });
}

/** Tells how the run ended, and notes that nothing is left to do. */
export async function endRun(run: Run, seen: Survey, report: RunReport): Promise<RunReport> {
  const head = report.head ?? seen.log.head;
  const { status, applied } = report;
  if (status === 'done' || status === 'nothing') await noteSettled(run, seen);
  run.emit({
    kind: 'runFinished',
    outcome: { status, applied, ms: performance.now() - run.startedAt, ...(head && { head }) },
  });
  return { ...report, ...(head && { head }) };
}
