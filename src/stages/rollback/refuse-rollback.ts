import { MigrateError } from '../../errors.ts';
import type { Run } from '../run.ts';
import type { RollbackAsk } from './rollback-ask.ts';
import type { RollbackSurvey } from './plan-rollback.ts';
import { summarizeRollback } from '../../plan/summarize-rollback.ts';
import { needsLeave, problemsOf, type RollbackPlan } from '../../plan/rollback-plan.ts';

/** The least beginning of a hash that gives leave. */
const shortest = 12;

/** Tells that a plan may still change, for a crash left steps of which nobody knows yet whether they happened. */
export function warnOfDoubt({ emit }: Run, { log }: RollbackSurvey): void {
  if (log.open.length === 0) return;
  const steps = log.open.map(({ summary }) => `"${summary}"`).join(', ');
  const text = `an interrupted run left ${steps} in doubt: that is settled first, and may change this plan`;
  emit({ kind: 'noticed', level: 'warning', text });
}

/** Throws before the lock what can be known there; what a crash left open is settled first. */
export function refuseEarly({ plan, log }: RollbackSurvey, ask: RollbackAsk): void {
  if (log.open.length > 0) return;
  refuseOther(plan, ask);
  refuseImpossible(plan);
  refuseUnapproved(plan, leaveOf(ask));
}

/** What gives leave to losses. */
export function leaveOf({ approve, reviewed }: RollbackAsk): string | undefined {
  return approve ?? reviewed;
}

/** Throws PLAN_CHANGED where the plan is another than the one that a person has seen, whatever it would lose. */
export function refuseOther({ hash }: RollbackPlan, { reviewed }: RollbackAsk): void {
  if (reviewed !== undefined && hash !== reviewed) throw new MigrateError('PLAN_CHANGED', { what: 'the rollback' });
}

/** Throws when another process has changed the database since the plan was shown, unless leave was given to the new one. */
export function refuseChanged(seen: RollbackSurvey, early: RollbackSurvey, { approve }: RollbackAsk): void {
  const { plan } = seen;
  if (early.log.open.length > 0 || plan.hash === early.plan.hash || isLeave(plan, approve)) return;
  const what = 'the rollback, which another process has changed meanwhile,';
  throw new MigrateError('APPROVAL_NEEDED', { what, hash: plan.hash, losses: summarizeRollback(plan).changes });
}

/** Throws when something cannot be taken back: then nothing is. */
export function refuseImpossible(plan: RollbackPlan): void {
  if (plan.blocked.length > 0) throw new MigrateError('ROLLBACK_IMPOSSIBLE', { problems: problemsOf(plan) });
}

/** Throws when rows or values would go, or stored SQL would run, and the plan's hash was not given as leave to that. */
export function refuseUnapproved(plan: RollbackPlan, approve: string | undefined): void {
  const losses = needsLeave(plan);
  if (losses.length === 0 || isLeave(plan, approve)) return;
  const what = approve === undefined ? 'the rollback' : `the rollback, which is another than ${approve},`;
  throw new MigrateError('APPROVAL_NEEDED', { what, hash: plan.hash, losses });
}

function isLeave({ hash }: RollbackPlan, approve: string | undefined): boolean {
  return approve !== undefined && approve.length >= shortest && hash.startsWith(approve.toLowerCase());
}
