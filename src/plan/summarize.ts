import { describeObject } from '../diff/index.ts';
import type { PlanSummary } from '../events/facts.ts';
import { countChanges, describeBlocked, describeFile, describePerhapsRenamed, type PlanFile } from './plan-file.ts';

/** A plan in sentences, for people who wait for it. */
export function summarizePlan(plan: PlanFile): PlanSummary {
  const running = (plan.files ?? []).filter(({ skipped }) => skipped === undefined);
  return {
    hash: plan.hash,
    changes: countChanges(plan),
    ...(running.length > 0 && { files: running.map(describeFile) }),
    steps: plan.steps.map(({ summary }) => summary),
    withheld: plan.withheld.map(({ summary, because }) => `${summary} (${because})`),
    notOurs: plan.notOurs.map(describeObject),
    blocked: plan.blocked.map(describeBlocked),
    ...(plan.perhapsRenamed && { perhapsRenamed: plan.perhapsRenamed.map(describePerhapsRenamed) }),
  };
}
