import type { RollbackSummary } from '../events/facts.ts';
import { describeBlocked } from './plan-file.ts';
import { describeLoss, notBroughtBack, totalLost, type RollbackChange, type RollbackPlan } from './rollback-plan.ts';

/** A rollback in sentences, for people who wait for it. */
export function summarizeRollback(plan: RollbackPlan): RollbackSummary {
  const { hash, target, changes, blocked } = plan;
  const lost = totalLost(plan);
  return {
    hash,
    target,
    ...(lost !== undefined && { lost }),
    notBroughtBack: notBroughtBack(plan),
    changes: changes.map(describeChange),
    blocked: blocked.map(describeBlocked),
  };
}

/** One line: what had been done, what comes back, and what goes. */
export function describeChange({ undoes, summary, restores, because, losses, runsStoredSql }: RollbackChange): string {
  const facts = [
    `restores ${restores}`,
    ...(because === undefined ? [] : [because]),
    ...(runsStoredSql ? ['by stored SQL'] : []),
    ...losses.map(describeLoss),
  ];
  return `version ${undoes}: ${summary} (${facts.join('; ')})`;
}
