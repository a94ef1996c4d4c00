import type { RollbackSummary } from '../events/facts.ts';
import { describeBlocked } from './plan-file.ts';
import { describeLoss, type RollbackChange, type RollbackPlan } from './rollback-plan.ts';

/** A rollback in sentences, for people who wait for it. */
export function summarizeRollback({ hash, target, changes, blocked }: RollbackPlan): RollbackSummary {
  return { hash, target, changes: changes.map(describeChange), blocked: blocked.map(describeBlocked) };
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
