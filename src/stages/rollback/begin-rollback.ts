import { randomUUID } from 'node:crypto';
import { clockFrom } from '../../apply/clock.ts';
import { openJournal } from '../../apply/journal.ts';
import type { StepContext } from '../../apply/run-step.ts';
import { fingerprint } from '../../schema/fingerprint.ts';
import { inspectApplication, type DatabaseState } from '../read-state.ts';
import type { Run } from '../run.ts';
import type { RollbackSurvey } from './plan-rollback.ts';

/** What the steps of a rollback share; `release` is the one that is restored. */
export async function openRollback(
  run: Run,
  { log, actual }: Pick<DatabaseState, 'log' | 'actual'>,
  release: string | undefined,
): Promise<StepContext> {
  const { session, dialect, events, emit, signal } = run;
  const identity = { ...run.identity, run: randomUUID(), ...(release !== undefined && { release }) };
  return {
    session,
    dialect,
    log: events,
    journal: openJournal(events, identity, clockFrom(await events.now()), log.head),
    emit,
    signal,
    source: 'rollback',
    inspectAll: () => inspectApplication(run),
    schema: actual,
    spellings: log.spellings,
  };
}

/** The first event of a rollback: the release that is restored, and those that do not run again by themselves. */
export async function beginRollback(
  run: Run,
  { log, actual, plan, restored }: RollbackSurvey,
  { journal }: StepContext,
): Promise<void> {
  const holder = `${run.identity.actor}@${run.identity.host}, process ${process.pid}`;
  // What an earlier run noted about having nothing to do holds no longer.
  const lock = { epoch: (log.head?.version ?? 0) + 1, holder, progress: null, settledDigest: null };
  await run.events.writeLock({ ...lock, updatedAt: journal.clock.now() });
  const { parents = [], ancestors = [] } = restored.release ?? {};
  await journal.append({
    migration: 'rollback',
    step: 0,
    source: 'rollback',
    event: 'run',
    sql: [],
    summary: `roll ${plan.database} back to version ${plan.target}`,
    ...(restored.release && { lineage: { parents, ancestors } }),
    withdrawn: restored.withdrawn,
    takes: plan.changes.map(({ undoes }) => undoes),
    approval: { hash: plan.hash, actor: run.identity.actor },
    schemaBefore: fingerprint(actual),
  });
}
